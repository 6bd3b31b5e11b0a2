import { createHash, createPrivateKey, sign } from 'node:crypto';

/**
 * Ed25519 (RFC 8410): not an algorithm of official seals, so that it cannot be mistaken for one.
 */
export const TEST_KEY_ALGORITHM_OID = '1.3.101.112';

const PKCS8_ED25519_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * A publicly derivable key: it proves nothing by design. Deterministic signatures keep specimens
 * deterministic.
 */
const TEST_KEY = createPrivateKey({
  key: Buffer.concat([
    PKCS8_ED25519_HEADER,
    createHash('sha256').update('Piaokuang specimen TEST key').digest(),
  ]),
  format: 'der',
  type: 'pkcs8',
});

/** Signs with the public test key. Returns 64 bytes, always the same for the same content. */
export function signWithTestKey(content: Uint8Array): Uint8Array {
  return sign(null, content, TEST_KEY);
}

import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate with its key, in PEM. */
export interface Pair {
  key: string;
  cert: string;
}

interface Issuer {
  name: Buffer;
  key: KeyObject;
}

/**
 * A self-signed certificate for 127.0.0.1 and localhost with its key, made on the spot (RFC 5280,
 * DER by hand).
 */
export function selfSigned(expires_at: Date): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = nameOf('Piaokuang TEST');
  return pair(privateKey, certificate({ name, publicKey, expires_at }, { name, key: privateKey }));
}

/**
 * A certificate for 127.0.0.1 and localhost issued by an authority of its own, sent as a chain of
 * both.
 */
export function issuedChain(expires_at: Date, authority_expires_at: Date): Pair & { root: string } {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { name: nameOf('Piaokuang TEST authority'), key: authority.privateKey };
  const { publicKey } = authority;
  const root = pem(
    certificate({ name: issuer.name, publicKey, expires_at: authority_expires_at }, issuer),
  );
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = nameOf('Piaokuang TEST');
  const issued = certificate({ name, publicKey: leaf.publicKey, expires_at }, issuer);
  const { key, cert } = pair(leaf.privateKey, issued);
  return { key, cert: cert + root, root };
}

function certificate(
  subject: { name: Buffer; publicKey: KeyObject; expires_at: Date },
  issuer: Issuer,
): Buffer {
  const ecdsa_sha256 = seq(oid('2a8648ce3d040302'));
  const names = seq(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost')));
  const is_authority = seq(der(0x01, Buffer.from([0xff])));
  const extensions = seq(
    seq(oid('551d11'), der(0x04, names)),
    seq(oid('551d13'), der(0x04, is_authority)),
  );
  const body = seq(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsa_sha256,
    issuer.name,
    seq(time(new Date('2020-01-01T00:00:00Z')), time(subject.expires_at)),
    subject.name,
    subject.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  return seq(body, ecdsa_sha256, bits(sign('sha256', body, issuer.key)));
}

function pair(key: KeyObject, cert: Buffer): Pair {
  return { key: key.export({ type: 'pkcs8', format: 'pem' }) as string, cert: pem(cert) };
}

function pem(cert: Buffer): string {
  const base64 = cert.toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

const seq = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]) => der(0x31, Buffer.concat(parts));
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const bits = (content: Buffer) => der(0x03, Buffer.concat([Buffer.from([0]), content]));
const nameOf = (text: string) => seq(set(seq(oid('550403'), der(0x0c, Buffer.from(text)))));
const time = (at: Date) =>
  der(0x18, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));

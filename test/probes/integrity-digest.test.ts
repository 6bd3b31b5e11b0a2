import { createHash, randomBytes } from 'node:crypto';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../probes/integrity/shared/crc-32.ts';
import { DIGESTS, type DigestName } from '../../probes/integrity/shared/digest.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Around the length of a block, where padding takes one block more. */
const LENGTHS = [0, 1, 3, 55, 56, 57, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 1_000, 65_537];

describe('digests', () => {
  it.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('SM3 of %s, as GB/T 32905 gives it', (text, digest) => {
    expect(hex(DIGESTS.sm3(Buffer.from(text)))).toBe(digest);
  });

  it.each(Object.keys(DIGESTS) as DigestName[])('%s as node:crypto takes it', (name) => {
    for (const length of LENGTHS) {
      const bytes = randomBytes(length);
      const expected = createHash(name).update(bytes).digest('hex');
      expect(hex(DIGESTS[name](bytes)), `${length} bytes`).toBe(expected);
    }
  });

  it('CRC-32 as zlib takes it', () => {
    for (const length of LENGTHS) {
      const bytes = randomBytes(length);
      expect(crc32(bytes), `${length} bytes`).toBe(zlib.crc32(bytes));
    }
  });
});

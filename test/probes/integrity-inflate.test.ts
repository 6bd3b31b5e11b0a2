import { constants, deflateRawSync, deflateSync, inflateRawSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflateRaw, inflateZlib } from '../../probes/integrity/shared/inflate.ts';
import { createRandom } from '../random.ts';

const MANY = 64 * 1024 * 1024;
const TEXT = Buffer.from(
  Array.from({ length: 3_000 }, (_, n) => `${n} 0 obj << /A ${n * n} >>\n`).join(''),
);
const PACKED = deflateSync(TEXT);

describe('what zlib data is', () => {
  it.each([0, 1, 9, 100_000, 5_000_000])('%i bytes and back', (length) => {
    const random = createRandom(length);
    const text = Buffer.from(Array.from({ length }, () => Math.floor(random() * 40)));
    for (const level of [0, 1, 9]) {
      const packed = deflateSync(text, { level });
      const { bytes, ...rest } = inflateZlib(packed, MANY);
      expect(Buffer.from(bytes).equals(text)).toBe(true);
      expect(rest).toEqual({
        end: 'complete',
        between_blocks: false,
        checksum: 'right',
        used: packed.length,
      });
      const raw = deflateRawSync(text, { level });
      const from_raw = inflateRaw(raw, MANY);
      expect(Buffer.from(from_raw.bytes).equals(text)).toBe(true);
      expect(from_raw).toMatchObject({ end: 'complete', checksum: 'absent', used: raw.length });
    }
  });

  it('leaves what follows', () => {
    const more = Buffer.concat([PACKED, Buffer.from('\r\nendstream')]);
    expect(inflateZlib(more, MANY)).toMatchObject({ checksum: 'right', used: PACKED.length });
    const raw = deflateRawSync(TEXT);
    const used = inflateRaw(Buffer.concat([raw, raw]), MANY).used;
    expect(used).toBe(raw.length);
  });

  it('F5: the checksum is right, wrong or absent', () => {
    for (const kept of [0, 1, 2, 3]) {
      const cut = PACKED.subarray(0, PACKED.length - 4 + kept);
      expect(inflateZlib(cut, MANY)).toMatchObject({ end: 'complete', checksum: 'absent' });
    }
    const wrong = Buffer.from(PACKED);
    wrong[PACKED.length - 1] = (wrong[PACKED.length - 1] ?? 0) ^ 1;
    const found = inflateZlib(wrong, MANY);
    expect(found).toMatchObject({ end: 'complete', checksum: 'wrong', used: PACKED.length });
    expect(Buffer.from(found.bytes).equals(TEXT)).toBe(true);
  });

  it('F5: without its last block, as some writers leave it', () => {
    const packed = deflateSync(TEXT, { finishFlush: constants.Z_SYNC_FLUSH });
    const found = inflateZlib(packed, MANY);
    expect(Buffer.from(found.bytes).equals(TEXT)).toBe(true);
    expect(found).toMatchObject({
      end: 'cut',
      between_blocks: true,
      checksum: 'absent',
      used: packed.length,
    });
    const within = inflateZlib(packed.subarray(0, packed.length - 9), MANY);
    expect(within).toMatchObject({ end: 'cut', between_blocks: false });
  });

  it('keeps what was there before a cut, wherever it is', () => {
    for (let length = 0; length < PACKED.length - 4; length += 37) {
      const { bytes, end } = inflateZlib(PACKED.subarray(0, length), MANY);
      expect(end, `${length} bytes`).toBe('cut');
      expect(TEXT.subarray(0, bytes.length).equals(bytes)).toBe(true);
    }
  });

  it.each([
    ['a wrong method', Buffer.from([0x79, 0x9c, 3, 0])],
    ['wrong check bits', Buffer.from([0x78, 0x9d, 3, 0])],
    ['a preset dictionary', Buffer.from([0x78, 0xbb, 0, 0, 0, 0, 3, 0])],
    ['a block of no type', Buffer.from([0x78, 0x9c, 0x07])],
    ['a stored block of two lengths', Buffer.from([0x78, 0x9c, 0x01, 1, 0, 1, 0, 0x41])],
    ['a distance before the beginning', Buffer.from([0x78, 0x9c, 0x4b, 0x04, 0x12, 0x00])],
  ])('is damaged by %s', (_, data) => {
    expect(inflateZlib(data, MANY).end).toBe('damaged');
  });

  it('agrees with zlib on a thousand damaged streams', () => {
    const random = createRandom(1);
    const small = deflateSync(TEXT.subarray(0, 6_000));
    const raw = deflateRawSync(TEXT.subarray(0, 6_000));
    for (let run = 0; run < 1_000; run += 1) {
      const zlib = spoiled(small, random);
      const { end, checksum, bytes } = inflateZlib(zlib, MANY);
      const ours = end === 'complete' && checksum === 'right' ? Buffer.from(bytes) : null;
      expect(ours).toEqual(orNull(() => inflateSync(zlib)));
      const plain = spoiled(raw, random);
      const found = inflateRaw(plain, MANY);
      const ours_raw = found.end === 'complete' ? Buffer.from(found.bytes) : null;
      expect(ours_raw).toEqual(orNull(() => inflateRawSync(plain)));
    }
  });
});

describe('limits', () => {
  it('stops one byte beyond the limit and says so', () => {
    const exact = inflateZlib(PACKED, TEXT.length);
    expect(exact).toMatchObject({ end: 'complete', checksum: 'right' });
    for (const limit of [0, 1, 1_000, TEXT.length - 1]) {
      const { bytes, end } = inflateZlib(PACKED, limit);
      expect(end).toBe('limit');
      expect(TEXT.subarray(0, limit).equals(bytes)).toBe(true);
    }
  });

  it('stops at blocks that are all tables', () => {
    const tables = Buffer.alloc(20 * 2 ** 20, EMPTY_BLOCKS);
    const before = process.threadCpuUsage();
    const { end, bytes } = inflateRaw(tables, MANY);
    const used = process.threadCpuUsage(before);
    expect(bytes.length).toBe(0);
    expect(end).toBe('limit');
    expect((used.user + used.system) / 1_000).toBeLessThan(200);
  });
});

/**
 * Eight dynamic blocks, none the last, of which each codes nothing but its end: the lengths of 257
 * literals and one distance by the codes 1 (written 0) and 18 (written 1), then the end.
 */
const EMPTY_BLOCKS = bytesOf(
  [
    [0, 1],
    [2, 2],
    [0, 5],
    [0, 5],
    [14, 4],
    // Of the code lengths, in their order, only the third (18) and the last (1) are used.
    ...Array.from({ length: 18 }, (_, at) => [at === 2 || at === 17 ? 1 : 0, 3]),
    // 138 and 118 zeros, a length of 1 for the end and one for the distance; the end.
    [1, 1],
    [127, 7],
    [1, 1],
    [107, 7],
    [0, 1],
    [0, 1],
    [0, 1],
  ].map(([value = 0, bits = 0]) => value.toString(2).padStart(bits, '0')),
);

/** Fields of bits, least significant first (RFC 1951, 3.1.1), eight times over. */
function bytesOf(fields: string[]): Buffer {
  const bits = fields
    .map((field) => [...field].reverse().join(''))
    .join('')
    .repeat(8);
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt([...byte].reverse().join(''), 2)));
}

function spoiled(data: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(data);
  for (let count = 0; count < 1 + 2 * random(); count += 1) {
    const at = Math.floor(random() * copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return random() < 0.3 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy;
}

function orNull<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}

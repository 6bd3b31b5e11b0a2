import { describe, expect, it } from 'vitest';
import type { FileReason } from '../../model/vocabulary.ts';
import { IntegrityError } from '../../probes/integrity/shared/integrity-error.ts';
import { readZip } from '../../probes/integrity/shared/zip.ts';
import { archive } from '../field/files/ofd/zip-writer.ts';

const PARTS = [
  ['OFD.xml', '<OFD/>'],
  ['Doc_0/附件.bin', 'x'.repeat(300)],
] as const;

const REPAIRED = { names: ['OFD.xml', 'Doc_0/附件.bin'], notes: ['repaired'] };
const SOUND = { ...REPAIRED, notes: [] as string[] };

/** Names and notes of what was read, or the reason why it was not. */
function read(bytes: Uint8Array) {
  try {
    const { entries, notes } = readZip(bytes);
    return { names: [...entries.keys()], notes };
  } catch (error) {
    if (error instanceof IntegrityError) return error.reason;
    throw error;
  }
}

/** The archive with a byte changed behind the nth place of a signature. */
function changed(bytes: Buffer, signature: string, at: number, n = 0): Buffer {
  const copy = Buffer.from(bytes);
  let place = copy.indexOf(signature, 0, 'latin1');
  for (let k = 0; k < n; k += 1) place = copy.indexOf(signature, place + 1, 'latin1');
  copy[place + at] = (copy[place + at] ?? 0) ^ 0x04;
  return copy;
}

const DIRECTORY = 'PK\x01\x02';
const LOCAL = 'PK\x03\x04';
const END = 'PK\x05\x06';

describe('archives that readers open', () => {
  it.each([
    ['F13', 'ZIP64 everywhere', archive(PARTS, { zip64: 'everywhere' })],
    ['F13', 'ZIP64 from a stream', archive(PARTS, { zip64: 'everywhere', descriptors: 'signed' })],
    ['F13', 'ZIP64 at the end only', archive(PARTS, { zip64: 'end only' })],
    ['F14', 'stored data behind which the sizes stand', streamed('stored')],
    [
      'F14',
      'sizes behind the data without a signature',
      archive(PARTS, { descriptors: 'unsigned' }),
    ],
    ['F14', 'a comment that holds an end', archive(PARTS, { comment: `${END}${'\0'.repeat(18)}` })],
    ['F14', 'names without their flag', archive(PARTS, { utf8: false })],
    ['F14', 'folders', archive(PARTS, { folders: ['Doc_0/', 'Doc_0/Res/'] })],
    ['F14', 'bytes before, counted', archive(PARTS, { prefix: Buffer.alloc(99) })],
  ])('%s · %s', (_, __, bytes) => {
    expect(read(bytes)).toEqual(SOUND);
  });

  it.each([
    ['100 bytes', 100],
    ['100 kB', 100_000],
    ['3 MB', 3_000_000],
  ])('F11 · %s behind', (_, length) => {
    const bytes = archive(PARTS, { suffix: Buffer.alloc(length, 'PK') });
    expect(read(bytes)).toEqual({ ...SOUND, notes: ['bytes_appended'] });
  });

  it('F11 · bytes before that offsets do not count', () => {
    const bytes = archive(PARTS, { prefix: Buffer.from('\r\n\r\n'), counts_prefix: false });
    expect(read(bytes)).toEqual(REPAIRED);
  });

  it.each([
    ['a CRC', DIRECTORY, 16],
    ['a method', DIRECTORY, 10],
    ['a size', DIRECTORY, 24],
    ['an offset', DIRECTORY, 42],
    ['an offset of the end', END, 16],
    ['a count', END, 10],
    ['a local CRC', LOCAL, 14],
    ['a local size', LOCAL, 18],
  ])('F14 · %s that the other place contradicts', (what, signature, at) => {
    // unzip does not look at the local size either.
    const expected = what === 'a local size' ? SOUND : REPAIRED;
    expect(read(changed(archive(PARTS), signature, at))).toEqual(expected);
  });

  it('F14 · names that lead out of the archive stay in it', () => {
    const outside = ['../../etc/passwd', 'a/../../b', '/c', 'd:\\e', './f'] as const;
    const bytes = archive(outside.map((name) => [name, 'x']));
    const names = ['etc/passwd', 'a/b', 'c', 'e', 'f'];
    expect(read(bytes)).toEqual({ names, notes: ['repaired'] });
  });

  it('F14 · of two equal names the later counts', () => {
    const { entries } = readZip(archive([['a', 'first'], ...PARTS, ['a', 'second']]));
    expect(Buffer.from(entries.get('a')?.bytes ?? []).toString()).toBe('second');
  });

  it('an archive of nothing', () => {
    expect(read(archive([]))).toEqual({ names: [], notes: [] });
  });
});

function streamed(method: 'stored'): Buffer {
  return archive(PARTS, { descriptors: 'signed', each: { method } });
}

describe('entries that we do not read', () => {
  it.each(['deflate64', 'bzip2', 'lzma'] as const)('F14 · %s', (method) => {
    const how = { entries: { 'OFD.xml': { method, data: Buffer.alloc(40, 'x') } } };
    const { entries } = readZip(archive(PARTS, how));
    expect(entries.get('OFD.xml')?.unread).toBe('unknown_compression');
    expect(entries.get('Doc_0/附件.bin')?.unread).toBe(null);
  });

  it('F12 · encrypted', () => {
    const { entries } = readZip(archive(PARTS, { entries: { 'OFD.xml': { encrypted: true } } }));
    expect(entries.get('OFD.xml')?.unread).toBe('encrypted');
  });
});

describe('archives that no reader opens', () => {
  const whole = archive(PARTS);
  const directory_at = whole.indexOf(DIRECTORY, 0, 'latin1');

  it.each<[string, Uint8Array, FileReason]>([
    ['cut in the first header', whole.subarray(0, 20), 'truncated'],
    ['cut in the data', whole.subarray(0, 60), 'truncated'],
    ['cut before the directory', whole.subarray(0, directory_at), 'truncated'],
    ['cut in the directory', whole.subarray(0, directory_at + 50), 'truncated'],
    ['without its end', whole.subarray(0, whole.length - 22), 'truncated'],
    ['without its last byte', whole.subarray(0, whole.length - 1), 'truncated'],
    ['without its beginning', whole.subarray(30), 'truncated'],
    ['a wrong signature of the end', changed(whole, END, 3), 'structure'],
    ['a wrong signature of a file, first', changed(whole, LOCAL, 2), 'structure'],
    ['a wrong signature of a file, second', changed(whole, LOCAL, 2, 1), 'structure'],
    ['a CRC wrong in both places', wrong({ crc: 0x0badcafe }), 'crc_mismatch'],
    ['data that do not inflate', wrong({ data: Buffer.alloc(30, 0xff) }), 'crc_mismatch'],
  ])('%s', (_, bytes, reason) => {
    expect(read(bytes)).toBe(reason);
  });

  it('F11 · is called truncated only if something is missing', () => {
    const blank = Buffer.from(whole);
    blank.fill(0, directory_at);
    expect(read(blank)).toBe('structure');
  });
});

function wrong(how: { crc?: number; data?: Buffer }): Buffer {
  return archive(PARTS, { entries: { 'Doc_0/附件.bin': how } });
}

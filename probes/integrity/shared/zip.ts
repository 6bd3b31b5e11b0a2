import { crc32, inflateRawSync } from 'node:zlib';
import { IntegrityError } from './integrity-error.ts';

/** One entry of the central directory; `bytes` is the content, checked against size and CRC. */
export interface ZipEntry {
  name: string;
  bytes: Uint8Array;
  /** Position of the (compressed) data in the archive. */
  data: { from: number; to: number };
}

interface DirectoryRecord {
  name: string;
  flags: number;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  header_at: number;
}

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const DIRECTORY_SIGNATURE = 0x02014b50;
const DIRECTORY_SIZE = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_SIZE = 30;
const LONGEST_COMMENT = 0xffff;
const ENCRYPTED = 0x1;
const UTF8_NAME = 0x800;
const STORED = 0;
const DEFLATED = 8;

const MAX_ENTRIES = 4096;
const MAX_INFLATED_BYTES = 24 * 1024 * 1024;

/**
 * Reads every file of a ZIP archive (PKWARE APPNOTE 6.3), with sizes from the central directory, so
 * that data descriptors can be ignored. ZIP64 and encryption are not supported. Throws: `truncated`
 * without an end of central directory, `crc_mismatch` when content does not match its checksum,
 * else `structure`.
 */
export function readZip(bytes: Uint8Array): Map<string, ZipEntry> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(archive);
  const entries = new Map<string, ZipEntry>();
  let budget = MAX_INFLATED_BYTES;
  let compressedBudget = archive.length;
  for (const record of readDirectory(archive, end)) {
    compressedBudget -= record.compressed;
    // Overlapping entries are a zip bomb technique.
    if (compressedBudget < 0)
      throw new IntegrityError('structure', `${record.name}: overlapping entries`);
    if (record.size > budget)
      throw new IntegrityError('structure', `${record.name}: inflates beyond 24 MiB`);
    budget -= record.size;
    if (record.name.endsWith('/') && record.size === 0) continue;
    if (entries.has(record.name)) throw new IntegrityError('structure', `${record.name}: twice`);
    entries.set(record.name, readEntry(archive, record, end.directory_at));
  }
  return entries;
}

interface End {
  entries: number;
  directory_at: number;
  directory_end: number;
}

function findEnd(archive: Buffer): End {
  const first = Math.max(0, archive.length - END_SIZE - LONGEST_COMMENT);
  for (let at = archive.length - END_SIZE; at >= first; at -= 1) {
    if (archive.readUInt32LE(at) === END_SIGNATURE) return readEnd(archive, at);
  }
  throw new IntegrityError('truncated', 'end of central directory');
}

function readEnd(archive: Buffer, at: number): End {
  const entries = archive.readUInt16LE(at + 10);
  const size = archive.readUInt32LE(at + 12);
  const directory_at = archive.readUInt32LE(at + 16);
  const directory_end = directory_at + size;
  if (archive.readUInt16LE(at + 4) !== 0 || archive.readUInt16LE(at + 8) !== entries) {
    throw new IntegrityError('structure', 'end of central directory: several disks');
  }
  if (directory_end > at) throw new IntegrityError('structure', 'central directory');
  if (entries > MAX_ENTRIES)
    throw new IntegrityError('structure', 'central directory: too many entries');
  return { entries, directory_at, directory_end };
}

function readDirectory(archive: Buffer, end: End): DirectoryRecord[] {
  const records: DirectoryRecord[] = [];
  let at = end.directory_at;
  for (let index = 0; index < end.entries; index += 1) {
    if (
      at + DIRECTORY_SIZE > end.directory_end ||
      archive.readUInt32LE(at) !== DIRECTORY_SIGNATURE
    ) {
      throw new IntegrityError('structure', `central directory: entry ${index}`);
    }
    const flags = archive.readUInt16LE(at + 8);
    const nameEnd = at + DIRECTORY_SIZE + archive.readUInt16LE(at + 28);
    records.push({
      name: entryName(archive.subarray(at + DIRECTORY_SIZE, nameEnd), flags),
      flags,
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      compressed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      header_at: archive.readUInt32LE(at + 42),
    });
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return records;
}

/** Forward slashes, no leading one. A path that leaves the archive is refused. */
function entryName(raw: Buffer, flags: number): string {
  const text = decodeName(raw, flags).replaceAll('\\', '/').replace(/^\/+/, '');
  if (text.includes('\0') || /^[a-z]:/i.test(text) || text.split('/').includes('..')) {
    throw new IntegrityError('structure', `${text}: path leaves the archive`);
  }
  return text;
}

/** Chinese writers that do not flag UTF-8 use it anyway, or GB 18030. */
function decodeName(raw: Buffer, flags: number): string {
  if ((flags & UTF8_NAME) !== 0) return raw.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}

function readEntry(archive: Buffer, record: DirectoryRecord, directory_at: number): ZipEntry {
  const { name } = record;
  const header_at = record.header_at;
  if (
    header_at + LOCAL_SIZE > directory_at ||
    archive.readUInt32LE(header_at) !== LOCAL_SIGNATURE
  ) {
    throw new IntegrityError('structure', `${name}: local header`);
  }
  if ((record.flags & ENCRYPTED) !== 0) throw new IntegrityError('structure', `${name}: encrypted`);
  const from =
    header_at +
    LOCAL_SIZE +
    archive.readUInt16LE(header_at + 26) +
    archive.readUInt16LE(header_at + 28);
  const to = from + record.compressed;
  if (to > directory_at)
    throw new IntegrityError('structure', `${name}: reaches into the directory`);
  const bytes = inflate(archive.subarray(from, to), record);
  if (bytes.length !== record.size || crc32(bytes) !== record.crc) {
    throw new IntegrityError('crc_mismatch', name);
  }
  return { name, bytes, data: { from, to } };
}

function inflate(data: Buffer, record: DirectoryRecord): Buffer {
  if (record.method === STORED) return data;
  if (record.method !== DEFLATED) throw new IntegrityError('structure', `${record.name}: method`);
  try {
    // One byte more than announced suffices to detect a wrong size.
    return inflateRawSync(data, { maxOutputLength: record.size + 1 });
  } catch {
    throw new IntegrityError('crc_mismatch', record.name);
  }
}

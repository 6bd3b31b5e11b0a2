import type { ResultNote, UnjudgedReason } from '../../../model/vocabulary.ts';
import { crc32 } from './crc-32.ts';
import { inflateRaw } from './inflate.ts';
import { IntegrityError } from './integrity-error.ts';
import { createWork, type Work } from './work.ts';
import {
  type DirectoryRecord,
  LOCAL_SIGNATURE,
  LOCAL_SIZE,
  readDirectory,
} from './zip-directory.ts';

/** One file of the archive; `bytes` is its content, checked against size and CRC. */
export interface ZipEntry {
  name: string;
  bytes: Uint8Array;
  /** Position of the (compressed) data in the archive. */
  data: { from: number; to: number };
  /** Why the content could not be read; then `bytes` is empty. */
  unread: Extract<UnjudgedReason, 'encrypted' | 'unknown_compression'> | null;
}

/** The files of an archive by name, and what was odd about it. */
export interface ZipArchive {
  entries: Map<string, ZipEntry>;
  notes: ResultNote[];
}

const ENCRYPTED = 0x1;
const HAS_DESCRIPTOR = 0x8;
const UTF8_NAME = 0x800;
const STORED = 0;
const DEFLATED = 8;
/** No deflate data inflates to more. */
const MOST_RATIO = 1032;

/**
 * Reads every file of a ZIP archive, as unzip and Python's zipfile do: sizes and CRC are those of
 * the central directory; of two equal names the later counts; a name stays inside the archive.
 * Throws `truncated`, `structure` (entries that overlap too), `crc_mismatch` for content that does
 * not inflate or is another, `too_large`. Encrypted files and other compressions stay unread. /
 */
export function readZip(bytes: Uint8Array, work: Work = createWork()): ZipArchive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = readDirectory(view, work);
  const entries = new Map<string, ZipEntry>();
  const taken: Span[] = [];
  let repaired = directory.before > 0 || directory.miscounted;
  for (const record of directory.records) {
    const { name, changed } = entryName(record);
    const local = readLocal(view, record, { name, directory_at: directory.from });
    taken.push({ name, from: record.header_at, to: local.to });
    repaired ||= changed || local.differs;
    const entry = readEntry(bytes, record, { name, work, data: local });
    if (name !== '' && !isFolder(record, name)) entries.set(name, entry);
  }
  mustNotOverlap(taken);
  const notes: ResultNote[] = [];
  if (directory.after > 0) notes.push('bytes_appended');
  if (repaired) notes.push('repaired');
  return { entries, notes };
}

/** The names in the directory, unchecked; none if it cannot be read. */
export function zipNames(bytes: Uint8Array, work: Work = createWork()): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readDirectory(view, work).records.map((record) => entryName(record).name);
  } catch (error) {
    if (error instanceof IntegrityError) return [];
    throw error;
  }
}

/** A file whose name ends like a folder's is one only if it is empty. */
function isFolder(record: DirectoryRecord, name: string): boolean {
  return name.endsWith('/') && record.size === 0;
}

/** Forward slashes; what leads out of the archive is left out, as unzip does. */
function entryName(record: DirectoryRecord): { name: string; changed: boolean } {
  const text = decodeName(record).replaceAll('\\', '/');
  const name = text
    .replace(/^[a-z]:/i, '')
    .split('/')
    .filter((part) => part !== '..' && part !== '.')
    .join('/')
    .replace(/^\/+/, '');
  return { name, changed: text.split('/').includes('..') };
}

/** Chinese writers that do not flag UTF-8 use it anyway, or GB 18030. */
function decodeName({ raw_name, flags }: DirectoryRecord): string {
  if ((flags & UTF8_NAME) !== 0) return new TextDecoder().decode(raw_name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw_name);
  } catch {
    return new TextDecoder('gb18030').decode(raw_name);
  }
}

/** Where the local header says that the data lie, and whether it contradicts the directory. */
interface Local {
  from: number;
  to: number;
  differs: boolean;
}

function readLocal(
  view: DataView,
  record: DirectoryRecord,
  at: { name: string; directory_at: number },
): Local {
  const { header_at } = record;
  if (
    header_at + LOCAL_SIZE > at.directory_at ||
    view.getUint32(header_at, true) !== LOCAL_SIGNATURE
  ) {
    throw new IntegrityError('structure', `${at.name}: local header`);
  }
  const name_length = view.getUint16(header_at + 26, true);
  const from = header_at + LOCAL_SIZE + name_length + view.getUint16(header_at + 28, true);
  const to = from + record.compressed;
  if (to > at.directory_at) {
    throw new IntegrityError('structure', `${at.name}: reaches into the directory`);
  }
  const flags = view.getUint16(header_at + 6, true);
  const stated_behind = (flags & HAS_DESCRIPTOR) !== 0;
  const differs =
    view.getUint16(header_at + 8, true) !== record.method ||
    name_length !== record.raw_name.length ||
    (!stated_behind && view.getUint32(header_at + 14, true) !== record.crc);
  return { from, to, differs };
}

interface ReadParts {
  name: string;
  work: Work;
  data: { from: number; to: number };
}

function readEntry(bytes: Uint8Array, record: DirectoryRecord, parts: ReadParts): ZipEntry {
  const { name, work } = parts;
  const data = { from: parts.data.from, to: parts.data.to };
  const nothing = { name, bytes: new Uint8Array(), data };
  if ((record.flags & ENCRYPTED) !== 0) return { ...nothing, unread: 'encrypted' };
  if (record.method !== STORED && record.method !== DEFLATED) {
    return { ...nothing, unread: 'unknown_compression' };
  }
  const raw = bytes.subarray(data.from, data.to);
  const content = record.method === STORED ? raw : inflate(raw, record, parts);
  work.spend('crc_byte', content.length, name);
  if (content.length !== record.size || crc32(content) !== record.crc) {
    throw new IntegrityError('crc_mismatch', name);
  }
  return { name, bytes: content, data, unread: null };
}

function inflate(raw: Uint8Array, record: DirectoryRecord, { name, work }: ReadParts): Uint8Array {
  work.spend('compressed_byte', raw.length, name);
  // A file that lies about its size inflates no further than it can.
  work.spend('inflated_byte', Math.min(record.size, raw.length * MOST_RATIO), name);
  const { bytes, end } = inflateRaw(raw, record.size);
  if (end === 'complete') return bytes;
  const is_ours = end === 'limit' && bytes.length < record.size;
  throw new IntegrityError(is_ours ? 'too_large' : 'crc_mismatch', name);
}

interface Span {
  name: string;
  from: number;
  to: number;
}

/** Entries that share data multiply it: unzip refuses them. */
function mustNotOverlap(spans: Span[]): void {
  let end = 0;
  for (const { name, from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from < end) throw new IntegrityError('structure', `${name}: overlapping entries`);
    end = to;
  }
}

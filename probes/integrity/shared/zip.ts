import type { ResultNote, UnjudgedReason } from '../../../model/vocabulary.ts';
import { IntegrityError } from './integrity-error.ts';
import { createWork, type Work } from './work.ts';
import {
  DEFLATED,
  ENCRYPTED,
  type EntryName,
  entryName,
  HAS_DESCRIPTOR,
  readContent,
  STORED,
} from './zip-content.ts';
import {
  type DirectoryPlace,
  type DirectoryRecord,
  findDirectory,
  hasEnd,
  LOCAL_SIGNATURE,
  LOCAL_SIZE,
  readRecords,
} from './zip-directory.ts';
import { readStream } from './zip-stream.ts';

/** One file of the archive; `bytes` is its content, checked against its CRC. */
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

/**
 * Reads every file of a ZIP archive as unzip and Python's zipfile do, by the central directory; if
 * that fails, as readers of streams do, by the headers before each file. Of two equal names the
 * later counts; a name stays inside the archive. Throws `truncated`, `structure` (entries that
 * overlap too), `crc_mismatch` for content that does not inflate or is another, `too_large`.
 * Encrypted files and other compressions stay unread.
 */
export function readZip(bytes: Uint8Array, work: Work = createWork()): ZipArchive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let place: DirectoryPlace | null = null;
  try {
    place = findDirectory(view);
    const { entries, repaired } = readByDirectory(bytes, place, work);
    return { entries, notes: notesOf(place, repaired) };
  } catch (error) {
    if (!(error instanceof IntegrityError) || error.reason === 'too_large') throw error;
    if (place === null && !hasEnd(view)) throw error;
    const files = readStream(bytes, streamOf(view, place), work);
    if (files === null) throw error;
    const entries = new Map(files.map((file) => [file.name, { ...file, unread: null }]));
    return { entries, notes: notesOf(place, true) };
  }
}

function notesOf(place: DirectoryPlace | null, repaired: boolean): ResultNote[] {
  const appended: ResultNote[] = (place?.after ?? 0) > 0 ? ['bytes_appended'] : [];
  return repaired ? [...appended, 'repaired'] : appended;
}

/** The names in the directory, unchecked; none if it cannot be read. */
export function zipNames(bytes: Uint8Array, work: Work = createWork()): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readRecords(view, findDirectory(view), work).map(
      ({ raw_name, flags }) => entryName(raw_name, flags).name,
    );
  } catch (error) {
    if (error instanceof IntegrityError) return [];
    throw error;
  }
}

/** Where the files lie: from the start, or behind the bytes before the archive. */
function streamOf(view: DataView, place: DirectoryPlace | null): { from: number; to: number } {
  const to = place?.from ?? view.byteLength;
  const starts = view.byteLength >= 4 && view.getUint32(0, true) === LOCAL_SIGNATURE;
  return { from: starts ? 0 : Math.min(place?.before ?? 0, to), to };
}

function readByDirectory(bytes: Uint8Array, place: DirectoryPlace, work: Work) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records = readRecords(view, place, work);
  const entries = new Map<string, ZipEntry>();
  const aliases = new Map<string, ZipEntry>();
  const taken: Span[] = [];
  // Of more entries than 65,535 the classic end may count the rest only.
  let repaired = place.before > 0 || records.length % 0x10000 !== place.count % 0x10000;
  for (const record of records) {
    const named = entryName(record.raw_name, record.flags);
    const local = readLocal(view, record, named.name, place.from);
    const entry = readEntry(bytes, record, { name: named.name, local, work });
    taken.push({ name: entry.name, from: record.header_at, to: entry.data.to });
    repaired ||= named.changed || local.differs;
    if (isFile(record, named.name)) entries.set(named.name, entry);
    if (local.name !== named.name) aliases.set(local.name, entry);
  }
  mustNotOverlap(taken);
  // Readers of streams know a file by the name before it.
  for (const [name, entry] of aliases) if (!entries.has(name)) entries.set(name, entry);
  return { entries, repaired };
}

/** A file whose name ends like a folder's is one only if it is not empty. */
function isFile(record: DirectoryRecord, name: string): boolean {
  return name !== '' && !(name.endsWith('/') && record.size === 0);
}

/** What stands before the data, and whether it contradicts the directory. */
interface Local extends Pick<EntryName, 'name'> {
  from: number;
  to: number;
  differs: boolean;
}

function readLocal(
  view: DataView,
  record: DirectoryRecord,
  name: string,
  directory_at: number,
): Local {
  const { header_at } = record;
  if (
    header_at + LOCAL_SIZE > directory_at ||
    view.getUint32(header_at, true) !== LOCAL_SIGNATURE
  ) {
    throw new IntegrityError('structure', `${name}: local header`);
  }
  const name_length = view.getUint16(header_at + 26, true);
  const name_end = header_at + LOCAL_SIZE + name_length;
  const from = name_end + view.getUint16(header_at + 28, true);
  const to = from + record.compressed;
  if (to > directory_at)
    throw new IntegrityError('structure', `${name}: reaches into the directory`);
  const flags = view.getUint16(header_at + 6, true);
  const raw_name = new Uint8Array(
    view.buffer,
    view.byteOffset + header_at + LOCAL_SIZE,
    name_length,
  );
  const local_name = entryName(raw_name, flags).name;
  const differs =
    local_name !== name ||
    view.getUint16(header_at + 8, true) !== record.method ||
    ((flags & HAS_DESCRIPTOR) === 0 && view.getUint32(header_at + 14, true) !== record.crc);
  return { name: local_name, from, to, differs };
}

interface ReadParts {
  name: string;
  local: Local;
  work: Work;
}

function readEntry(bytes: Uint8Array, record: DirectoryRecord, parts: ReadParts): ZipEntry {
  const { name, local, work } = parts;
  const { flags, method, crc, size } = record;
  const data = { from: local.from, to: local.to };
  const unread = unreadReason(flags, method);
  if (unread !== null) {
    // The directory alone may be wrong: then the headers before the files tell.
    if (local.differs) throw new IntegrityError(unread, name);
    return { name, bytes: new Uint8Array(), data, unread };
  }
  const raw = bytes.subarray(data.from, data.to);
  const content = readContent(raw, { name, method, crc, size }, work);
  return {
    name,
    bytes: content.bytes,
    data: { from: data.from, to: data.from + content.used },
    unread,
  };
}

function unreadReason(flags: number, method: number): ZipEntry['unread'] {
  if ((flags & ENCRYPTED) !== 0) return 'encrypted';
  return method === STORED || method === DEFLATED ? null : 'unknown_compression';
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

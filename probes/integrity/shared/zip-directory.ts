import { IntegrityError } from './integrity-error.ts';
import type { Work } from './work.ts';

/** What the central directory says of one entry. */
export interface DirectoryRecord {
  /** As the archive writes it. */
  raw_name: Uint8Array;
  flags: number;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  header_at: number;
}

/** Where the central directory lies, and what lies outside the archive. */
export interface DirectoryPlace {
  from: number;
  to: number;
  /** Entries that the end counts. */
  count: number;
  /** Bytes in front of the archive: every offset counts from their end. */
  before: number;
  /** Bytes behind its end. */
  after: number;
}

/** The end of central directory, of either kind. */
interface End {
  entries: number;
  size: number;
  offset: number;
  /** Where the directory ends. */
  at: number;
  after: number;
}

export const LOCAL_SIGNATURE = 0x04034b50;
export const LOCAL_SIZE = 30;
export const RECORD_SIGNATURE = 0x02014b50;
const RECORD_SIZE = 46;
const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_SIZE = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_SIZE = 56;
const EXTRA64 = 0x0001;
export const UNKNOWN32 = 0xffffffff;
const P = 'P'.charCodeAt(0);
/** Of the ends tried; more signatures that are none occur by ill will only. */
const MOST_ENDS = 256;

/** What the directory says of each entry. Throws `structure`. */
export function readRecords(view: DataView, place: DirectoryPlace, work: Work): DirectoryRecord[] {
  const records: DirectoryRecord[] = [];
  let at = place.from;
  while (at < place.to) {
    work.spend('entry', 1, 'central directory');
    const next = at + RECORD_SIZE <= place.to ? endOfRecord(view, at) : Infinity;
    if (next > place.to || view.getUint32(at, true) !== RECORD_SIGNATURE) {
      throw new IntegrityError('structure', `central directory: entry ${records.length}`);
    }
    records.push(readRecord(view, at, place.before));
    at = next;
  }
  return records;
}

/**
 * Finds the central directory (PKWARE APPNOTE 6.3, ZIP64 included) as readers do: by the last end
 * record that fits, whatever stands before or behind the archive. Throws `truncated` when the end
 * or bytes before it are missing, else `structure`.
 */
export function findDirectory(view: DataView): DirectoryPlace {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  let missing: number | null = null;
  let tried = 0;
  let at = bytes.lastIndexOf(P, bytes.length - END_SIZE);
  for (; at >= 0 && tried < MOST_ENDS; at = at === 0 ? -1 : bytes.lastIndexOf(P, at - 1)) {
    if (at + END_SIZE > bytes.length || view.getUint32(at, true) !== END_SIGNATURE) continue;
    tried += 1;
    const end = readEnd(view, at);
    const from = end.at - end.size;
    if (from >= 0 && from >= end.offset && isDirectoryAt(view, from, end)) {
      const { entries: count, after } = end;
      return { from, to: end.at, count, before: from - end.offset, after };
    }
    missing ??= end.offset + end.size - end.at;
  }
  if (missing !== null && missing > 0) {
    throw new IntegrityError('truncated', `${missing.toLocaleString('en')} bytes are missing`);
  }
  if (missing !== null) throw new IntegrityError('structure', 'central directory');
  const reason = endsEarly(view) ? 'truncated' : 'structure';
  throw new IntegrityError(reason, 'end of central directory');
}

/** Whether there is an end record, wherever the directory is. */
export function hasEnd(view: DataView): boolean {
  for (let at = view.byteLength - END_SIZE; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE) return true;
  }
  return false;
}

/** An empty directory is one only where the end says that it is. */
function isDirectoryAt(view: DataView, from: number, end: End): boolean {
  if (from === end.at) return end.entries === 0 && from === end.offset;
  return from + 4 <= end.at && view.getUint32(from, true) === RECORD_SIGNATURE;
}

function readEnd(view: DataView, at: number): End {
  const comment = view.getUint16(at + 20, true);
  const after = Math.max(0, view.byteLength - at - END_SIZE - comment);
  const entries = view.getUint16(at + 10, true);
  const size = view.getUint32(at + 12, true);
  const offset = view.getUint32(at + 16, true);
  const end = { entries, size, offset, at, after };
  // Some writers add a ZIP64 end to small archives too.
  return readEnd64(view, at, end) ?? end;
}

/** The ZIP64 end that a locator in front of the classic end leads to; null without. */
function readEnd64(view: DataView, at: number, classic: End): End | null {
  const locator = at - LOCATOR_SIZE;
  if (locator < END64_SIZE || view.getUint32(locator, true) !== LOCATOR_SIGNATURE) return null;
  // Directly in front of the locator, or where that says: bytes before the archive move it.
  const stated = Number(view.getBigUint64(locator + 8, true));
  const place = [locator - END64_SIZE, stated].find(
    (one) => one + END64_SIZE <= locator && view.getUint32(one, true) === END64_SIGNATURE,
  );
  if (place === undefined) return null;
  return {
    entries: Number(view.getBigUint64(place + 32, true)),
    size: Number(view.getBigUint64(place + 40, true)),
    offset: Number(view.getBigUint64(place + 48, true)),
    at: place,
    after: classic.after,
  };
}

function endOfRecord(view: DataView, at: number): number {
  const name = view.getUint16(at + 28, true);
  const extra = view.getUint16(at + 30, true);
  const comment = view.getUint16(at + 32, true);
  return at + RECORD_SIZE + name + extra + comment;
}

function readRecord(view: DataView, at: number, before: number): DirectoryRecord {
  const name_length = view.getUint16(at + 28, true);
  const name_at = at + RECORD_SIZE;
  const raw_name = new Uint8Array(view.buffer, view.byteOffset + name_at, name_length);
  const large = largeValues(view, name_at + name_length, view.getUint16(at + 30, true));
  const value = (offset: number) => {
    const stated = view.getUint32(at + offset, true);
    return stated === UNKNOWN32 ? (large.shift() ?? stated) : stated;
  };
  // In this order the large values stand in the extra field, each only if its own field is full.
  const size = value(24);
  const compressed = value(20);
  const header_at = value(42) + before;
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const crc = view.getUint32(at + 16, true);
  return { raw_name, flags, method, crc, compressed, size, header_at };
}

/** The 64-bit values of an entry's ZIP64 extra field. */
export function largeValues(view: DataView, from: number, length: number): number[] {
  const end = from + length;
  for (let at = from; at + 4 <= end; ) {
    const field_end = at + 4 + view.getUint16(at + 2, true);
    if (field_end > end) break;
    if (view.getUint16(at, true) === EXTRA64) {
      const values: number[] = [];
      for (let value = at + 4; value + 8 <= field_end && values.length < 3; value += 8) {
        values.push(Number(view.getBigUint64(value, true)));
      }
      return values;
    }
    at = field_end;
  }
  return [];
}

/**
 * Whether an archive without an end is shorter than it should be, rather than damaged: its entries
 * and directory records follow each other up to the very end.
 */
function endsEarly(view: DataView): boolean {
  let at = 0;
  let in_directory = false;
  for (;;) {
    const left = view.byteLength - at;
    if (in_directory ? left < END_SIZE : left < LOCAL_SIZE) return true;
    const signature = view.getUint32(at, true);
    if (signature === RECORD_SIGNATURE) {
      if (left < RECORD_SIZE) return true;
      in_directory = true;
      at = endOfRecord(view, at);
    } else if (signature === LOCAL_SIGNATURE && !in_directory) {
      at = endOfLocal(view, at);
    } else return false;
    if (at > view.byteLength) return true;
  }
}

const HAS_DESCRIPTOR = 0x8;

/** Where the next entry should begin; with sizes behind the data, where one does. */
function endOfLocal(view: DataView, at: number): number {
  const data = at + LOCAL_SIZE + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if ((view.getUint16(at + 6, true) & HAS_DESCRIPTOR) === 0) {
    return data + view.getUint32(at + 18, true);
  }
  for (let next = data; next + 4 <= view.byteLength; next += 1) {
    const signature = view.getUint32(next, true);
    if (signature === LOCAL_SIGNATURE || signature === RECORD_SIGNATURE) return next;
  }
  return Infinity;
}

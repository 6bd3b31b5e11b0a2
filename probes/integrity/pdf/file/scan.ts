import { IntegrityError } from '../../shared/integrity-error.ts';
import {
  isDigit,
  isRegular,
  isWhite,
  type PdfDictionary,
  type PdfValue,
  readValue,
} from '../syntax/objects.ts';
import {
  cursorAt,
  find,
  findLast,
  isAt,
  latin1,
  noteMalformed,
  type PdfSource,
  readFirst,
  spend,
} from '../syntax/source.ts';
import { entriesOf, nameOf } from '../syntax/values.ts';
import type { PdfLocation } from './cross-reference.ts';
import { openDocument, openObjectStream, type PdfDocument } from './document.ts';
import { endsAt, readObjectAt } from './indirect.ts';

/** Work of a letter that may be of its word, and of an object, in bytes examined. */
const LETTER_WORK = 8;
const PLACE_WORK = 64;
/** A longer dictionary of a stream is not looked into. */
const LONGEST_HEAD = 4096;

/**
 * Reads a file without its cross-reference, as readers do with a broken one: every `n g obj` is an
 * object, the last of a number counts, and so does what object streams hold; the trailer is the
 * last with a page tree. Throws `structure` if there is none.
 */
export function openScanned(source: PdfSource): PdfDocument {
  const scan = scanObjects(source);
  const trailers = [...scan.trailers, ...trailersOf(source)].toSorted((a, b) => b.at - a.at);
  const locations = new Map<number, PdfLocation | null>();
  for (const [number, offset] of scan.offsets) locations.set(number, { offset });
  addPacked(source, scan, locations);
  for (const { entries: trailer, at, whole } of trailers) {
    const document = openDocument(source, { locations, trailer }, 0);
    const root = document.resolve(trailer.get('Root'));
    if (root.kind !== 'dictionary') continue;
    const pages = readFirst(source, () => document.resolve(root.entries.get('Pages')));
    if (pages.kind !== 'dictionary') continue;
    // Not all readers take the dictionary of a cross-reference stream for a trailer, and most none
    // that is not written as it should be, nor any where they stumble over an object before it.
    if (!isAt(source.bytes, 'trailer', at)) {
      noteMalformed(source, at);
      const broken_at = whole ? brokenObjectOf(source, scan) : at;
      if (broken_at !== null) source.work.hidden ??= `byte ${broken_at}`;
    }
    return document;
  }
  if (trailers.some(({ whole }) => whole)) throw new IntegrityError('structure', 'Root');
  return openByCatalog(source, locations);
}

/**
 * Without any trailer: by the last object that says that it is the catalogue. Of the readers mupdf
 * and pdf.js look for it, qpdf and poppler do not.
 */
function openByCatalog(source: PdfSource, locations: Map<number, PdfLocation | null>): PdfDocument {
  source.work.hidden = 'trailer';
  const trailer: PdfDictionary = new Map();
  const document = openDocument(source, { locations, trailer }, 0);
  for (const [number, location] of [...locations].toReversed()) {
    // Readers look at the objects that they see.
    if (location === null || !('offset' in location)) continue;
    const reference: PdfValue = { kind: 'reference', number };
    if (nameOf(entriesOf(document.resolve(reference)).get('Type')) === 'Catalog') {
      trailer.set('Root', reference);
      return document;
    }
  }
  throw new IntegrityError('structure', 'trailer');
}

/** The place of an object that is not written as it should be; null: all are. */
function brokenObjectOf(source: PdfSource, { places }: Scan): number | null {
  const broken = places.find((at) => !readWhole(source, () => objectAt(source, at)).whole);
  return broken ?? null;
}

function objectAt(source: PdfSource, at: number): PdfValue | undefined {
  return readObjectAt(source, at)?.value;
}

interface Scan {
  /** Of all objects, also of those that others of their number replace. */
  places: number[];
  /** By object number. */
  offsets: Map<number, number>;
  object_streams: { number: number; at: number }[];
  /** `whole`: it is written as it should be. */
  trailers: { entries: PdfDictionary; at: number; whole: boolean }[];
}

function scanObjects(source: PdfSource): Scan {
  const { bytes, work } = source;
  const scan: Scan = { places: [], offsets: new Map(), object_streams: [], trailers: [] };
  let charged = 0;
  // Of "obj" the last letter is the rarest.
  for (let j = bytes.indexOf(0x6a); j !== -1; j = bytes.indexOf(0x6a, j + 1)) {
    spend(work, LETTER_WORK + (j - charged) / 8);
    charged = j;
    const header = headerBefore(bytes, j - 2);
    if (header === null) continue;
    spend(work, PLACE_WORK);
    scan.places.push(header.at);
    scan.offsets.set(header.number, header.at);
    const next = behindStream(source, scan, header, j + 1);
    if (next > j) {
      j = next;
      charged = next;
    }
  }
  return scan;
}

/** Every `n g obj` of the file, also what looks like one in the data of a stream. */
export function* objectHeaders(source: PdfSource): Generator<{ number: number; at: number }> {
  const { bytes, work } = source;
  let charged = 0;
  for (let j = bytes.indexOf(0x6a); j !== -1; j = bytes.indexOf(0x6a, j + 1)) {
    spend(work, LETTER_WORK + (j - charged) / 8);
    charged = j;
    const header = headerBefore(bytes, j - 2);
    if (header === null) continue;
    spend(work, PLACE_WORK);
    yield header;
  }
}

/** The number of the object whose word `obj` stands there, and where it begins. */
function headerBefore(bytes: Uint8Array, word: number): { number: number; at: number } | null {
  if (!isAt(bytes, 'obj', word)) return null;
  let at = word - 1;
  while (isWhite(bytes[at])) at -= 1;
  const generation = at;
  while (isDigit(bytes[at])) at -= 1;
  if (at === generation || !isWhite(bytes[at])) return null;
  while (isWhite(bytes[at])) at -= 1;
  const last = at;
  while (isDigit(bytes[at])) at -= 1;
  if (at === last || last - at > 10) return null;
  return { number: Number(latin1(bytes, at + 1, last + 1)), at: at + 1 };
}

/**
 * If the object is a stream, where its data ends, so that what looks like an object in it is none;
 * else the position given. Streams that hold objects or a trailer are noted.
 */
function behindStream(
  source: PdfSource,
  scan: Scan,
  header: { number: number; at: number },
  from: number,
): number {
  const { bytes } = source;
  const head_end = Math.min(bytes.length, from + LONGEST_HEAD);
  const end = find(source, 'endobj', from, head_end);
  const word = find(source, 'stream', from, end === -1 ? head_end : end);
  if (word === -1 || !isStreamWord(bytes, word)) return from;
  const head = latin1(bytes, from, word);
  spend(source.work, head.length);
  if (/\/Type\s*\/ObjStm/.test(head)) scan.object_streams.push(header);
  if (/\/Type\s*\/XRef/.test(head)) {
    const { value, whole } = readWhole(source, () => objectAt(source, header.at));
    if (value?.kind === 'stream')
      scan.trailers.push({ entries: value.entries, at: header.at, whole });
  }
  let data = word + 'stream'.length;
  if (bytes[data] === 13) data += 1;
  if (bytes[data] === 10) data += 1;
  const length = /\/Length\s+(\d{1,10})(?!\s+\d+\s+R)/.exec(head)?.[1];
  if (length !== undefined && endsAt(source, data, Number(length))) return data + Number(length);
  return Math.max(from, find(source, 'endstream', data));
}

function isStreamWord(bytes: Uint8Array, at: number): boolean {
  return !isRegular(bytes[at - 1]) && isWhite(bytes[at + 'stream'.length]);
}

function trailersOf(source: PdfSource): Scan['trailers'] {
  const trailers: Scan['trailers'] = [];
  const length = 'trailer'.length;
  for (
    let at = findLast(source, 'trailer', source.bytes.length - length);
    at !== -1;
    at = findLast(source, 'trailer', at - 1)
  ) {
    const { value, whole } = readWhole(source, () => readValue(cursorAt(source, at + length)));
    if (value.kind === 'dictionary') trailers.push({ entries: value.entries, at, whole });
  }
  return trailers;
}

/** What was read, and whether it is written as it should be. */
function readWhole<T>({ work }: PdfSource, read: () => T): { value: T; whole: boolean } {
  const { malformed } = work;
  work.malformed = null;
  const value = read();
  const whole = work.malformed === null;
  work.malformed ??= malformed;
  return { value, whole };
}

/** Objects in object streams, unless the same number follows later in the file. */
function addPacked(source: PdfSource, scan: Scan, locations: Map<number, PdfLocation | null>) {
  const document = openDocument(source, { locations, trailer: new Map() }, 0);
  for (const { number, at } of scan.object_streams) {
    if (scan.offsets.get(number) !== at) continue;
    const stream = readObjectAt(source, at)?.value;
    if (stream?.kind !== 'stream') continue;
    const { offsets } = openObjectStream(source, stream, document.dataOf(stream));
    for (const packed of offsets.keys()) {
      if ((scan.offsets.get(packed) ?? -1) < at) locations.set(packed, { stream: number });
    }
  }
}

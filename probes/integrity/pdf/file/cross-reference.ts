import { IntegrityError } from '../../shared/integrity-error.ts';
import {
  isDigit,
  type PdfDictionary,
  readInteger,
  readToken,
  readValue,
  skipSpace,
  skipWord,
} from '../syntax/objects.ts';
import { cursorAt, type PdfCursor, type PdfSource, spend } from '../syntax/source.ts';
import { integersOf, numberOf } from '../syntax/values.ts';
import { directStream, readObjectAt } from './indirect.ts';

/** Where an object is: at an offset, or in an object stream. */
export type PdfLocation = { offset: number } | { stream: number };

export interface CrossReference {
  /** By object number; newer updates take precedence. Free objects are null. */
  locations: Map<number, PdfLocation | null>;
  trailer: PdfDictionary;
}

/** Work of an entry, in bytes examined. */
const ENTRY_WORK = 24;
const SECTION_WORK = 500;

/**
 * Follows the cross-reference chain from `start` through /XRefStm and /Prev (PDF 1.7, 7.5.4–8).
 * `shift`: bytes before the header, which offsets may not include. Throws `structure` for whatever
 * is not as it should be: the file can then be read without a cross-reference.
 */
export function readCrossReference(
  source: PdfSource,
  start: number,
  shift: number,
): CrossReference {
  const locations: CrossReference['locations'] = new Map();
  let trailer: PdfDictionary | null = null;
  const seen = new Set<number>();
  for (let next: number | null = start; next !== null && !seen.has(next); ) {
    seen.add(next);
    const section = readSection(source, next, shift);
    trailer ??= section.trailer;
    const hidden = section.trailer.get('XRefStm');
    // Objects that older readers must not see are free in the table, and in the stream beside it.
    if (hidden?.kind === 'number') {
      add(
        locations,
        section.entries.filter(([, location]) => location !== null),
      );
      add(locations, readSection(source, hidden.value, shift).entries);
    }
    add(locations, section.entries);
    const previous = section.trailer.get('Prev');
    // Some writers use 0, the position of the header, for "none".
    next = previous?.kind === 'number' && previous.value > 0 ? previous.value : null;
  }
  if (trailer === null) throw new IntegrityError('structure', 'trailer');
  return { locations, trailer };
}

type Entry = [number: number, location: PdfLocation | null];

interface Section {
  entries: Entry[];
  trailer: PdfDictionary;
}

function add(locations: CrossReference['locations'], entries: Entry[]): void {
  for (const [number, location] of entries) {
    if (!locations.has(number)) locations.set(number, location);
  }
}

function readSection(source: PdfSource, offset: number, shift: number): Section {
  spend(source.work, SECTION_WORK);
  for (const at of shift === 0 ? [offset] : [offset, offset + shift]) {
    const cursor = cursorAt(source, at);
    if (skipWord(cursor, 'xref')) return readTable(cursor);
    const object = readObjectAt(source, at);
    if (object?.value.kind === 'stream') return readStream(source, object.value.entries, object);
  }
  throw new IntegrityError('structure', `cross-reference at ${offset}`);
}

function readTable(cursor: PdfCursor): Section {
  const entries: Entry[] = [];
  for (let first = readInteger(cursor); first !== null; first = readInteger(cursor)) {
    const count = readInteger(cursor);
    if (count === null) throw new IntegrityError('structure', 'cross-reference table');
    readSubsection(cursor, first, count, entries);
  }
  if (!skipWord(cursor, 'trailer')) throw new IntegrityError('structure', 'trailer');
  const trailer = readValue(cursor);
  if (trailer.kind !== 'dictionary') throw new IntegrityError('structure', 'trailer');
  return { entries, trailer: trailer.entries };
}

/** Entries should have 20 bytes; 19 and 21 are read as well. */
function readSubsection(cursor: PdfCursor, first: number, count: number, entries: Entry[]): void {
  let shift = 0;
  for (let index = 0; index < count; index += 1) {
    skipSpace(cursor);
    // A table that says too much ends where its trailer begins.
    if (!isDigit(cursor.bytes[cursor.at])) return;
    const offset = readInteger(cursor);
    const generation = readInteger(cursor);
    const kind = readToken(cursor);
    const word = kind.kind === 'word' ? kind.word : '';
    if (offset === null || generation === null || (word !== 'n' && word !== 'f')) {
      throw new IntegrityError('structure', `cross-reference entry ${first + index}`);
    }
    // Some writers number from 1 although the first entry is the head of the free list, object 0.
    if (index === 0 && first === 1 && word === 'f' && generation === 65_535) shift = -1;
    entries.push([first + index + shift, word === 'n' && offset > 0 ? { offset } : null]);
  }
}

/** A cross-reference stream: rows of three big-endian fields, widths in /W (PDF 1.7, 7.5.8). */
function readStream(
  source: PdfSource,
  dictionary: PdfDictionary,
  object: { end: number },
): Section {
  const data = dataOfSection(source, dictionary, object.end);
  const widths = integersOf(dictionary.get('W'));
  const [type = 0, second = 0, third = 0] = widths;
  const row = type + second + third;
  if (widths.length < 3 || row === 0 || widths.some((width) => width < 0 || width > 8)) {
    throw new IntegrityError('structure', 'cross-reference stream: W');
  }
  const index = integersOf(dictionary.get('Index'));
  const size = numberOf(dictionary.get('Size'), -1);
  if (size < 0) throw new IntegrityError('structure', 'cross-reference stream: Size');
  const ranges = index.length > 0 ? index : [0, size];
  const entries: Entry[] = [];
  let at = 0;
  for (let pair = 0; pair + 1 < ranges.length; pair += 2) {
    const [first = 0, count = 0] = ranges.slice(pair, pair + 2);
    for (let offset = 0; offset < count; offset += 1, at += row) {
      // A cut stream must not make objects disappear.
      if (at + row > data.length) throw new IntegrityError('structure', 'cross-reference stream');
      spend(source.work, ENTRY_WORK);
      const kind = type === 0 ? 1 : field(data, at, type);
      const place = field(data, at + type, second);
      entries.push([first + offset, streamEntry(kind, place)]);
    }
  }
  return { entries, trailer: dictionary };
}

/** Without the data the file can still be read, as without any cross-reference. */
function dataOfSection(source: PdfSource, dictionary: PdfDictionary, end: number): Uint8Array {
  try {
    return directStream(source, dictionary, end).bytes;
  } catch (error) {
    if (!(error instanceof IntegrityError) || error.reason !== 'stream') throw error;
    throw new IntegrityError('structure', 'cross-reference stream');
  }
}

function field(data: Uint8Array, from: number, width: number): number {
  let value = 0;
  for (let at = from; at < from + width; at += 1) value = value * 256 + (data[at] ?? 0);
  return value;
}

/** The third field, a generation or an index, is not needed. */
function streamEntry(kind: number, place: number): PdfLocation | null {
  if (kind === 1) return place > 0 ? { offset: place } : null;
  return kind === 2 ? { stream: place } : null;
}

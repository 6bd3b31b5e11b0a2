import { IntegrityError } from '../shared/integrity-error.ts';
import {
  integerAt,
  type PdfDictionary,
  type PdfSource,
  type PdfValue,
  parseObject,
  skipSpace,
  wordAt,
} from './objects.ts';
import { decode, numberOf, streamData } from './stream.ts';

/** Location of an object: an offset, or an object stream. */
export type Location = { offset: number } | { stream: number };

export interface CrossReference {
  /** Entries of newer updates take precedence. Free objects are null. */
  locations: Map<number, Location | null>;
  trailer: PdfDictionary;
}

const MAX_SECTIONS = 512;
const MAX_ENTRIES = 100_000;

/**
 * Follows the cross-reference chain from `start` through /Prev and /XRefStm (PDF 1.7, 7.5.4–8).
 * Returns null if a section uses an unsupported encoding. Throws `structure` if a section is
 * missing. `shift`: bytes before the header, which offsets may not include.
 */
export function readCrossReference(
  source: PdfSource,
  start: number,
  shift: number,
): CrossReference | null {
  const locations: CrossReference['locations'] = new Map();
  let trailer: PdfDictionary | null = null;
  const seen = new Set<number>();
  const ahead = [start];
  let budget = MAX_ENTRIES;
  for (let offset = ahead.shift(); offset !== undefined; offset = ahead.shift()) {
    if (seen.has(offset)) continue;
    if (seen.size >= MAX_SECTIONS)
      throw new IntegrityError('structure', 'cross-reference: too many');
    seen.add(offset);
    const section = readSection(source, offset, shift, budget);
    if (section === null) return null;
    budget -= section.entries.length;
    for (const [number, location] of section.entries) {
      if (!locations.has(number)) locations.set(number, location);
    }
    trailer ??= section.trailer;
    for (const key of ['XRefStm', 'Prev']) {
      const next = section.trailer.get(key);
      // Some writers use 0, the position of the header, for "none".
      if (next?.kind === 'number' && next.value > 0) ahead.push(next.value);
    }
  }
  return trailer === null ? null : { locations, trailer };
}

interface Section {
  entries: [number, Location | null][];
  trailer: PdfDictionary;
}

function readSection(
  source: PdfSource,
  offset: number,
  shift: number,
  budget: number,
): Section | null {
  for (const at of shift === 0 ? [offset] : [offset, offset + shift]) {
    const start = skipSpace(source, at);
    if (wordAt(source, start) === 'xref') return readTable(source, start + 4, budget);
    const header = objectHeaderEnd(source, start);
    if (header !== null) {
      const parsed = parseObject(source, header);
      if (isXrefStream(parsed.value)) {
        return readStream(source, parsed.value.entries, parsed.end, budget);
      }
    }
  }
  throw new IntegrityError('structure', `cross-reference at ${offset}`);
}

/** The end of `N G obj`, or null. With `number`, of that object only. */
export function objectHeaderEnd(source: PdfSource, at: number, number?: number): number | null {
  const found = integerAt(source, at);
  if (found === null || (number !== undefined && found.value !== number)) return null;
  const generation = integerAt(source, found.end);
  if (generation === null) return null;
  const keyword = skipSpace(source, generation.end);
  return source.bytes.toString('latin1', keyword, keyword + 3) === 'obj' ? keyword + 3 : null;
}

function isXrefStream(value: PdfValue): value is { kind: 'dictionary'; entries: PdfDictionary } {
  if (value.kind !== 'dictionary') return false;
  const type = value.entries.get('Type');
  return type?.kind === 'name' && type.name === 'XRef';
}

function readTable(source: PdfSource, from: number, budget: number): Section {
  const entries: Section['entries'] = [];
  let at = from;
  for (;;) {
    const first = integerAt(source, at);
    if (first === null) break;
    const count = integerAt(source, first.end);
    if (count === null) throw new IntegrityError('structure', 'cross-reference table');
    if (count.value > budget - entries.length) {
      throw new IntegrityError('structure', 'cross-reference: too many entries');
    }
    at = readSubsection(source, { first: first.value, count: count.value, at: count.end }, entries);
  }
  const keyword = skipSpace(source, at);
  if (wordAt(source, keyword) !== 'trailer') throw new IntegrityError('structure', 'trailer');
  const trailer = parseObject(source, keyword + 7).value;
  if (trailer.kind !== 'dictionary') throw new IntegrityError('structure', 'trailer');
  return { entries, trailer: trailer.entries };
}

function readSubsection(
  source: PdfSource,
  subsection: { first: number; count: number; at: number },
  entries: Section['entries'],
): number {
  let { first, at } = subsection;
  for (let index = 0; index < subsection.count; index += 1) {
    const offset = integerAt(source, at);
    const generation = offset === null ? null : integerAt(source, offset.end);
    if (offset === null || generation === null) {
      throw new IntegrityError('structure', `cross-reference entry ${first + index}`);
    }
    const kindAt = skipSpace(source, generation.end);
    const kind = wordAt(source, kindAt);
    if (kind !== 'n' && kind !== 'f') {
      throw new IntegrityError('structure', `cross-reference entry ${first + index}`);
    }
    // Some writers number from 1 although the first entry is the head of the free list, object 0.
    if (index === 0 && first === 1 && kind === 'f' && generation.value === 65_535) first = 0;
    entries.push([first + index, kind === 'n' ? { offset: offset.value } : null]);
    at = kindAt + 1;
  }
  return at;
}

/** A cross-reference stream: rows of three big-endian fields, widths in /W (PDF 1.7, 7.5.8). */
function readStream(
  source: PdfSource,
  dictionary: PdfDictionary,
  end: number,
  budget: number,
): Section | null {
  const raw = streamData(source, dictionary, end);
  const decoded = raw === null ? null : decode(raw, dictionary, source.budget);
  if (decoded === null) return null;
  const data = decoded.bytes;
  const widths = integers(dictionary.get('W'));
  const [type = 0, second = 0, third = 0] = widths;
  const row = type + second + third;
  if (widths.length < 3 || row === 0 || widths.some((width) => width < 0 || width > 6)) {
    throw new IntegrityError('structure', 'cross-reference stream: W');
  }
  const index = integers(dictionary.get('Index'));
  const ranges = index.length > 0 ? index : [0, numberOf(dictionary.get('Size'), 0)];
  const entries: Section['entries'] = [];
  let at = 0;
  for (let pair = 0; pair + 1 < ranges.length; pair += 2) {
    const [first = 0, count = 0] = ranges.slice(pair, pair + 2);
    for (let offset = 0; offset < count && at + row <= data.length; offset += 1, at += row) {
      if (entries.length >= budget) {
        throw new IntegrityError('structure', 'cross-reference: too many entries');
      }
      const kind = type === 0 ? 1 : data.readUIntBE(at, type);
      const place = second === 0 ? 0 : data.readUIntBE(at + type, second);
      entries.push([first + offset, streamEntry(kind, place)]);
    }
  }
  return { entries, trailer: dictionary };
}

/** The third field, a generation or an index, is not needed. */
function streamEntry(kind: number, place: number): Location | null {
  if (kind === 1) return { offset: place };
  return kind === 2 ? { stream: place } : null;
}

function integers(value: PdfValue | undefined): number[] {
  if (value?.kind !== 'array') return [];
  return value.items.map((item) => Math.trunc(numberOf(item, 0)));
}

import { IntegrityError } from '../shared/integrity-error.ts';
import { type CrossReference, objectHeaderEnd } from './cross-reference.ts';
import { type PdfDictionary, type PdfSource, type PdfValue, parseObject } from './objects.ts';
import { decode, leadingIntegers, numberOf, streamData } from './stream.ts';

/** Finds objects by number. */
export interface PdfDocument {
  /**
   * The value itself, or the object it refers to. A dangling reference is null (PDF 1.7, 7.3.10);
   * `unreadable` if the object is in a stream we cannot decode. Throws `structure` if the
   * cross-reference points to something else.
   */
  resolve(value: PdfValue | undefined): PdfValue | 'unreadable';
}

const NULL: PdfValue = { kind: 'null' };
const MAX_HOPS = 16;
const MAX_OBJECT_STREAMS = 32;

/** `shift`: bytes before the header, which offsets may not include. */
export function openDocument(source: PdfSource, xref: CrossReference, shift: number): PdfDocument {
  const encrypted = xref.trailer.has('Encrypt');
  const opened = new Map<number, ObjectStream | null>();

  function resolve(value: PdfValue | undefined): PdfValue | 'unreadable' {
    let found = value ?? NULL;
    for (let hop = 0; hop < MAX_HOPS; hop += 1) {
      if (found.kind !== 'reference') return found;
      const next = load(found.number);
      if (next === 'unreadable') return next;
      found = next;
    }
    throw new IntegrityError('structure', 'references in a circle');
  }

  function load(number: number): PdfValue | 'unreadable' {
    const location = xref.locations.get(number);
    if (location === undefined || location === null) return NULL;
    if ('offset' in location) return loadAt(location.offset, number).value;
    // Object streams of an encrypted file are encrypted as a whole.
    if (encrypted) return 'unreadable';
    const stream = objectStream(location.stream);
    return stream === null ? 'unreadable' : fromObjectStream(stream, number);
  }

  function loadAt(offset: number, number: number): { value: PdfValue; end: number } {
    for (const at of shift === 0 ? [offset] : [offset, offset + shift]) {
      const header = objectHeaderEnd(source, at, number);
      if (header !== null) return parseObject(source, header);
    }
    throw new IntegrityError('structure', `object ${number}`);
  }

  function objectStream(number: number): ObjectStream | null {
    const known = opened.get(number);
    if (known !== undefined) return known;
    if (opened.size >= MAX_OBJECT_STREAMS) return null;
    const stream = openObjectStream(number);
    opened.set(number, stream);
    return stream;
  }

  function openObjectStream(number: number): ObjectStream | null {
    const location = xref.locations.get(number);
    if (location === undefined || location === null || !('offset' in location)) {
      throw new IntegrityError('structure', `object stream ${number}`);
    }
    const { value, end } = loadAt(location.offset, number);
    if (value.kind !== 'dictionary')
      throw new IntegrityError('structure', `object stream ${number}`);
    const raw = streamData(source, value.entries, end);
    if (raw === null) throw new IntegrityError('structure', `object stream ${number}`);
    const content = decode(raw, value.entries, source.budget);
    return content && { content, offsets: objectOffsets(content, value.entries) };
  }

  return { resolve };
}

interface ObjectStream {
  content: PdfSource;
  /** By object number. */
  offsets: Map<number, number>;
}

/** The head of an object stream lists its objects and their offsets (PDF 1.7, 7.5.7). */
function objectOffsets(content: PdfSource, dictionary: PdfDictionary): Map<number, number> {
  const count = numberOf(dictionary.get('N'), 0);
  const first = numberOf(dictionary.get('First'), 0);
  const head = leadingIntegers(content, 2 * count);
  const offsets = new Map<number, number>();
  for (let pair = 0; pair + 1 < head.length; pair += 2) {
    offsets.set(head[pair] ?? 0, first + (head[pair + 1] ?? 0));
  }
  return offsets;
}

function fromObjectStream(stream: ObjectStream, number: number): PdfValue {
  const at = stream.offsets.get(number);
  if (at === undefined) throw new IntegrityError('structure', `object ${number}`);
  return parseObject(stream.content, at).value;
}

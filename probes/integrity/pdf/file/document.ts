import { IntegrityError } from '../../shared/integrity-error.ts';
import { type DecodedStream, decodeStream } from '../filters/decode.ts';
import {
  PDF_NULL,
  type PdfStream,
  type PdfValue,
  readInteger,
  readValue,
} from '../syntax/objects.ts';
import { cursorAt, type PdfSource } from '../syntax/source.ts';
import { entriesOf, numberOf } from '../syntax/values.ts';
import type { CrossReference } from './cross-reference.ts';
import { filtersOf, rawData, readObjectAt } from './indirect.ts';

/** Finds objects by number. */
export interface PdfDocument {
  xref: CrossReference;
  source: PdfSource;
  /**
   * The value itself, or the object it refers to. A dangling reference is null (PDF 1.7, 7.3.10).
   * Throws `structure` if the cross-reference points to something else.
   */
  resolve(value: PdfValue | undefined): PdfValue;
  /** The decoded data of a stream, each decoded once. Throws as `decodeStream` does. */
  dataOf(stream: PdfStream): DecodedStream;
}

const MOST_HOPS = 16;

/** `shift`: bytes before the header, which offsets may not include. */
export function openDocument(source: PdfSource, xref: CrossReference, shift: number): PdfDocument {
  const loaded = new Map<number, PdfValue>();
  const decoded = new Map<number, DecodedStream>();
  const opened = new Map<number, ObjectStream>();

  function resolve(value: PdfValue | undefined): PdfValue {
    let found = value ?? PDF_NULL;
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      if (found.kind !== 'reference') return found;
      found = load(found.number);
    }
    throw new IntegrityError('structure', 'references in a circle');
  }

  function load(number: number): PdfValue {
    const known = loaded.get(number);
    if (known !== undefined) return known;
    const location = xref.locations.get(number);
    if (location === undefined || location === null) return PDF_NULL;
    const value =
      'offset' in location
        ? loadAt(location.offset, number)
        : packedObject(objectStream(location.stream), number);
    loaded.set(number, value);
    return value;
  }

  function loadAt(offset: number, number: number): PdfValue {
    for (const at of shift === 0 ? [offset] : [offset, offset + shift]) {
      const object = readObjectAt(source, at);
      if (object?.number === number) return object.value;
    }
    throw new IntegrityError('structure', `object ${number}`);
  }

  function dataOf(stream: PdfStream): DecodedStream {
    const known = decoded.get(stream.from);
    if (known !== undefined) return known;
    const length = resolve(stream.entries.get('Length'));
    const data = rawData(source, stream.from, length.kind === 'number' ? length.value : null);
    const filters = filtersOf(stream.entries, resolve);
    const found = decodeStream(data, filters, source.work, `object ${stream.number}`);
    decoded.set(stream.from, found);
    return found;
  }

  function objectStream(number: number): ObjectStream {
    const known = opened.get(number);
    if (known !== undefined) return known;
    const location = xref.locations.get(number);
    const value =
      location !== undefined && location !== null && 'offset' in location
        ? loadAt(location.offset, number)
        : PDF_NULL;
    if (value.kind !== 'stream') throw new IntegrityError('structure', `object stream ${number}`);
    const stream = openObjectStream(source, value, dataOf(value));
    opened.set(number, stream);
    return stream;
  }

  return { xref, source, resolve, dataOf };
}

/** An object stream: objects one after the other, and where each begins (PDF 1.7, 7.5.7). */
interface ObjectStream {
  number: number;
  content: PdfSource;
  /** The data ended early: the last object may not be whole. */
  cut: boolean;
  /** By object number. */
  offsets: Map<number, number>;
}

/** The head of an object stream lists its objects and their offsets. */
export function openObjectStream(
  source: PdfSource,
  stream: PdfStream,
  { bytes, cut }: DecodedStream,
): ObjectStream {
  const content = { bytes, work: source.work };
  const count = numberOf(stream.entries.get('N'), 0);
  const first = numberOf(stream.entries.get('First'), 0);
  const cursor = cursorAt(content, 0);
  const offsets = new Map<number, number>();
  for (let pair = 0; pair < count; pair += 1) {
    const number = readInteger(cursor);
    const offset = readInteger(cursor);
    if (number === null || offset === null) {
      throw new IntegrityError('structure', `object stream ${stream.number}`);
    }
    offsets.set(number, first + offset);
  }
  return { number: stream.number, content, cut, offsets };
}

function packedObject(stream: ObjectStream, number: number): PdfValue {
  const { bytes } = stream.content;
  const at = stream.offsets.get(number);
  if (at === undefined) throw new IntegrityError('structure', `object ${number}`);
  if (at >= bytes.length) throw new IntegrityError('stream', `object ${stream.number}`);
  const cursor = cursorAt(stream.content, at);
  const value = readValue(cursor);
  const is_open = !')]>'.includes(String.fromCharCode(bytes[bytes.length - 1] ?? 0));
  if (stream.cut && cursor.at >= bytes.length && is_open && entriesOf(value).size > 0) {
    throw new IntegrityError('stream', `object ${stream.number}`);
  }
  return value;
}

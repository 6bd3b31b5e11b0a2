import { IntegrityError } from '../../shared/integrity-error.ts';
import { type DecodedStream, decodeStream, type PdfFilter } from '../filters/decode.ts';
import {
  type PdfDictionary,
  type PdfValue,
  readInteger,
  readValue,
  skipSpace,
  skipWord,
} from '../syntax/objects.ts';
import { cursorAt, find, isAt, noteMalformed, type PdfSource } from '../syntax/source.ts';
import { entriesOf, itemsOf, nameOf, numberOf } from '../syntax/values.ts';

/** An object as it stands in the file. */
export interface IndirectObject {
  number: number;
  value: PdfValue;
  /** Where its value, or the dictionary of its stream, ends. */
  end: number;
}

type Resolve = (value: PdfValue | undefined) => PdfValue;

/** The object that begins there (`n g obj`); null if none does. */
export function readObjectAt(source: PdfSource, at: number): IndirectObject | null {
  const cursor = cursorAt(source, at);
  const number = readInteger(cursor);
  if (number === null || readInteger(cursor) === null) return null;
  skipSpace(cursor);
  if (!isAt(source.bytes, 'obj', cursor.at)) return null;
  cursor.at += 'obj'.length;
  const value = readValue(cursor);
  const { at: end } = cursor;
  if (value.kind !== 'dictionary') return { number, value, end };
  const from = startOfData(source, end);
  if (from === null) return { number, value, end };
  return { number, value: { kind: 'stream', entries: value.entries, from, number }, end };
}

/** Where the data of a stream begins whose dictionary ends at `end`; null if there is no stream. */
function startOfData(source: PdfSource, end: number): number | null {
  const cursor = cursorAt(source, end);
  skipSpace(cursor);
  if (!isAt(source.bytes, 'stream', cursor.at)) return null;
  let from = cursor.at + 'stream'.length;
  // Some writers leave blanks before the end of the line.
  while (source.bytes[from] === 32) from += 1;
  if (source.bytes[from] === 13) from += 1;
  if (source.bytes[from] === 10) from += 1;
  return from;
}

/**
 * The data of a stream as it stands in the file. /Length is believed only if `endstream` follows;
 * else the next `endstream` ends it, as for readers, or `endobj`, or the end of the file. Throws
 * `stream` if the file ends before the data does.
 */
export function rawData(source: PdfSource, from: number, length: number | null): Uint8Array {
  if (length !== null && endsAt(source, from, length)) {
    return source.bytes.subarray(from, from + length);
  }
  const end = find(source, 'endstream', from);
  const found = end === -1 ? find(source, 'endobj', from) : end;
  if (found === -1) {
    noteMalformed(source, from);
    const rest = source.bytes.length - from;
    if (length !== null && length > rest) throw new IntegrityError('stream', `byte ${from}`);
  }
  // Its filter may tell where the data ends.
  const to = found === -1 ? source.bytes.length : found;
  return source.bytes.subarray(from, withoutLineEnd(source.bytes, from, to));
}

/** Whether the data of this length is followed by its end. */
export function endsAt(source: PdfSource, from: number, length: number): boolean {
  if (length < 0 || from + length > source.bytes.length) return false;
  const cursor = cursorAt(source, from + length);
  skipSpace(cursor);
  return isAt(source.bytes, 'endstream', cursor.at) || skipWord(cursor, 'endobj');
}

function withoutLineEnd(bytes: Uint8Array, from: number, end: number): number {
  let to = end;
  if (to > from && bytes[to - 1] === 10) to -= 1;
  if (to > from && bytes[to - 1] === 13) to -= 1;
  return to;
}

/** The decoded data of a stream whose dictionary, ending at `end`, has nothing by reference. */
export function directStream(
  source: PdfSource,
  dictionary: PdfDictionary,
  end: number,
): DecodedStream {
  const from = startOfData(source, end);
  if (from === null) throw new IntegrityError('structure', `byte ${end}: no stream`);
  const length = dictionary.get('Length');
  const data = rawData(source, from, length?.kind === 'number' ? length.value : null);
  const filters = filtersOf(dictionary, (value) => value ?? { kind: 'null' });
  return decodeStream(data, filters, source.work, `byte ${from}`);
}

/** The filters of a stream, in the order in which they are undone. */
export function filtersOf(dictionary: PdfDictionary, resolve: Resolve): PdfFilter[] {
  const names = listOf(resolve(dictionary.get('Filter') ?? dictionary.get('F')), resolve);
  const parameters = listOf(
    resolve(dictionary.get('DecodeParms') ?? dictionary.get('DP')),
    resolve,
  );
  return names
    .map((name, index) => filterOf(nameOf(name), entriesOf(parameters[index]), resolve))
    .filter(({ name }) => name !== '');
}

function listOf(value: PdfValue, resolve: Resolve): PdfValue[] {
  return value.kind === 'array' ? itemsOf(value).map(resolve) : [value];
}

function filterOf(name: string, parameters: PdfDictionary, resolve: Resolve): PdfFilter {
  const number = (key: string, fallback: number) =>
    numberOf(resolve(parameters.get(key)), fallback);
  return {
    name,
    prediction: {
      predictor: number('Predictor', 1),
      colours: number('Colors', 1),
      bits: number('BitsPerComponent', 8),
      columns: number('Columns', 1),
    },
    early: number('EarlyChange', 1) !== 0,
    method: nameOf(resolve(parameters.get('Name'))) || 'Identity',
  };
}

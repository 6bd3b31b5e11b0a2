import { inflateSync } from 'node:zlib';
import { IntegrityError } from '../shared/integrity-error.ts';
import {
  integerAt,
  type PdfDictionary,
  type PdfSource,
  type PdfValue,
  skipSpace,
  spend,
  wordAt,
} from './objects.ts';

/** Limit of the inflated size of a cross-reference or object stream. */
const MAX_DECODED_BYTES = 4 * 1024 * 1024;

/** The integer value of an entry, or the fallback. */
export function numberOf(value: PdfValue | undefined, fallback: number): number {
  return value?.kind === 'number' ? value.value : fallback;
}

/**
 * The raw data of the stream whose dictionary ends at `end`; null if there is no stream. /Length is
 * used only if `endstream` follows; some writers get it wrong, and readers search instead.
 */
export function streamData(
  source: PdfSource,
  dictionary: PdfDictionary,
  end: number,
): Buffer | null {
  const { bytes } = source;
  const keyword = skipSpace(source, end);
  if (!wordAt(source, keyword).startsWith('stream')) return null;
  let from = keyword + 6;
  if (bytes[from] === 13) from += 1;
  if (bytes[from] === 10) from += 1;
  const stated = from + numberOf(dictionary.get('Length'), -1);
  if (stated >= from && wordAt(source, skipSpace(source, stated)).startsWith('endstream')) {
    return bytes.subarray(from, stated);
  }
  const found = bytes.indexOf('endstream', from, 'latin1');
  if (found === -1) throw new IntegrityError('structure', `byte ${from}: stream without end`);
  spend(source, found - from);
  return bytes.subarray(from, found);
}

/**
 * Decodes an unfiltered or Flate stream with its PNG predictor (PDF 1.7, 7.4.4), charged to the
 * budget; null for filters that cross-reference and object streams do not use. Throws `structure`
 * if the data does not inflate.
 */
export function decode(
  data: Buffer,
  dictionary: PdfDictionary,
  budget: PdfSource['budget'],
): PdfSource | null {
  const filter = only(dictionary.get('Filter'));
  if (filter === undefined || filter.kind === 'null') return { bytes: data, budget };
  if (filter.kind !== 'name' || !['FlateDecode', 'Fl'].includes(filter.name)) return null;
  const inflated = { bytes: inflate(data), budget };
  spend(inflated, inflated.bytes.length);
  const parameters = only(dictionary.get('DecodeParms'));
  const predictor =
    parameters?.kind === 'dictionary' ? numberOf(parameters.entries.get('Predictor'), 1) : 1;
  if (parameters?.kind !== 'dictionary' || predictor === 1) return inflated;
  if (predictor < 10) return null;
  return { bytes: unpredict(inflated.bytes, rowLength(parameters.entries)), budget };
}

/** Integers at the head of an object stream: pairs of object number and offset. */
export function leadingIntegers(source: PdfSource, count: number): number[] {
  const numbers: number[] = [];
  let at = 0;
  while (numbers.length < count) {
    const next = integerAt(source, at);
    if (next === null) throw new IntegrityError('structure', 'object stream');
    numbers.push(next.value);
    at = next.end;
  }
  return numbers;
}

/**
 * Filters and their parameters may be single or in an array; chains of filters are not supported.
 */
function only(value: PdfValue | undefined): PdfValue | undefined {
  if (value?.kind !== 'array') return value;
  return value.items.length === 1 ? value.items[0] : { kind: 'other' };
}

function inflate(data: Buffer): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: MAX_DECODED_BYTES });
  } catch {
    throw new IntegrityError('structure', 'compressed cross-reference or object stream');
  }
}

function rowLength(parameters: PdfDictionary): number {
  const columns = numberOf(parameters.get('Columns'), 1);
  const colours = numberOf(parameters.get('Colors'), 1);
  const bits = numberOf(parameters.get('BitsPerComponent'), 8);
  const length = Math.ceil((columns * colours * bits) / 8);
  if (length < 1 || length > 65_536) throw new IntegrityError('structure', 'predictor columns');
  return length;
}

/**
 * Undoes the PNG filters (RFC 2083, 6) for one byte per pixel, which is what these streams have.
 */
function unpredict(data: Buffer, length: number): Buffer {
  const rows = Math.floor(data.length / (length + 1));
  const out = Buffer.alloc(rows * length);
  for (let row = 0; row < rows; row += 1) {
    const type = data[row * (length + 1)] ?? 0;
    for (let column = 0; column < length; column += 1) {
      const at = row * length + column;
      const left = column > 0 ? (out[at - 1] ?? 0) : 0;
      const up = row > 0 ? (out[at - length] ?? 0) : 0;
      const corner = column > 0 && row > 0 ? (out[at - length - 1] ?? 0) : 0;
      const raw = data[row * (length + 1) + 1 + column] ?? 0;
      out[at] = (raw + prediction(type, left, up, corner)) & 0xff;
    }
  }
  return out;
}

function prediction(type: number, left: number, up: number, corner: number): number {
  switch (type) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

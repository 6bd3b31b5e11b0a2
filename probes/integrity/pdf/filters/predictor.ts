import { IntegrityError } from '../../shared/integrity-error.ts';

/** How samples were predicted before they were packed (PDF 1.7, table 8). */
export interface Prediction {
  predictor: number;
  colours: number;
  bits: number;
  columns: number;
}

const TIFF = 2;
const FIRST_PNG = 10;
const WIDEST_ROW_BYTES = 1024 * 1024;

/** Undoes the prediction; 1 is none. A last row that is cut stays as far as it goes. */
export function unpredict(data: Uint8Array, prediction: Prediction): Uint8Array {
  const { predictor, colours, bits, columns } = prediction;
  if (predictor < TIFF) return data;
  const row = Math.ceil((columns * colours * bits) / 8);
  if (!(row >= 1 && row <= WIDEST_ROW_BYTES)) throw new IntegrityError('stream', 'predictor');
  const pixel = Math.max(1, (colours * bits) >> 3);
  if (predictor >= FIRST_PNG) return unpredictPng(data, row, pixel);
  return bits === 8 ? unpredictTiff(data, row, colours) : data;
}

/** Each row begins with the number of its filter (RFC 2083, 6). */
function unpredictPng(data: Uint8Array, row: number, pixel: number): Uint8Array {
  const rows = Math.ceil(data.length / (row + 1));
  const out = new Uint8Array(Math.max(0, data.length - rows));
  for (let index = 0; index < rows; index += 1) {
    const from = index * (row + 1);
    unpredictRow(out, {
      filter: data[from] ?? 0,
      raw: data.subarray(from + 1, from + 1 + row),
      at: index * row,
      above: index === 0 ? -1 : (index - 1) * row,
      pixel,
    });
  }
  return out;
}

interface Row {
  filter: number;
  raw: Uint8Array;
  /** Where it goes. */
  at: number;
  /** Where the row above is; -1 for the first. */
  above: number;
  pixel: number;
}

function unpredictRow(out: Uint8Array, { filter, raw, at, above, pixel }: Row): void {
  for (let column = 0; column < raw.length; column += 1) {
    const left = column >= pixel ? (out[at + column - pixel] ?? 0) : 0;
    const up = above >= 0 ? (out[above + column] ?? 0) : 0;
    const corner = above >= 0 && column >= pixel ? (out[above + column - pixel] ?? 0) : 0;
    out[at + column] = (raw[column] ?? 0) + predicted(filter, left, up, corner);
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
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

function unpredictTiff(data: Uint8Array, row: number, colours: number): Uint8Array {
  const out = Uint8Array.from(data);
  for (let at = 0; at < out.length; at += 1) {
    if (at % row >= colours) out[at] = (out[at] ?? 0) + (out[at - colours] ?? 0);
  }
  return out;
}

import { deflateSync } from 'node:zlib';

export interface PdfOptions {
  /** Bytes before the header; offsets count from the header, unless `absolute`. */
  junk?: string;
  absolute?: boolean;
  eol?: string;
  /** More for the trailer, e.g. ` /Encrypt 9 0 R`. */
  trailer?: string;
  /** Number of the first object in the table's own words, for writers that begin at 1. */
  firstNumber?: number;
}

/** The objects of a one-page document: catalogue, tree, page, contents. */
export const ONE_PAGE: Record<number, string> = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] >>',
  4: '<< /Length 2 >>\nstream\nBT\nendstream',
};

/** A file with a classic cross-reference table, as most writers make it. */
export function tablePdf(objects: Record<number, string>, options: PdfOptions = {}): Buffer {
  const { junk = '', eol = '\n', firstNumber = 0, trailer = '' } = options;
  let file = `%PDF-1.4${eol}`;
  const base = options.absolute ? junk.length : 0;
  const offsets: number[] = [];
  for (const [number, body] of Object.entries(objects)) {
    offsets.push(base + file.length);
    file += `${number} 0 obj${eol}${body}${eol}endobj${eol}`;
  }
  const start = base + file.length;
  const last = eol.length === 2 ? eol : ` ${eol}`;
  file += `xref${eol}${firstNumber} ${offsets.length + 1}${eol}0000000000 65535 f${last}`;
  for (const offset of offsets) file += `${String(offset).padStart(10, '0')} 00000 n${last}`;
  file += `trailer${eol}<< /Size ${offsets.length + 1} /Root 1 0 R${trailer} >>${eol}`;
  file += `startxref${eol}${start}${eol}%%EOF${eol}`;
  return Buffer.from(junk + file, 'latin1');
}

/** Adds an update: some objects again, and a table that points back. */
export function updatedPdf(
  file: Buffer,
  objects: Record<number, string>,
  previous: number = startOf(file),
): Buffer {
  let added = '';
  let table = 'xref\n';
  for (const [number, body] of Object.entries(objects)) {
    table += `${number} 1\n${String(file.length + added.length).padStart(10, '0')} 00000 n \n`;
    added += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const start = file.length + added.length;
  const entries = `<< /Size 9 /Root 1 0 R /Prev ${previous} >>`;
  const trailer = `trailer\n${entries}\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.concat([file, Buffer.from(added + table + trailer, 'latin1')]);
}

/** Replaces text, one byte a character; offsets behind it stay right only if its length does. */
export function edit(
  file: Buffer,
  from: string | RegExp,
  to: string | ((found: string) => string),
): Buffer {
  const text = file.toString('latin1');
  const edited = text.replace(from, typeof to === 'string' ? () => to : to);
  if (edited === text) throw new RangeError(`nothing to edit: ${from}`);
  return Buffer.from(edited, 'latin1');
}

/** What `startxref` says. */
export function startOf(file: Buffer): number {
  return Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString('latin1'))?.[1]);
}

export interface StreamPdfOptions {
  /** PNG filter of the cross-reference. */
  predictor?: 0 | 1 | 2 | 3 | 4;
  trailer?: string;
  /** What is left of each stream's compressed data. */
  cut?: (data: Buffer) => Buffer;
}

/**
 * PDF 1.5: all objects but the contents in an object stream, the cross-reference as a stream with a
 * PNG predictor (type 0–4 of RFC 2083).
 */
export function streamPdf(objects: Record<number, string>, options: StreamPdfOptions = {}): Buffer {
  const { cut = (data: Buffer) => data } = options;
  const packed = Object.entries(objects).filter(([, body]) => !body.includes('stream'));
  const loose = Object.entries(objects).filter(([, body]) => body.includes('stream'));
  let head = '';
  let bodies = '';
  for (const [number, body] of packed) {
    head += `${number} ${bodies.length} `;
    bodies += `${body} `;
  }
  const rows = new Map<number, [number, number, number]>();
  packed.forEach(([number], index) => {
    rows.set(Number(number), [2, 20, index]);
  });
  const chunks: Buffer[] = [Buffer.from('%PDF-1.5\n')];
  const length = () => chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const add = (number: number, body: Buffer) => {
    rows.set(number, [1, length(), 0]);
    chunks.push(Buffer.from(`${number} 0 obj\n`), body, Buffer.from('\nendobj\n'));
  };
  for (const [number, body] of loose) add(Number(number), Buffer.from(body));
  const dictionary = `/Type /ObjStm /N ${packed.length} /First ${head.length}`;
  add(20, streamOf(dictionary, cut(deflateSync(Buffer.from(head + bodies)))));
  const start = length();
  rows.set(21, [1, start, 0]);
  const table = Buffer.concat(
    Array.from({ length: 22 }, (_, number) => {
      const [type, place, index] = rows.get(number) ?? [0, 0, 0];
      return Buffer.from([type, place >> 8, place & 0xff, index]);
    }),
  );
  const columns = '/DecodeParms << /Predictor 15 /Columns 4 >>';
  const xref = `/Type /XRef /W [1 2 1] /Size 22 /Root 1 0 R ${columns}${options.trailer ?? ''}`;
  const data = cut(deflateSync(predict(table, 4, options.predictor ?? 2)));
  add(21, streamOf(xref, data));
  chunks.push(Buffer.from(`startxref\n${start}\n%%EOF\n`));
  return Buffer.concat(chunks);
}

function streamOf(dictionary: string, data: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<< ${dictionary} /Filter /FlateDecode /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ]);
}

/** PNG filters for one byte per pixel. */
function predict(data: Buffer, length: number, type: 0 | 1 | 2 | 3 | 4): Buffer {
  const rows: number[] = [];
  for (let at = 0; at < data.length; at += 1) {
    const column = at % length;
    const left = column > 0 ? (data[at - 1] ?? 0) : 0;
    const up = data[at - length] ?? 0;
    const corner = column > 0 ? (data[at - length - 1] ?? 0) : 0;
    const nearest = [left, up, corner].toSorted(
      (a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b),
    );
    const guess = [0, left, up, (left + up) >> 1, nearest[0] ?? 0][type] ?? 0;
    if (column === 0) rows.push(type);
    rows.push(((data[at] ?? 0) - guess) & 0xff);
  }
  return Buffer.from(rows);
}

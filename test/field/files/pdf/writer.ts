import { deflateSync } from 'node:zlib';
import { latin1, NUMBER } from '../field-file.ts';

/** The bodies of objects by number; characters are bytes. */
export type PdfObjects = Readonly<Record<number, string>>;

/** What an invoice's page says, in the plainest way that a writer can say it. */
export function pageText(number = NUMBER): string {
  const lines = ['SPECIMEN SIMULATED', `No. ${number}`, 'Amount 100.00', 'Tax 13.00', 'Sum 113.00'];
  const shown = lines.map((line) => `(${line}) Tj 0 -20 Td`).join('\n');
  return `BT /F1 12 Tf 40 240 Td\n${shown}\nET\n`;
}

/** A document of one page: catalogue, tree, page, contents, font. */
export function onePage(changes: PdfObjects = {}): PdfObjects {
  return {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: page(4),
    4: packed(pageText()),
    5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...changes,
  };
}

export function page(contents: number | string, more = ''): string {
  const reference = typeof contents === 'number' ? `${contents} 0 R` : contents;
  return (
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] ' +
    `/Resources << /Font << /F1 5 0 R >> >> /Contents ${reference} ${more}>>`
  );
}

/** A stream's object: the data as they are. */
export function streamed(data: Uint8Array | string, entries = ''): string {
  const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1');
  return `<< /Length ${text.length} ${entries}>>\nstream\n${text}\nendstream`;
}

/** The same through zlib. */
export function packed(data: Uint8Array | string, entries = ''): string {
  const bytes = typeof data === 'string' ? latin1(data) : data;
  return streamed(deflateSync(bytes), `/Filter /FlateDecode ${entries}`);
}

export interface TableLayout {
  header?: string;
  eol?: string;
  /** Bytes before the header, and whether offsets count them. */
  junk?: string;
  counts_junk?: boolean;
  /** The line of an object in use, of 20 bytes by the standard. */
  row?: (offset: number) => string;
  /** Where the table begins to number. */
  first?: number;
  size?: number;
  trailer?: string;
  startxref?: (offset: number) => number | string;
  /** What the file ends with, after the number of `startxref`. */
  end?: string;
}

/** A file with a cross-reference table (PDF 1.7, 7.5.4). Objects that are left out are free. */
export function tableFile(objects: PdfObjects, layout: TableLayout = {}): Buffer {
  const { eol = '\n', junk = '', first = 0 } = layout;
  const base = layout.counts_junk === false ? 0 : junk.length;
  let file = layout.header ?? `%PDF-1.7${eol}%\xe2\xe3\xcf\xd3${eol}`;
  const offsets = new Map<number, number>();
  for (const [number, body] of Object.entries(objects)) {
    offsets.set(Number(number), base + file.length);
    file += `${number} 0 obj${eol}${body}${eol}endobj${eol}`;
  }
  const blank = eol.length === 2 ? '' : ' ';
  const { row = (offset: number) => `${ten(offset)} 00000 n${blank}${eol}` } = layout;
  const count = Math.max(...offsets.keys()) + 1;
  const start = base + file.length;
  file += `xref${eol}${first} ${count}${eol}0000000000 65535 f${blank}${eol}`;
  for (let number = 1; number < count; number += 1) {
    const offset = offsets.get(number);
    file += offset === undefined ? `0000000000 00001 f${blank}${eol}` : row(offset);
  }
  const entries = `/Size ${layout.size ?? count} /Root 1 0 R ${layout.trailer ?? ''}`;
  const said = layout.startxref?.(start) ?? start;
  file += `trailer${eol}<< ${entries} >>${eol}startxref${eol}${said}`;
  return latin1(junk + file + (layout.end ?? `${eol}%%EOF${eol}`));
}

export interface StreamLayout {
  /** Compresses the object stream, and the cross-reference stream. */
  pack_objects?: (data: Buffer) => Buffer;
  pack_table?: (data: Buffer) => Buffer;
  /** Bytes of type, place and index. */
  widths?: readonly [number, number, number];
  /** The rows of the table as its filter wants them, with the filter's entries. */
  predict?: (rows: readonly Buffer[]) => { data: Buffer; entries: string };
  trailer?: string;
}

/** PDF 1.5: objects without a stream in an object stream, and a cross-reference stream. */
export function streamFile(objects: PdfObjects, layout: StreamLayout = {}): Buffer {
  const { widths = [1, 2, 1], pack_objects = deflateSync, pack_table = deflateSync } = layout;
  const all = Object.entries(objects);
  const inside = all.filter(([, body]) => !body.includes('endstream'));
  const [holder, table] = [all.length + 10, all.length + 11];
  let file = '%PDF-1.5\n%\xe2\xe3\xcf\xd3\n';
  const rows = new Map<number, [number, number, number]>();
  const add = (number: number, body: string) => {
    rows.set(number, [1, file.length, 0]);
    file += `${number} 0 obj\n${body}\nendobj\n`;
  };
  for (const [number, body] of all) if (body.includes('endstream')) add(Number(number), body);
  let head = '';
  let bodies = '';
  inside.forEach(([number, body], index) => {
    rows.set(Number(number), [2, holder, index]);
    head += `${number} ${bodies.length} `;
    bodies += `${body}\n`;
  });
  const holds = `/Type /ObjStm /N ${inside.length} /First ${head.length} /Filter /FlateDecode `;
  add(holder, streamed(pack_objects(latin1(head + bodies)), holds));
  const start = file.length;
  rows.set(table, [1, start, 0]);
  const lines = Array.from({ length: table + 1 }, (_, number) =>
    Buffer.concat((rows.get(number) ?? [0, 0, 0]).map((it, n) => bigEndian(it, widths[n] ?? 0))),
  );
  const { data, entries } = layout.predict?.(lines) ?? { data: Buffer.concat(lines), entries: '' };
  const says = `/Type /XRef /Size ${table + 1} /W [${widths.join(' ')}] /Root 1 0 R ${entries}`;
  add(table, streamed(pack_table(data), `${says}${layout.trailer ?? ''}/Filter /FlateDecode `));
  return latin1(`${file}startxref\n${start}\n%%EOF\n`);
}

export interface UpdateParts {
  /** Where the update says that the table before it is. */
  previous?: number;
}

/** The file with an incremental update behind it (PDF 1.7, 7.5.6). */
export function updated(file: Buffer, objects: PdfObjects, parts: UpdateParts = {}): Buffer {
  let added = '';
  let table = 'xref\n0 1\n0000000000 65535 f \n';
  for (const [number, body] of Object.entries(objects)) {
    table += `${number} 1\n${ten(file.length + added.length)} 00000 n \n`;
    added += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const { previous = startOf(file) } = parts;
  const known = [...file.toString('latin1').matchAll(/\b(\d+) 0 obj/g)].map(([, it]) => Number(it));
  const size = Math.max(...known, ...Object.keys(objects).map(Number)) + 1;
  const entries = `<< /Size ${size} /Root 1 0 R /Prev ${previous} >>`;
  const start = file.length + added.length;
  const end = `trailer\n${entries}\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.concat([file, latin1(added + table + end)]);
}

/** What the last `startxref` says. */
export function startOf(file: Buffer): number {
  const text = file.toString('latin1');
  return Number(/^startxref\s+(\d+)/.exec(text.slice(text.lastIndexOf('startxref')))?.[1]);
}

/** A number of a table's row. */
export function ten(value: number): string {
  return String(value).padStart(10, '0');
}

function bigEndian(value: number, bytes: number): Buffer {
  const all = Buffer.alloc(8);
  all.writeBigUInt64BE(BigInt(value));
  return all.subarray(8 - bytes);
}

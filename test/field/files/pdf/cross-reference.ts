import { deflateSync } from 'node:zlib';
import { type FieldFiles, latin1 } from '../field-file.ts';
import {
  onePage,
  packed,
  page,
  pageText,
  startOf,
  streamFile,
  tableFile,
  ten,
  updated,
} from './writer.ts';

const REPAIRED = { verdict: 'sound', notes: ['repaired'] } as const;
const SOUND = { verdict: 'sound', reason: null } as const;

/** Where writers say that the objects are, rightly and nearly so. */
export const PDF_TABLES: FieldFiles = {
  'a table, line feeds': { make: () => tableFile(onePage()), should: SOUND },
  'a table, carriage returns and line feeds': () => tableFile(onePage(), { eol: '\r\n' }),
  'a table, carriage returns only': () => tableFile(onePage(), { eol: '\r' }),
  'rows of 19 bytes': () => tableFile(onePage(), { row: (at) => `${ten(at)} 00000 n\n` }),
  'rows of 21 bytes': () => tableFile(onePage(), { row: (at) => `${ten(at)} 00000 n \r\n` }),
  'a table that begins at 1': () => tableFile(onePage(), { first: 1 }),
  'a free object in the table': () => tableFile({ ...onePage(), 9: '(used)' }),
  'a Size that is too small': () => tableFile(onePage(), { size: 4 }),
  'a Size that is too large': () => tableFile(onePage(), { size: 4_000 }),
  'no line end behind the end marker': () => tableFile(onePage(), { end: '\n%%EOF' }),
  'no end marker': () => tableFile(onePage(), { end: '\n' }),
  'offsets that point to the line end before the object': () =>
    tableFile(onePage(), { row: (at) => `${ten(at - 1)} 00000 n \n` }),
  'startxref off by 1': {
    id: 'F6',
    make: () => tableFile(onePage(), { startxref: (at) => at - 1 }),
    should: { verdict: 'sound' },
  },
  'startxref off by 1 the other way': {
    id: 'F6',
    make: () => tableFile(onePage(), { startxref: (at) => at + 1 }),
    should: REPAIRED,
  },
  'startxref off by 2': {
    id: 'F6',
    make: () => tableFile(onePage(), { startxref: (at) => at + 2 }),
    should: REPAIRED,
  },
  'startxref off by 60': {
    id: 'F6',
    make: () => tableFile(onePage(), { startxref: (at) => at - 60 }),
    should: REPAIRED,
  },
  'startxref is 0': {
    id: 'F6',
    make: () => tableFile(onePage(), { startxref: () => 0 }),
    should: REPAIRED,
  },
  'startxref beyond the end': {
    id: 'F6',
    make: () => tableFile(onePage(), { startxref: (at) => at + 90_000 }),
    should: REPAIRED,
  },
  'startxref is negative': {
    id: 'F6',
    make: () => tableFile(onePage(), { startxref: () => -1 }),
    should: REPAIRED,
  },
  'startxref without a number': {
    id: 'F6',
    make: () => tableFile(onePage(), { startxref: () => '' }),
    should: { verdict: 'sound' },
  },
  'startxref with zeros before its number': () =>
    tableFile(onePage(), { startxref: (at) => ten(at) }),
  'startxref counted without the line end of the header': {
    id: 'F6',
    make: () => tableFile(onePage(), { startxref: (at) => at - 9 }),
    should: REPAIRED,
  },
  'one row that points elsewhere': () =>
    tableFile(onePage(), { row: (at) => `${ten(at > 300 ? at + 40 : at)} 00000 n \n` }),
  'a generation of 1 in every row': () =>
    tableFile(onePage(), { row: (at) => `${ten(at)} 00001 n \n` }),
  'all rows free': () => tableFile(onePage(), { row: (at) => `${ten(at)} 00000 f \n` }),
  'offsets that are all off by 7': () =>
    tableFile(onePage(), { row: (at) => `${ten(at + 7)} 00000 n \n` }),
  'no table and no trailer but the root': () =>
    latin1(
      tableFile(onePage())
        .toString('latin1')
        .replace(/xref\n0[\s\S]*?trailer/, 'trailer'),
    ),
};

/** Tables that were added behind others. */
export const PDF_UPDATES: FieldFiles = {
  'an update': () => updated(tableFile(onePage()), { 4: packed(`${pageText()}% second\n`) }),
  'five updates': () => {
    let file = tableFile(onePage());
    for (let n = 0; n < 5; n += 1) file = updated(file, { [10 + n]: `(update ${n})` });
    return file;
  },
  'an update behind a file of carriage returns': () =>
    updated(tableFile(onePage(), { eol: '\r' }), { 7: '(x)' }),
  'a Prev off by 1': {
    id: 'F6',
    make: () => {
      const file = tableFile(onePage());
      return updated(file, { 7: '(x)' }, { previous: startOf(file) + 1 });
    },
    should: REPAIRED,
  },
  'a Prev of 0': {
    id: 'F6',
    make: () => updated(tableFile(onePage()), { 7: '(x)' }, { previous: 0 }),
    should: REPAIRED,
  },
  'a Prev beyond the end': {
    id: 'F6',
    make: () => updated(tableFile(onePage()), { 7: '(x)' }, { previous: 99_999 }),
    should: REPAIRED,
  },
  'a Prev that points to itself': () => {
    const file = tableFile(onePage());
    const start = startOf(updated(file, { 7: '(x)' }));
    return updated(file, { 7: '(x)' }, { previous: start });
  },
  'an update of a document of streams': () =>
    updated(streamFile(onePage()), { 4: packed(`${pageText()}% second\n`) }),
  'a table with a stream beside it (hybrid)': hybrid,
};

/** Cross-reference and object streams. */
export const PDF_STREAMS: FieldFiles = {
  'startxref of a cross-reference stream off by 3': {
    id: 'F6',
    make: () => {
      const text = streamFile(onePage()).toString('latin1');
      return latin1(
        text.replace(/startxref\n\d+/, (it) => `startxref\n${Number(it.slice(10)) + 3}`),
      );
    },
    should: REPAIRED,
  },
  'startxref of a cross-reference stream is 0': {
    id: 'F6',
    make: () =>
      latin1(
        streamFile(onePage())
          .toString('latin1')
          .replace(/startxref\n\d+/, 'startxref\n0'),
      ),
    should: REPAIRED,
  },
  'object and cross-reference streams': { make: () => streamFile(onePage()), should: SOUND },
  'a cross-reference stream predicted upwards': () =>
    streamFile(onePage(), {
      predict: (rows) => ({
        data: Buffer.concat(
          rows.flatMap((row, n) => [
            Buffer.from([2]),
            Buffer.from(row.map((it, at) => it - (rows[n - 1]?.[at] ?? 0))),
          ]),
        ),
        entries: '/DecodeParms << /Predictor 12 /Columns 4 >> ',
      }),
    }),
  'a cross-reference stream predicted as TIFF does': () =>
    streamFile(onePage(), {
      predict: (rows) => ({
        data: Buffer.concat(rows.map((row) => row.map((it, at) => it - (row[at - 1] ?? 0)))),
        entries: '/DecodeParms << /Predictor 2 /Columns 4 >> ',
      }),
    }),
  'places of eight bytes': () => streamFile(onePage(), { widths: [1, 8, 2] }),
  'a cross-reference stream without its zlib checksum': unchecked('pack_table', 4),
  'a cross-reference stream with half of its zlib checksum': unchecked('pack_table', 2),
  'an object stream without its zlib checksum': unchecked('pack_objects', 4),
  'a cross-reference stream without its last zlib block': {
    id: 'F5',
    make: () => streamFile(onePage(), { pack_table: withoutLastBlock }),
    should: { verdict: 'sound' },
  },
  'an object stream without its last zlib block': {
    id: 'F5',
    make: () => streamFile(onePage(), { pack_objects: withoutLastBlock }),
    should: { verdict: 'sound' },
  },
  'both streams without their last zlib block': {
    id: 'F5',
    make: () =>
      streamFile(onePage(), { pack_objects: withoutLastBlock, pack_table: withoutLastBlock }),
    should: { verdict: 'sound' },
  },
  'a page content without its last zlib block': {
    id: 'F5',
    make: () => tableFile(onePage({ 4: flated(withoutLastBlock(latin1(pageText()))) })),
    should: { verdict: 'sound' },
  },
  'a page content without its zlib checksum': {
    id: 'F5',
    make: () => tableFile(onePage({ 4: flated(deflateSync(pageText()).subarray(0, -4)) })),
    should: { verdict: 'sound' },
  },
  'a page content with a wrong zlib checksum': () => {
    const data = deflateSync(pageText());
    data.writeUInt32BE(0x0badcafe, data.length - 4);
    return tableFile(onePage({ 4: flated(data) }));
  },
};

function unchecked(which: 'pack_table' | 'pack_objects', bytes: number) {
  return {
    id: 'F5',
    make: () =>
      streamFile(onePage(), { [which]: (data: Buffer) => deflateSync(data).subarray(0, -bytes) }),
    should: { verdict: 'sound' },
  } as const;
}

/** A flush instead of an end: what writers leave that never close their compressor. */
export function withoutLastBlock(data: Buffer): Buffer {
  const whole = deflateSync(data, { level: 0 });
  // One stored block: header of zlib, then the block's first byte, whose lowest bit says "last".
  whole[2] = 0;
  return whole.subarray(0, -4);
}

export function flated(data: Uint8Array, entries = ''): string {
  const text = Buffer.from(data).toString('latin1');
  const head = `<< /Length ${text.length} /Filter /FlateDecode ${entries}>>`;
  return `${head}\nstream\n${text}\nendstream`;
}

/** PDF 1.7, 7.5.8.4: a table for old readers, whose trailer names a stream for new ones. */
function hybrid(): Buffer {
  const { 3: _, ...visible } = onePage();
  const holder = `3 0 ${page(4)}`;
  const first = tableFile({
    ...visible,
    8: packed(holder, '/Type /ObjStm /N 1 /First 4 '),
    9: '',
  });
  const text = first.toString('latin1');
  const at = text.indexOf('9 0 obj');
  const rows = Buffer.from([2, 0, 8, 0]);
  const table = packed(rows, '/Type /XRef /Size 10 /Index [3 1] /W [1 2 1] ');
  const objects = `${text.slice(0, at)}9 0 obj\n${table}\nendobj\n`;
  const tail = text
    .slice(text.lastIndexOf('xref\n0'))
    // The table passes over what is hidden from old readers.
    .replace('xref\n0 10', 'xref\n0 3')
    .replace('0000000000 00001 f \n', '4 6\n')
    .replace('/Root', `/XRefStm ${at} /Root`)
    .replace(/startxref\n\d+/, `startxref\n${objects.length}`);
  return latin1(objects + tail);
}

import { describe, expect, it } from 'vitest';
import type { ResultNote } from '../../model/vocabulary.ts';
import { inspectFile, judgeFile } from '../../probes/integrity/index.ts';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import { edit, ONE_PAGE, startOf, streamPdf, tablePdf, updatedPdf } from './pdf-builder.ts';

const NUMBER = '26001234567890123456';
const SPECIMEN = Buffer.from(specimenFile('pdf', specimenInvoice(NUMBER, '20260925120000')));

/** What the first reader finds, where, and its notes; the number is asked for only of specimens. */
function check(bytes: Uint8Array) {
  const { integrity, notes } = inspectFile({
    format: 'pdf',
    bytes,
    content_length: null,
    expected: null,
  });
  return { found: integrity.reason ?? integrity.verdict, where: integrity.where, notes };
}

const expected = { number: NUMBER };

const SOUND = { found: 'sound', where: null, notes: [] as ResultNote[] };
const REPAIRED = { ...SOUND, notes: ['repaired'] };
const APPENDED = { ...SOUND, notes: ['bytes_appended'] };

describe('sound variations', () => {
  const plain = tablePdf(ONE_PAGE);

  it.each([
    ['a table', plain],
    ['CR LF', tablePdf(ONE_PAGE, { eol: '\r\n' })],
    ['CR', tablePdf(ONE_PAGE, { eol: '\r' })],
    ['white space behind the end', Buffer.concat([plain, Buffer.alloc(5_000, ' \n\0')])],
    ['F1: a table numbered from 1', tablePdf(ONE_PAGE, { firstNumber: 1 })],
    ['an update', updatedPdf(plain, { 3: '<< /Type /Page /Parent 2 0 R >>' })],
    ['an update that says /Prev 0', updatedPdf(plain, ONE_PAGE, 0)],
    [
      'many updates',
      Array.from({ length: 600 }).reduce<Buffer>(
        (file) => updatedPdf(file, { 3: ONE_PAGE[3] ?? '' }),
        plain,
      ),
    ],
    ['one page shown twice', tablePdf({ ...ONE_PAGE, 2: pagesOf('3 0 R 3 0 R') })],
    [
      'a page lost from the table counts as empty',
      tablePdf({ ...ONE_PAGE, 2: pagesOf('3 0 R 9 0 R') }),
    ],
    [
      'a nested tree',
      tablePdf({
        ...ONE_PAGE,
        2: '<< /Kids 5 0 R /Count 1 >>',
        5: '[6 0 R]',
        6: '<< /Kids [3 0 R] >>',
      }),
    ],
    [
      'every kind of object',
      tablePdf({
        ...ONE_PAGE,
        1:
          '<< /Pages 2 0 R /A (\\) (nested) \\\\ \\101\\r) /B <48656c> /N null ' +
          '/C [1 -2 +3. .5 4 0 R null true -.002 1.2.3] /D#20E /F % no >>\n /G << >> >>',
      }),
    ],
    ['contents in pieces', tablePdf({ ...ONE_PAGE, 3: '<< /Contents [4 0 R 4 0 R] >>' })],
    [
      'contents that are not there, where annotations draw the page',
      tablePdf({ ...ONE_PAGE, 3: '<< /Type /Page /Contents 9 0 R /Annots [] >>' }),
    ],
    ['no contents', tablePdf({ ...ONE_PAGE, 3: '<< /Type /Page /MediaBox [0 0 9 9] >>' })],
    ['an object stream', streamPdf(ONE_PAGE)],
    ['PDF 2.0', edit(plain, '%PDF-1.4', '%PDF-2.0')],
    ['F7: a name of 16 Chinese characters', withEntry(`/${'#e5#8f#91'.repeat(16)} 1`)],
    ['F7: a name of 600 characters', withEntry(`/${'a'.repeat(600)} 1`)],
    ['F6: entries of 19 bytes', edit(plain, / \n(?=\d{10} |trailer)/g, '\n')],
    ['F6: entries of 21 bytes', edit(tablePdf(ONE_PAGE, { eol: '\n' }), / n \n/g, ' n  \n')],
    ['F6: a wrong size', edit(plain, /\/Size \d+/, '/Size 2')],
    ['F6: no size', edit(plain, /\/Size \d+/, '')],
    ['F6: a table that says too many', edit(plain, 'xref\n0 5', 'xref\n0 9')],
    ['the specimen', SPECIMEN],
  ])('%s', (_, file) => {
    expect(check(file)).toEqual(SOUND);
  });

  it.each([0, 1, 2, 3, 4] as const)('PNG predictor %i', (predictor) => {
    const file = streamPdf(ONE_PAGE, { predictor });
    expect(check(file)).toEqual(SOUND);
    // The rows were really undone: with the root elsewhere they name, it is not found.
    expect(check(edit(file, '/Root 1 0 R', '/Root 7 0 R')).found).toBe('structure');
  });

  it.each([
    ['offsets from the header', tablePdf(ONE_PAGE, { junk: 'x'.repeat(900) })],
    ['offsets from the start', tablePdf(ONE_PAGE, { junk: 'x'.repeat(900), absolute: true })],
  ])('bytes before the header, %s', (_, file) => {
    expect(check(file)).toEqual(SOUND);
  });

  it('a hybrid file: what old readers must not see is free in the table', () => {
    const old = tablePdf({ ...ONE_PAGE, 2: 'null' });
    const newer = edit(
      updatedPdf(old, { 2: ONE_PAGE[2] ?? '' }),
      '/Prev',
      `/XRefStm ${startOf(old)} /Prev`,
    );
    expect(check(newer)).toEqual(SOUND);
    const hidden = hybridPdf();
    expect(check(hidden)).toEqual(SOUND);
    expect(check(edit(hidden, /\/XRefStm \d+/, (it) => '/'.padEnd(it.length, 'x'))).found).toBe(
      'structure',
    );
  });

  it('an append-only file is what its last update says', () => {
    const emptied = updatedPdf(plain, { 2: '<< /Type /Pages /Kids [] /Count 0 >>' });
    expect(check(emptied).where).toBe('Pages: no page');
    expect(check(updatedPdf(emptied, { 2: ONE_PAGE[2] ?? '' }))).toEqual(SOUND);
  });
});

describe('F6: what readers repair is sound, and noted', () => {
  const plain = tablePdf(ONE_PAGE);
  const offset = (file: Buffer, by: number) =>
    edit(file, /startxref\n\d+/, `startxref\n${startOf(file) + by}`);

  it.each([
    ['startxref 1 too far', offset(plain, 1)],
    ['startxref 2 too far', offset(plain, 2)],
    ['startxref 30 too near', offset(SPECIMEN, -30)],
    ['startxref 0', offset(plain, -startOf(plain))],
    ['startxref beyond the end', offset(plain, 9_999_999)],
    ['startxref without a number', edit(plain, /startxref\n\d+/, 'startxref\nabc')],
    ['no startxref', edit(plain, /startxref\n\d+\n/, '')],
    ['/Prev 1 too far', updatedPdf(plain, {}, startOf(plain) + 1)],
    ['/Prev beyond the end', updatedPdf(plain, {}, 9_999_999)],
    ['a table without an object', edit(plain, 'xref\n0 5', 'xref\n0 3')],
    ['a bad entry', edit(plain, /\d{10} 00000 n/, '00000x0009 00000 n')],
    ['entries 1 too far', edit(SPECIMEN, /\d(?= 00000 n)/g, (digit) => `${(+digit + 1) % 10}`)],
    ['no table', edit(SPECIMEN, /\nxref\n[\s\S]*(?=trailer)/, '\n')],
    ['lines that a transfer lengthened', edit(plain, /\n/g, '\r\n')],
    ['no end marker', edit(plain, '%%EOF\n', '')],
    ['an end marker cut', edit(plain, '%%EOF\n', '%%E')],
    ['no header', edit(plain, '%PDF-', '%PXF-')],
    ['1,500 bytes before the header', tablePdf(ONE_PAGE, { junk: '<br>\n'.repeat(300) })],
  ])('%s', (_, file) => {
    expect(check(file)).toEqual(REPAIRED);
  });

  it('the last of a number counts, in object streams too', () => {
    const broken = offset(updatedPdf(plain, { 2: '<< /Type /Pages /Kids [] /Count 0 >>' }), 1);
    expect(check(broken).where).toBe('Pages: no page');
  });

  it('what looks like an object in a stream is none', () => {
    const inner = '2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj';
    const body = `<< /Length ${inner.length} >>\nstream\n${inner}\nendstream`;
    const file = tablePdf({ ...ONE_PAGE, 5: body });
    expect(check(offset(file, 1))).toEqual(REPAIRED);
  });

  it('not by us alone where the only trailer is a stream, and something is broken', () => {
    const text = `BT /F1 12 Tf 10 100 Td (${NUMBER}) Tj ET`;
    const page = '/MediaBox [0 0 300 200] /Contents 5 0 R /Resources << /Font << /F1 6 0 R >> >>';
    const objects = {
      ...ONE_PAGE,
      3: `<< /Type /Page /Parent 2 0 R ${page} >>`,
      5: `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
      6: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    };
    const judged = (trailer: string, more: Record<number, string> = {}) =>
      inspectFile({
        format: 'pdf',
        bytes: offset(streamPdf({ ...objects, ...more }, { trailer }), 40),
        content_length: null,
        expected,
      }).integrity;
    expect(judged(' /Info null').verdict).toBe('sound');
    // mutool 1.21 shows it, qpdf 11.3 and pdfinfo 22.12 do not: a second reader decides.
    expect(judged(' /Ind ex [ 2 9 ]').reason).toBe('structure');
    // The same of an object that is broken, over which mutool may stumble, too.
    expect(judged('', { 7: '<< /Length 18 /Filter /Fl53)x\nendstream' }).reason).toBe('structure');
  });

  it('a wrong stream length', () => {
    const wrong = (entry: string) => entry.replace(/\d/g, '1');
    expect(check(edit(SPECIMEN, /\/Length \d{2,}/g, wrong)).found).toBe('sound');
    expect(check(edit(streamPdf(ONE_PAGE), /\/Length \d{2,}/g, wrong)).found).toBe('sound');
  });
});

describe('F11: bytes behind the end', () => {
  it.each([
    ['2 kB', Buffer.from('<!-- 900 -->'.repeat(170))],
    ['100 kB', Buffer.alloc(100_000, 'z')],
    ['a page', Buffer.from('<html><body>obj 1 0 obj</body></html>')],
  ])('%s are noted', (_, more) => {
    expect(check(Buffer.concat([tablePdf(ONE_PAGE), more]))).toEqual(APPENDED);
    expect(check(Buffer.concat([streamPdf(ONE_PAGE), more]))).toEqual(APPENDED);
  });

  it('an update that was cut leaves the file before it', () => {
    const plain = tablePdf(ONE_PAGE);
    const updated = updatedPdf(plain, { 3: `<< ${'/A 1 '.repeat(50)} >>` });
    expect(check(updated.subarray(0, plain.length + 60))).toEqual(APPENDED);
  });
});

describe('shorter than it should be', () => {
  it('a specimen cut anywhere before its last object ends is truncated', () => {
    const end = SPECIMEN.lastIndexOf('endobj');
    for (let length = 1_100; length < end; length += 331) {
      expect(check(SPECIMEN.subarray(0, length)).found, `${length} bytes`).toBe('truncated');
    }
  });

  it('so is one without a trailer; one with it has lost nothing that is needed', () => {
    const trailer = SPECIMEN.lastIndexOf('>>\nstartxref') + 2;
    for (let length = SPECIMEN.lastIndexOf('endobj') + 6; length < trailer; length += 7) {
      const { found } = check(SPECIMEN.subarray(0, length));
      expect(['truncated', 'structure'], `${length} bytes`).toContain(found);
    }
    for (let length = trailer; length < SPECIMEN.length - 2; length += 1) {
      const bytes = SPECIMEN.subarray(0, length);
      const found = inspectFile({ format: 'pdf', bytes, content_length: null, expected });
      expect(found.integrity.verdict, `${length} bytes`).toBe('sound');
      expect(found.notes).toEqual(['repaired']);
    }
  });

  it('a linearized file knows its length, whatever it ends with', () => {
    const first = '<< /Linearized 1 /L 0000000700 /N 1 >>';
    const file = tablePdf({ 1: ONE_PAGE[1] ?? '', ...ONE_PAGE, 5: first });
    const right = edit(file, '0000000700', String(file.length).padStart(10, '0'));
    expect(check(right)).toEqual(SOUND);
    // The first object of a linearized file; readers do not mind a length that is wrong.
    const begins = tablePdf({ ...ONE_PAGE, 1: `<< /Pages 2 0 R /X ${first} >>` });
    expect(check(begins)).toEqual(SOUND);
    const cut = Buffer.concat([begins, Buffer.from('7 0 obj\n<< /Type /Page /A (cu')]);
    expect(check(edit(cut, '2 0 obj', '6 0 obj')).found).toBe('truncated');
  });
});

describe('what no reader opens', () => {
  const plain = tablePdf(ONE_PAGE);
  const stream = streamPdf(ONE_PAGE);

  it.each([
    ['no trailer', edit(plain, 'trailer', 'traitor'), 'trailer'],
    [
      'no trailer and no catalogue',
      edit(edit(plain, 'trailer', 'traitor'), '/Catalog', '/Cat'),
      'trailer',
    ],
    ['no root', edit(plain, '/Root', '/Boot'), 'Root'],
    ['a root that is elsewhere', edit(plain, '1 0 obj', '8 0 obj'), 'Root'],
    ['a page that is elsewhere', edit(plain, '3 0 obj', '8 0 obj'), 'Pages: no page'],
    ['no page', tablePdf({ ...ONE_PAGE, 2: pagesOf('') }), 'Pages: no page'],
    ['no tree', edit(plain, '/Pages 2 0 R', '/Cages 2 0 R'), 'Root'],
    ['a count of no pages', edit(plain, '/Count 1', '/Count 0'), 'Pages: Count'],
    ['a count of more pages than objects', edit(plain, '/Count 1', '/Count 9'), 'Pages: Count'],
    ['a string without end', edit(plain, '/Type /Catalog', '/Type (Catalog'), 'Root'],
    ['a dictionary without end', edit(plain, 'R >>\nendobj', 'R\nendobj'), 'byte'],
    ['an object stream cut short', edit(stream, '/N 3', '/N 9'), 'object stream'],
    ['no word obj', edit(plain, '2 0 obj', '2 0 oby'), 'Root'],
  ])('%s', (_, file, where) => {
    const found = check(file);
    expect(found.found).toBe('structure');
    expect(found.where).toContain(where);
  });

  it.each([
    ['contents that are elsewhere', edit(plain, '4 0 obj', '8 0 obj'), 'object 4'],
    ['contents that are no stream', edit(plain, '/Contents 4', '/Contents 3'), 'object 3'],
    ['a tree without pages', edit(plain, '/Kids', '/Kisd'), 'Pages: no page'],
  ])('%s: a part is missing, whatever others say', (_, file, where) => {
    const found = check(file);
    expect(found.found).toBe('missing_part');
    expect(found.where).toBe(where);
  });

  it('is corrupt only if the second reader refuses it too; what was found holds', async () => {
    const bytes = edit(SPECIMEN, '/CapHeight 733', 'oCapHeight 733');
    const request = { format: 'pdf', bytes, content_length: null, expected: { number: NUMBER } };
    const judge = (opens: boolean) =>
      judgeFile({ ...request, format: 'pdf' }, { pdf: async () => opens });
    expect((await judge(false)).integrity.verdict).toBe('corrupt');
    const opened = await judge(true);
    expect(opened.integrity.verdict).toBe('sound');
    expect(opened.notes).toEqual(['repaired']);
    expect(opened.facts.number).toBe(NUMBER);
    const unread = { ...request, bytes: edit(SPECIMEN, '/Count 1', '/Count 0') };
    const only = await judgeFile({ ...unread, format: 'pdf' }, { pdf: async () => true });
    expect(only.integrity).toMatchObject({ verdict: 'unjudged', reason: 'stream_unread' });
  });
});

function pagesOf(kids: string): string {
  return `<< /Type /Pages /Kids [${kids}] /Count 1 >>`;
}

function withEntry(entry: string): Buffer {
  return tablePdf({ ...ONE_PAGE, 1: `<< /Type /Catalog /Pages 2 0 R ${entry} >>` });
}

/** The tree is free in the table, and in use in the stream that the table names. */
function hybridPdf(): Buffer {
  const old = tablePdf(ONE_PAGE);
  const at = old.indexOf('2 0 obj');
  const free = edit(old, `${String(at).padStart(10, '0')} 00000 n`, '0000000000 00000 f');
  const row = Buffer.from([1, at >> 8, at & 0xff]).toString('latin1');
  const body = free.subarray(0, free.indexOf('xref\n')).toString('latin1');
  const stream =
    '9 0 obj\n<< /Type /XRef /W [1 2] /W [1 2 0] /Index [2 1] /Size 9 /Length 3 >>\n' +
    `stream\n${row}\nendstream\nendobj\n`;
  const table = free.subarray(free.indexOf('xref\n')).toString('latin1');
  const tail = table
    .replace('/Size', `/XRefStm ${body.length} /Size`)
    .replace(/startxref\n\d+/, `startxref\n${body.length + stream.length}`);
  return Buffer.from(body + stream + tail, 'latin1');
}

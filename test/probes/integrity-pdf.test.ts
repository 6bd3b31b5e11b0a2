import { describe, expect, it } from 'vitest';
import { inspection } from './inspection.ts';
import { ONE_PAGE, startOf, streamPdf, tablePdf, updatedPdf } from './pdf-builder.ts';

const SOUND = { found: 'sound', where: null };

function check(bytes: Uint8Array) {
  const { found, where } = inspection({
    format: 'pdf',
    bytes,
    content_length: null,
    expected: null,
  });
  return { found, where };
}

/** Replaces text; the offsets behind it stay right only if the length does. */
function edit(
  file: Buffer,
  from: string | RegExp,
  to: string | ((found: string) => string),
): Buffer {
  const text = file.toString('latin1');
  const edited = text.replace(from, typeof to === 'string' ? () => to : to);
  expect(edited).not.toBe(text);
  return Buffer.from(edited, 'latin1');
}

describe('sound variations', () => {
  const plain = tablePdf(ONE_PAGE);

  it.each([
    ['a table', plain],
    ['CR LF', tablePdf(ONE_PAGE, { eol: '\r\n' })],
    ['CR', tablePdf(ONE_PAGE, { eol: '\r' })],
    [
      'junk before the header, offsets from the header',
      tablePdf(ONE_PAGE, { junk: 'x'.repeat(900) }),
    ],
    [
      'junk before the header, offsets from the start',
      tablePdf(ONE_PAGE, { junk: 'x'.repeat(900), absolute: true }),
    ],
    ['padding behind the end', Buffer.concat([plain, Buffer.alloc(5000)])],
    ['some junk behind the end', Buffer.concat([plain, Buffer.from('<!-- 900 -->'.repeat(70))])],
    ['a table numbered from 1', tablePdf(ONE_PAGE, { firstNumber: 1 })],
    ['an update', updatedPdf(plain, { 3: '<< /Type /Page /Parent 2 0 R >>' })],
    ['an update that says /Prev 0', updatedPdf(plain, ONE_PAGE, 0)],
    [
      'many updates',
      Array.from({ length: 40 }).reduce<Buffer>(
        (file) => updatedPdf(file, { 3: ONE_PAGE[3] ?? '' }),
        plain,
      ),
    ],
    ['one page shown twice', tablePdf({ ...ONE_PAGE, 2: '<< /Kids [3 0 R 3 0 R] >>' })],
    [
      'a page lost from the table counts as empty',
      tablePdf({ ...ONE_PAGE, 2: '<< /Kids [3 0 R 9 0 R] >>' }),
    ],
    [
      'a nested tree',
      tablePdf({ ...ONE_PAGE, 2: '<< /Kids 5 0 R >>', 5: '[6 0 R]', 6: '<< /Kids [3 0 R] >>' }),
    ],
    [
      'every kind of object',
      tablePdf({
        ...ONE_PAGE,
        1:
          '<< /Pages 2 0 R /A (\\) (nested) \\\\) /B <48656c> /C [1 -2 +3. .5 4 0 R null true] ' +
          '/D#20E /F % no >>\n /G << >> >>',
      }),
    ],
    ['contents in pieces', tablePdf({ ...ONE_PAGE, 3: '<< /Contents [4 0 R 4 0 R] >>' })],
    ['an object stream', streamPdf(ONE_PAGE)],
    [
      'an encrypted object stream',
      edit(streamPdf(ONE_PAGE, { trailer: ' /Encrypt 9 0 R' }), '/N 3', '/N 9'),
    ],
  ])('%s', (_, file) => {
    expect(check(file)).toEqual(SOUND);
  });

  it.each([0, 1, 2, 3, 4] as const)('PNG predictor %i', (predictor) => {
    const file = streamPdf(ONE_PAGE, { predictor });
    expect(check(file)).toEqual(SOUND);
    // The rows were really undone: with the root elsewhere they name, it is not found.
    expect(check(edit(file, '/Root 1 0 R', '/Root 7 0 R'))).toEqual({
      found: 'structure',
      where: 'Root',
    });
  });

  it('a wrong stream length, which readers repair', () => {
    const wrong = (entry: string) => entry.replace(/\d/g, '1');
    expect(check(edit(streamPdf(ONE_PAGE), /\/Length \d{2,}/g, wrong))).toEqual(SOUND);
  });

  it('a cross-reference stream packed in a way we do not read', () => {
    expect(check(edit(streamPdf(ONE_PAGE), /FlateDecode/g, 'LZWDecode  '))).toEqual(SOUND);
  });

  it('a hybrid file: the stream is looked at before the older table', () => {
    const old = tablePdf({ ...ONE_PAGE, 2: 'null' });
    const hybrid = edit(
      updatedPdf(old, { 2: ONE_PAGE[2] ?? '' }),
      '/Prev',
      `/XRefStm ${startOf(old)} /Prev`,
    );
    expect(check(hybrid)).toEqual(SOUND);
  });

  it('a linearized file knows its length', () => {
    const first = '<< /Linearized 1 /L 0000000700 /N 1 >>';
    const file = tablePdf({ 1: ONE_PAGE[1] ?? '', ...ONE_PAGE, 5: first });
    const ordered = tablePdf({ ...ONE_PAGE, 1: `<< /Pages 2 0 R /X ${first} >>` });
    expect(check(edit(file, '0000000700', String(file.length).padStart(10, '0')))).toEqual(SOUND);
    expect(check(ordered).found).toBe('truncated');
  });
});

describe('faults', () => {
  const plain = tablePdf(ONE_PAGE);
  const stream = streamPdf(ONE_PAGE);

  it.each([
    ['no end', edit(plain, '%%EOF', ''), 'truncated', '%%EOF'],
    ['no startxref', edit(plain, 'startxref', 'startxxxx'), 'structure', 'startxref'],
    [
      'startxref without a number',
      edit(plain, /startxref\n\d+/, 'startxref\nabc'),
      'structure',
      'startxref',
    ],
    [
      'startxref elsewhere',
      edit(plain, /startxref\n\d+/, 'startxref\n12'),
      'structure',
      'cross-reference at 12',
    ],
    [
      'startxref beyond',
      edit(plain, /startxref\n\d+/, 'startxref\n9999999'),
      'structure',
      'cross-reference at 9999999',
    ],
    ['no trailer', edit(plain, 'trailer', 'traitor'), 'structure', 'trailer'],
    [
      'a bad entry',
      edit(plain, /\d{10} 00000 n/, '00000x0009 00000 n'),
      'structure',
      'cross-reference entry 1',
    ],
    ['no root', edit(plain, '/Root', '/Boot'), 'structure', 'Root'],
    ['a root that is elsewhere', edit(plain, '1 0 obj', '8 0 obj'), 'structure', 'object 1'],
    ['a page that is elsewhere', edit(plain, '3 0 obj', '8 0 obj'), 'structure', 'object 3'],
    ['contents that are elsewhere', edit(plain, '4 0 obj', '8 0 obj'), 'structure', 'object 4'],
    ['no page', tablePdf({ ...ONE_PAGE, 2: '<< /Kids [] >>' }), 'structure', 'Pages: no page'],
    ['no tree', edit(plain, '/Pages 2 0 R', '/Cages 2 0 R'), 'structure', 'Pages: no page'],
    [
      'a string without end',
      edit(plain, '/Type /Catalog', '/Type (Catalog'),
      'structure',
      'string without end',
    ],
    [
      'an object stream that is elsewhere',
      edit(stream, '20 0 obj', '19 0 obj'),
      'structure',
      'object 20',
    ],
    ['an object stream cut short', edit(stream, '/N 3', '/N 9'), 'structure', 'object stream'],
  ])('%s', (_, file, verdict, where) => {
    const found = check(file);
    expect(found.found).toBe(verdict);
    expect(found.where).toContain(where);
  });

  it('compressed structure that does not inflate', () => {
    const file = Buffer.from(stream);
    const data = file.indexOf('stream\n', file.indexOf('/XRef')) + 7;
    file[data + 8] = (file[data + 8] ?? 0) ^ 0xff;
    expect(check(file).found).toBe('structure');
  });
});

describe('hostile files', () => {
  it('references and cross-references in circles', () => {
    expect(check(tablePdf({ ...ONE_PAGE, 1: '2 0 R', 2: '1 0 R' }))).toEqual({
      found: 'structure',
      where: 'references in a circle',
    });
    const file = tablePdf(ONE_PAGE);
    expect(check(edit(file, '/Size', `/Prev ${startOf(file)} /Size`))).toEqual(SOUND);
    expect(check(tablePdf({ ...ONE_PAGE, 2: '<< /Kids [2 0 R] >>' }))).toEqual({
      found: 'structure',
      where: 'Pages: no page',
    });
  });

  it('nesting', () => {
    const found = check(tablePdf({ ...ONE_PAGE, 1: '['.repeat(100_000) }));
    expect(found.found).toBe('structure');
    expect(found.where).toContain('nested too deep');
  });

  it('a table of a thousand million entries', () => {
    const found = check(edit(tablePdf(ONE_PAGE), '0 5\n', '0 1000000000\n'));
    expect(found).toEqual({ found: 'structure', where: 'cross-reference: too many entries' });
  });

  it('thousands of objects that share one long text', () => {
    const long = `<< ${'/A 1 '.repeat(200_000)}`;
    const count = 1500;
    const kids = Array.from({ length: count }, (_, index) => `${index + 10} 0 R`).join(' ');
    // Each header hides in the comment that the one before it began.
    const headers = Array.from({ length: count }, (_, index) => `${index + 10} 0 obj %`);
    const start = tablePdf({ ...ONE_PAGE, 2: `<< /Kids [${kids}] >>` });
    const first = start.indexOf('xref\n');
    const body = start.subarray(0, first).toString('latin1');
    const offsets = [...body.matchAll(/^(\d) 0 obj/gm)].map((match) => match.index);
    let at = first;
    for (const header of headers) {
      offsets.push(at);
      at += header.length;
    }
    const shared = `${headers.join('')}\n${long} >>\n`;
    const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    const file =
      `${body}${shared}xref\n1 4\n${rows.slice(0, 4).join('')}` +
      `10 ${count}\n${rows.slice(4).join('')}` +
      `trailer\n<< /Root 1 0 R >>\nstartxref\n${body.length + shared.length}\n%%EOF\n`;
    expect(check(Buffer.from(file, 'latin1'))).toEqual({
      found: 'structure',
      where: 'too much to read',
    });
  });

  it('a stream that inflates beyond measure', () => {
    const padding = { ...ONE_PAGE, 5: `(${'x'.repeat(9 * 1024 * 1024)})` };
    expect(check(streamPdf(padding))).toEqual({
      found: 'structure',
      where: 'compressed cross-reference or object stream',
    });
  });
});

import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../probes/integrity/index.ts';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import { createRandom } from '../random.ts';
import { randomInvoice } from './invoices.ts';
import { ONE_PAGE, tablePdf } from './pdf-builder.ts';

const NUMBER = '26001234567890123456';
const OTHER = '26001234567890123457';

/** A page that draws this, with a font that has ASCII, F1, and one of UTF-16 codes, F2. */
function page(content: string, changes: Record<number, string> = {}): Buffer {
  return tablePdf({
    ...ONE_PAGE,
    3: '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 5 0 R >>',
    4: `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    5: '<< /Font << /F1 6 0 R /F2 7 0 R >> /XObject << /X 9 0 R >> >>',
    6: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    7: `<< /Type /Font /Subtype /Type0 /Encoding /UniGB-UCS2-H /DescendantFonts [8 0 R] >>`,
    8: '<< /Subtype /CIDFontType0 /CIDSystemInfo << /Ordering (GB1) >> /W [1 95 500] >>',
    9: 'null',
    ...changes,
  });
}

/** A string of UTF-16 codes. */
function utf16(text: string): string {
  return `<${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
}

/** At a place, in a font. */
function at(x: number, y: number, font: string, operators: string): string {
  return `BT /${font} 10 Tf 1 0 0 1 ${x} ${y} Tm ${operators} ET\n`;
}

/** Codes of UTF-16, of which a map tells only the label's. */
const UNREADABLE_BUT_LABEL =
  '<< /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [8 0 R] /ToUnicode 10 0 R >>';

const LABEL = at(400, 700, 'F2', `${utf16('发票号码：')} Tj`);

function check(bytes: Uint8Array, number: string | null = NUMBER) {
  const { integrity, notes, facts } = inspectFile({
    format: 'pdf',
    bytes,
    content_length: null,
    expected: number === null ? null : { number },
  });
  return { found: integrity.reason ?? 'sound', notes, number: facts.number, facts };
}

const FOUND = { found: 'sound', notes: [], number: NUMBER };
const NOT_FOUND = { found: 'sound', notes: ['number_not_found'], number: null };

describe('F4: the number is on the page', () => {
  const apart = [...NUMBER];

  it.each([
    ['in one text', `(${NUMBER}) Tj`],
    ['as hexadecimal', `<${Buffer.from(NUMBER).toString('hex')}> Tj`],
    ['by octal escapes', `(${apart.map((char) => `\\06${char}`).join('')}) Tj`],
    ['in pieces', `(${NUMBER.slice(0, 7)}) Tj (${NUMBER.slice(7)}) Tj`],
    ['in an array with distances', `[${apart.map((char) => `(${char}) -12`).join(' ')}] TJ`],
    ['with blanks', `(${NUMBER.replace(/(?=(.{4})+$)/g, ' ')}) Tj`],
    ['by the operator of a new line', `14 TL (${NUMBER}) '`],
    ['by the operator with spacing', `14 TL 0 0 (${NUMBER}) "`],
    ['digit by digit, placed apart', apart.map((char) => `(${char}) Tj 6 0 Td`).join(' ')],
    [
      'digit by digit, drawn backwards',
      apart
        .map((char, index) => `1 0 0 1 ${450 + 6 * index} 700 Tm (${char}) Tj`)
        .reverse()
        .join(' '),
    ],
    ['over two lines', `(${NUMBER.slice(0, 9)}) Tj 0 -12 Td (${NUMBER.slice(9)}) Tj`],
  ])('%s', (_, operators) => {
    expect(check(page(LABEL + at(450, 700, 'F1', operators)))).toMatchObject(FOUND);
  });

  it.each([
    ['UCS-2 by name', utf16(NUMBER), {}],
    [
      'GBK by name',
      `(${NUMBER})`,
      { 7: '<< /Subtype /Type0 /Encoding /GBK-EUC-H /DescendantFonts [8 0 R] >>' },
    ],
    [
      'character ids of Adobe-GB1',
      `<${[...NUMBER].map((digit) => hex16(17 + Number(digit))).join('')}>`,
      { 7: '<< /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [8 0 R] >>' },
    ],
    [
      'a map to Unicode, by characters and runs',
      `<${[...NUMBER].map((digit) => `010${digit}`).join('')}>`,
      {
        7: '<< /Subtype /Type0 /Encoding /Identity-H /ToUnicode 10 0 R /DescendantFonts [] >>',
        10: cmap(
          '2 beginbfchar <0100> <0030> <0101> <0031> endbfchar\n' +
            '2 beginbfrange <0102> <0105> <0032> <0106> <0109> [<0036> <0037> <0038> <0039>] ' +
            'endbfrange',
        ),
      },
    ],
    [
      'full-width digits',
      utf16([...NUMBER].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join('')),
      {},
    ],
    [
      'names of glyphs',
      `(${[...NUMBER].map((digit) => 'abcdefghij'.charAt(Number(digit))).join('')})`,
      {
        7:
          '<< /Subtype /Type1 /Encoding << /Differences [97 /zero /one /two /three /four ' +
          '/five /six /uni0037 /eight /nine.tnum] >> >>',
      },
    ],
  ])('by %s', (_, shown, changes) => {
    const file = page(LABEL + at(450, 700, 'F2', `${shown} Tj`), changes);
    expect(check(file)).toMatchObject({ found: 'sound', number: NUMBER });
  });

  it('in a form, in a form', () => {
    const form = (content: string, entries = '') =>
      `<< /Subtype /Form ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;
    const file = page('q 1 0 0 1 5 5 cm /X Do Q', {
      9: form('/X Do', '/Resources << /XObject << /X 10 0 R >> /Font << /F1 6 0 R >> >>'),
      10: form(at(1, 1, 'F1', `(${NUMBER}) Tj`), '/Matrix [1 0 0 1 3 3] /Resources 5 0 R'),
    });
    expect(check(file)).toMatchObject(FOUND);
    const circle = page('/X Do', { 9: form('/X Do /X Do', '/Resources 5 0 R') });
    expect(check(circle).found).toBe('sound');
  });

  it('on a later page', () => {
    const file = page('', {
      2: '<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>',
      9: '<< /Type /Page /Contents 10 0 R /Resources 5 0 R >>',
      10: `<< /Length 90 >>\nstream\n${at(9, 9, 'F1', `(${NUMBER}) Tj`)}\nendstream`,
    });
    expect(check(file)).toMatchObject(FOUND);
  });

  it('on specimens, as Poppler finds it', () => {
    const random = createRandom(41);
    for (let run = 0; run < 20; run += 1) {
      const invoice = randomInvoice(random);
      const bytes = specimenFile('pdf', invoice);
      expect(check(bytes, invoice.number)).toMatchObject({ found: 'sound', notes: [] });
      expect(check(bytes, null).number).toBe(invoice.number);
    }
    const specimen = specimenFile('pdf', specimenInvoice(NUMBER, '20260925120000'));
    const { facts } = check(specimen);
    // `pdftotext -raw` of Poppler 22.12, without white space.
    expect(facts.text).toContain(`发票号码:${NUMBER}开票日期:2026年09月25日`);
    expect(facts.amounts).toContain('3349.50');
  });
});

describe('F4: the file of another invoice is a mismatch', () => {
  const MISMATCH = { found: 'number_mismatch', number: null };

  it.each([
    ['on the line of the label', LABEL + at(450, 700, 'F1', `(${OTHER}) Tj`)],
    ['a little higher', LABEL + at(450, 703, 'F1', `(${OTHER}) Tj`)],
    ['below the label', LABEL + at(400, 685, 'F1', `(${OTHER}) Tj`)],
    ['next to other digits', LABEL + at(450, 700, 'F1', `(${OTHER}) Tj 120 0 Td (2026-09-25) Tj`)],
    [
      'label and number letter by letter',
      at(
        400,
        700,
        'F2',
        [...`发票号码：${OTHER}`].map((char) => `${utf16(char)} Tj 9 0 Td`).join(' '),
      ),
    ],
    ['without a label, if all is read', at(9, 9, 'F1', `(No. ${OTHER}) Tj`)],
  ])('%s', (_, content) => {
    expect(check(page(content))).toMatchObject(MISMATCH);
  });

  it('by a key of its own in the information', () => {
    const info = (entries: string) =>
      tablePdf({ ...ONE_PAGE, 5: `<< ${entries} >>` }, { trailer: ' /Info 5 0 R' });
    expect(check(info(`/InvoiceNumber (${OTHER})`))).toMatchObject(MISMATCH);
    expect(check(info(`/InvoiceNumber (${NUMBER})`))).toMatchObject(FOUND);
    expect(check(info(`/Title (${NUMBER})`))).toMatchObject(FOUND);
    expect(check(info(`/Title (${OTHER})`))).toMatchObject(NOT_FOUND);
  });

  it('the page counts, whatever the title says', () => {
    const content = LABEL + at(450, 700, 'F1', `(${OTHER}) Tj`);
    const objects = page(content).toString('latin1');
    const titled = objects.replace('/Root', `/Info << /Title (${NUMBER}) >> /Root`);
    expect(check(Buffer.from(titled, 'latin1'))).toMatchObject(MISMATCH);
  });

  it.each([
    '对应发票号码：',
    '被红冲蓝字数电发票号码：',
    '被红冲蓝字数电票号码：',
    '关联发票号码',
    '备注：',
  ])('that names the one asked for as %s', (label) => {
    const own = LABEL + at(450, 700, 'F1', `(${OTHER}) Tj`);
    const beside = at(9, 90, 'F2', `${utf16(label)} Tj`) + at(300, 90, 'F1', `(${NUMBER}) Tj`);
    expect(check(page(own + beside))).toMatchObject(MISMATCH);
    expect(check(page(own + beside), OTHER)).toMatchObject({ ...FOUND, number: OTHER });
    expect(check(page(beside)).found).toBe('sound');
  });

  it('that names the one asked for on the next line', () => {
    const label = at(9, 90, 'F2', `${utf16('被红冲蓝字数电发票号码：')} Tj`);
    const content = `${LABEL}${at(450, 700, 'F1', `(${OTHER}) Tj`)}${label}`;
    const file = page(content + at(9, 75, 'F1', `(${NUMBER}) Tj`));
    expect(check(file)).toMatchObject(MISMATCH);
  });

  it.each([
    ['both are there', LABEL + at(450, 700, 'F1', `(${OTHER}) Tj 0 -300 Td (${NUMBER}) Tj`)],
  ])('not if %s', (_, content) => {
    expect(check(page(content))).toMatchObject(FOUND);
  });

  it.each([
    [
      'the number of the invoice that it reverses',
      `${utf16('被红冲蓝字数电发票号码：')} Tj`,
      OTHER,
    ],
    ['a number far from the label', `${utf16('发票号码：')} Tj 0 -300 Td`, OTHER],
    ['a number of 21 digits', `${utf16('发票号码：')} Tj`, `${OTHER}1`],
    ['a number of 8 digits', `${utf16('发票号码：')} Tj`, '12345678'],
  ])('not for %s', (_, label, number) => {
    const shown = `${label} /F1 10 Tf (${number}) Tj`;
    expect(check(page(at(100, 700, 'F2', shown)))).toMatchObject(NOT_FOUND);
  });

  it('of old invoices by their 8 digits', () => {
    const shown = (number: string) =>
      page(at(100, 700, 'F2', `${utf16('发票号码:')} Tj /F1 10 Tf (${number}) Tj`));
    expect(check(shown('12345678'), '12345678')).toMatchObject({ number: '12345678', notes: [] });
    expect(check(shown('12345679'), '12345678')).toMatchObject(MISMATCH);
    expect(check(shown('9123456789'), '12345678').notes).toEqual(['number_not_found']);
  });
});

describe('F4: no number is found', () => {
  it.each([
    ['a page that says 系统繁忙', at(9, 9, 'F2', `${utf16('系统繁忙，请稍后再试')} Tj`), {}],
    [
      'a page that is a picture',
      '/X Do',
      { 9: '<< /Subtype /Image /Length 0 >>\nstream\n\nendstream' },
    ],
    ['a page without contents', '', {}],
    [
      'codes that nothing tells',
      at(9, 9, 'F2', '<0012001300140015> Tj'),
      {
        7: '<< /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [8 0 R] >>',
        8: '<< /CIDSystemInfo << /Ordering (Identity) >> >>',
      },
    ],
    [
      'another number near the label, where not all is read',
      LABEL + at(450, 700, 'F2', '<0012> Tj') + at(400, 680, 'F1', `(${OTHER}) Tj`),
      {
        7: UNREADABLE_BUT_LABEL,
        8: '<< /CIDSystemInfo << /Ordering (Identity) >> >>',
        10: cmap(
          `${[...'发票号码：'].map((char) => `${utf16(char)} ${utf16(char)}`).join(' ')} endbfchar`,
        ),
      },
    ],
    ...['对应发票号码：', '银行账号：'].map((label): [string, string, Record<number, string>] => [
      `another behind ${label} near the label, whose own is drawn in lines`,
      LABEL + at(300, 680, 'F2', `${utf16(label)} Tj`) + at(400, 680, 'F1', `(${OTHER}) Tj`),
      {},
    ]),
    [
      'another number, where not all is read',
      at(9, 9, 'F1', `(${OTHER}) Tj`) + at(9, 30, 'F2', '<0012> Tj'),
      { 7: '<< /Subtype /Type0 /Encoding /Identity-H >>' },
    ],
  ])('%s', (_, content, changes) => {
    expect(check(page(content, changes))).toMatchObject(NOT_FOUND);
  });

  it('is not said where none was asked for', () => {
    expect(check(page(''), null)).toMatchObject({ found: 'sound', notes: [], number: null });
  });
});

describe('amounts', () => {
  it('those in yuan, each once, as decimals', () => {
    const content =
      at(
        9,
        60,
        'F2',
        `${utf16('合计')} Tj ${utf16('¥2,964.16')} Tj 80 0 Td ${utf16('￥ 385.34')} Tj`,
      ) +
      at(9, 40, 'F2', `${utf16('（小写）¥3349.50')} Tj`) +
      at(9, 20, 'F2', `${utf16('¥-12.00 x 8.00 ¥3,349.50')} Tj`);
    expect(check(page(content)).facts.amounts).toEqual(['2964.16', '385.34', '3349.50', '-12.00']);
  });
});

function hex16(value: number): string {
  return value.toString(16).padStart(4, '0');
}

function cmap(body: string): string {
  const data = deflateSync(
    Buffer.from(
      `begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n${body}\nendcmap`,
    ),
  );
  return (
    `<< /Filter /FlateDecode /Length ${data.length} >>\nstream\n` +
    `${data.toString('latin1')}\nendstream`
  );
}

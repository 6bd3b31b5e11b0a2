import { constants, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectFile, judgeFile } from '../../probes/integrity/index.ts';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import { createRandom } from '../random.ts';
import { edit, ONE_PAGE, streamPdf, tablePdf } from './pdf-builder.ts';

const PAGE = '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 5 0 R >>';
const RESOURCES = '<< /Font << /F1 6 0 R >> /XObject << /X 7 0 R >> >>';
const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const CONTENT = Buffer.from('BT /F1 12 Tf 9 9 Td (Hello) Tj ET\n'.repeat(300));

/** A page with contents, a font and a picture; by number, what is other than usual. */
function pdf(changes: Record<number, string> = {}): Buffer {
  return tablePdf({
    ...ONE_PAGE,
    3: PAGE,
    4: stream(deflateSync(CONTENT), '/Filter /FlateDecode'),
    5: RESOURCES,
    6: FONT,
    7: stream(Buffer.from([0x80]), '/Subtype /Image /Filter /CCITTFaxDecode'),
    ...changes,
  });
}

function stream(data: Uint8Array, entries: string): string {
  const text = Buffer.from(data).toString('latin1');
  return `<< ${entries} /Length ${data.length} >>\nstream\n${text}\nendstream`;
}

function check(bytes: Uint8Array) {
  const { integrity } = inspectFile({
    format: 'pdf',
    bytes,
    content_length: null,
    expected: null,
  });
  return { found: integrity.reason ?? 'sound', where: integrity.where };
}

const SOUND = { found: 'sound', where: null };
const damaged = (number: number) => ({ found: 'stream', where: `object ${number}` });

function flipped(data: Buffer, at: number): Buffer {
  const copy = Buffer.from(data);
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}

describe('F5: zlib data without its last block or checksum', () => {
  const synced = deflateSync(CONTENT, { finishFlush: constants.Z_SYNC_FLUSH });
  const packed = deflateSync(CONTENT);

  it.each([
    ['without its checksum', packed.subarray(0, -4)],
    ['with half of it', packed.subarray(0, -2)],
    ['without its last block', synced],
    ['without the end of its last block', packed.subarray(0, -5)],
    ['with bytes behind', Buffer.concat([packed, Buffer.from('\r\n\0')])],
  ])('contents %s', (_, data) => {
    expect(check(pdf({ 4: stream(data, '/Filter /FlateDecode') }))).toEqual(SOUND);
  });

  it.each([
    ['checksum', (data: Buffer) => data.subarray(0, -4)],
    ['end of the last block', (data: Buffer) => data.subarray(0, -5)],
  ])('cross-reference and object streams without the %s', (_, cut) => {
    expect(check(streamPdf(ONE_PAGE, { cut }))).toEqual(SOUND);
  });

  it('half of it is not whole', () => {
    const half = stream(packed.subarray(0, packed.length >> 1), '/Filter /FlateDecode');
    expect(check(pdf({ 4: half }))).toEqual(damaged(4));
    const font = stream(
      packed.subarray(0, packed.length >> 1),
      '/Filter /FlateDecode /Length1 9000',
    );
    const described = '<< /Type /Font /FontDescriptor << /FontFile2 8 0 R >> >>';
    expect(check(pdf({ 6: described, 8: font }))).toEqual(damaged(8));
  });
});

describe('F3: a stream that a page needs is damaged', () => {
  const bad = stream(flipped(deflateSync(CONTENT), 60), '/Filter /FlateDecode');
  const form = '/Type /XObject /Subtype /Form /Filter /FlateDecode';

  it.each<[string, number, Record<number, string>]>([
    ['contents', 4, { 4: bad }],
    ['one of several contents', 8, { 3: PAGE.replace('4 0 R', '[4 0 R 8 0 R]'), 8: bad }],
    ['a form', 7, { 7: bad.replace('/Filter', `${form} /Filter`) }],
    ['a picture', 7, { 7: bad.replace('<<', '<< /Subtype /Image') }],
    ['a map to Unicode', 8, { 6: FONT.replace('>>', '/ToUnicode 8 0 R >>'), 8: bad }],
    [
      'resources inherited',
      8,
      {
        2: '<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /XObject << /X 8 0 R >> >> >>',
        3: PAGE.replace('/Resources 5 0 R', ''),
        8: bad,
      },
    ],
    [
      'the appearance of an annotation',
      8,
      {
        3: PAGE.replace('>>', '/Annots [<< /AP << /N 8 0 R >> >>] >>'),
        8: bad,
      },
    ],
    ['a picture that is no JPEG', 7, { 7: stream(CONTENT, '/Filter /DCTDecode') }],
  ])('%s', (_, number, changes) => {
    expect(check(pdf(changes))).toEqual(damaged(number));
  });

  it('does not matter where no page needs it', () => {
    expect(check(pdf({ 8: bad }))).toEqual(SOUND);
    expect(check(pdf({ 1: '<< /Pages 2 0 R /Metadata 8 0 R >>', 8: bad }))).toEqual(SOUND);
  });

  it('is unjudged while a reader opens the file, else corrupt', async () => {
    const request = { bytes: pdf({ 4: bad }), content_length: null, expected: null };
    const verdictIf = async (opens: boolean) =>
      (await judgeFile({ ...request, format: 'pdf' }, { pdf: async () => opens })).integrity;
    expect(await verdictIf(true)).toMatchObject({ verdict: 'unjudged', reason: 'stream_unread' });
    expect(await verdictIf(false)).toMatchObject({ verdict: 'corrupt', reason: 'stream' });
  });

  it('any byte of any stream of a specimen', () => {
    const random = createRandom(31);
    const file = Buffer.from(
      specimenFile('pdf', specimenInvoice('26001234567890123456', '20260925120000')),
    );
    const text = file.toString('latin1');
    const spans = [...text.matchAll(/\/Length (\d+) [^>]*>>\nstream\n/g)].map((match) => {
      const from = match.index + match[0].length;
      return { from, length: Number(match[1]) };
    });
    expect(spans.length).toBe(3);
    for (let run = 0; run < 300; run += 1) {
      const span = spans[run % spans.length] ?? { from: 0, length: 0 };
      const at = span.from + Math.floor(random() * span.length);
      const copy = Buffer.from(file);
      copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      expect(check(copy).found, `byte ${at}`).toBe('stream');
    }
  });
});

describe('filters', () => {
  it.each([
    ['none', '', CONTENT],
    ['ASCIIHex', '/Filter /AHx', Buffer.from(`${CONTENT.toString('hex')}>`)],
    ['run lengths', '/Filter /RunLengthDecode', Buffer.from([2, 66, 84, 10, 255, 32, 128])],
    ['base 85', '/Filter /ASCII85Decode', Buffer.from('<~6uQp7~>')],
    ['LZW', '/Filter /LZWDecode', Buffer.from([0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 1])],
    ['two', '/Filter [/AHx /Fl]', Buffer.from(`${deflateSync(CONTENT).toString('hex')}>`)],
    ['Crypt, the identity', '/Filter [/Crypt /Fl]', deflateSync(CONTENT)],
    ['parameters without a predictor', '/Filter /Fl /DecodeParms [null]', deflateSync(CONTENT)],
  ])('%s', (_, entries, data) => {
    expect(check(pdf({ 4: stream(data, entries) }))).toEqual(SOUND);
  });

  it.each([
    ['F12: an unknown filter', '/Filter /BrotliDecode', 'unknown_filter'],
    ['F12: an unknown filter behind a known one', '/Filter [/Fl /Nope]', 'unknown_filter'],
    [
      'F12: Crypt with a method',
      '/Filter [/Crypt /Fl] /DecodeParms [<< /Name /StdCF >> null]',
      'encrypted',
    ],
  ])('%s', (_, entries, reason) => {
    const file = pdf({ 4: stream(deflateSync(CONTENT), entries) });
    expect(check(file)).toEqual({ found: reason, where: 'object 4' });
  });

  it('F12: an unknown filter of what no page needs', () => {
    expect(check(pdf({ 8: stream(CONTENT, '/Filter /BrotliDecode') }))).toEqual(SOUND);
  });

  it.each([
    ['by its trailer', edit(pdf(), '/Root', '/Encrypt << /Filter /Standard >> /Root')],
    ['with object streams', streamPdf(ONE_PAGE, { trailer: ' /Encrypt 9 0 R' })],
  ])('F12: an encrypted file, %s', (_, file) => {
    const found = check(file).found;
    // A reference to what is not there encrypts nothing.
    expect(found).toBe(file.includes('/Encrypt 9') ? 'sound' : 'encrypted');
  });
});

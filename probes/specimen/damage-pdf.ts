import { deflateSync, inflateSync } from 'node:zlib';
import { glyphOf } from './font/font.ts';

/** The page's content: object 4 of a specimen. */
const CONTENTS = /(?<=\n4 0 obj\n)<< \/Length (\d+) \/Filter \/FlateDecode >>\nstream\n/;
const DIGITS = '0123456789';
const CODES = [...DIGITS].map((digit) => glyphOf(digit).toString(16).padStart(4, '0'));
/** A text of 20 digits and no other character. */
const NUMBER = new RegExp(`(?<=<)(?:${CODES.join('|')}){20}(?=> Tj)`);

/**
 * A copy whose page shows another invoice number: one digit of it, in well-formed content with the
 * cross-references kept right. Font and Unicode map are as they were, so that whoever extracts the
 * text reads the other number. Throws when the file is not a specimen.
 */
export function flipNumberOfPdf(bytes: Uint8Array, random: () => number): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const head = CONTENTS.exec(text);
  if (head === null) throw new RangeError('bytes: expected a specimen');
  const from = head.index + head[0].length;
  const to = from + Number(head[1]);
  const page = inflateSync(bytes.subarray(from, to)).toString('latin1');
  const data = deflateSync(Buffer.from(flipDigit(page, random), 'latin1'));
  const entries = head[0].replace(/\d+/, String(data.length));
  const before = text.slice(0, head.index) + entries + data.toString('latin1');
  const moved = before.length - to;
  return Buffer.from(before + moveReferences(text.slice(to), to, moved), 'latin1');
}

/** Changes one digit of the number on the page. */
function flipDigit(page: string, random: () => number): string {
  const number = NUMBER.exec(page);
  if (number === null) throw new RangeError('bytes: expected a specimen');
  const at = number.index + 4 * Math.floor(20 * random());
  const digit = CODES.indexOf(page.slice(at, at + 4));
  const other = CODES[(digit + 1) % CODES.length];
  return page.slice(0, at) + other + page.slice(at + 4);
}

/** The rest of the file with the offsets of what lies behind `end` moved. */
function moveReferences(rest: string, end: number, moved: number): string {
  const move = (offset: string) =>
    Number(offset) < end ? offset : String(Number(offset) + moved).padStart(offset.length, '0');
  return rest
    .replace(/(?<=\n)\d{10}(?= 00000 n \n)/g, move)
    .replace(/(?<=\nstartxref\n)\d+/, (offset) => String(Number(offset) + moved));
}

import { gzipSync } from 'node:zlib';
import { specimenFile, specimenInvoice } from '../../../../probes/specimen/index.ts';
import { cutAt, cutOff, flipped, INSTEAD, replaced, zeroed } from '../damage.ts';
import { type FieldFile, type FieldFiles, ISSUED, NUMBER } from '../field-file.ts';
import { archive } from '../ofd/zip-writer.ts';
import { einvoice } from './einvoice.ts';

const CORRUPT = { verdict: 'corrupt' } as const;
const NO_FILE = { verdict: 'corrupt', reason: ['not_a_file', 'truncated'] } as const;

const plain = () => Buffer.from(einvoice());

/** Cut, hurt and replaced. */
export const XML_DAMAGED: FieldFiles = {
  ...Object.fromEntries(
    [10, 30, 50, 70, 90, 99].map((share): [string, FieldFile] => [
      `cut at ${share} %`,
      { make: () => cutAt(plain(), share / 100), should: { ...CORRUPT, reason: 'truncated' } },
    ]),
  ),
  'the last bracket lost': { make: () => cutOff(plain(), 2), should: CORRUPT },
  'the line end alone lost': { make: () => cutOff(plain(), 1), should: { verdict: 'sound' } },
  'a bit of a name': hurt(() => flipped(plain(), 'BasicInformation', 3, 0x01)),
  'a bit of a bracket': hurt(() => flipped(plain(), '</Header>', 0)),
  'a bit of a Chinese character': hurt(() => flipped(plain(), /[\xe0-\xef][\x80-\xbf]/, 1, 0x40)),
  'a zero within': hurt(() => zeroed(plain(), 'Quantity>1', 9, 1)),
  '60 zeros': hurt(() => zeroed(plain(), '<Header>', 0, 60)),
  'an ampersand': hurt(() => replaced(plain(), 'SWEI3200', 'A & B')),
  'a reference to nothing': hurt(() => replaced(plain(), 'SWEI3200', '&nbsp;')),
  'a control character': hurt(() => replaced(plain(), 'SWEI3200', 'SWEI\x03200')),
  'a reference to a control character': hurt(() => replaced(plain(), 'SWEI3200', '&#3;')),
  'a reference that does not end': hurt(() => replaced(plain(), 'SWEI3200', '&#65')),
  'two hyphens in a comment': hurt(() => replaced(plain(), '<Header>', '<!-- a -- b --><Header>')),
  'a closing tag too many': hurt(() => replaced(plain(), '<Header>', '</Header><Header>')),
  'a name that begins with a digit': hurt(() => replaced(plain(), '<Header>', '<Header><1/>')),
  'the end of a section in text': hurt(() => replaced(plain(), 'SWEI3200', ']]>')),
  'a bracket in an attribute': hurt(() => replaced(plain(), '<Header>', '<Header a="<">')),
  'bytes of GBK declared as UTF-8': hurt(() => replaced(plain(), 'SWEI3200', '\xd1\xf9')),
  'a second root': hurt(() => Buffer.from(`${einvoice()}<EInvoice/>`)),
  'the file twice': hurt(() => Buffer.concat([plain(), plain()])),
  'text behind the root': hurt(() => Buffer.from(`${einvoice()}ok`)),
  'a name with no quotes around its value': hurt(() =>
    replaced(plain(), '<Header>', '<Header a=1>'),
  ),
  'an attribute twice': hurt(() => replaced(plain(), '<Header>', '<Header a="1" a="2">')),
  'a prefix that is not declared': () => replaced(plain(), '<Header>', '<Header x:a="1">'),
  'a declaration of another encoding': () => replaced(plain(), 'UTF-8', 'UTF-7'),
  'a declaration of GBK over UTF-8': () => replaced(plain(), 'UTF-8', 'GBK'),
  'half of it in an archive': {
    id: 'F16',
    make: () => archive([['a.xml', cutAt(plain(), 0.5)]]),
    should: CORRUPT,
  },
  'an archive that is cut': {
    id: 'F16',
    make: () => cutAt(archive([['a.xml', plain()]]), 0.6),
    should: CORRUPT,
  },
  'an archive with a bit of its data': {
    id: 'F16',
    make: () => flipped(archive([['a.xml', plain()]]), 'a.xml', 90),
    should: CORRUPT,
  },
  'an archive without XML': {
    id: 'F16',
    make: () => archive([['readme.txt', '系统繁忙']]),
    should: { verdict: ['corrupt', 'unjudged'] },
  },
  ...Object.fromEntries(
    Object.entries(INSTEAD).map(([name, make]): [string, FieldFile] => [
      name,
      { make, should: NO_FILE },
    ]),
  ),
  'a PDF instead': {
    make: () => specimenFile('pdf', specimenInvoice(NUMBER, ISSUED)),
    should: NO_FILE,
  },
  'the file in gzip': { make: () => gzipSync(plain()), should: NO_FILE },
};

function hurt(make: () => Uint8Array): FieldFile {
  return { make, should: CORRUPT };
}

import { gzipSync } from 'node:zlib';
import { specimenFile, specimenInvoice } from '../../../../probes/specimen/index.ts';
import {
  cutAt,
  cutOff,
  flipped,
  INSTEAD,
  inTextMode,
  takenForText,
  without,
  zeroed,
} from '../damage.ts';
import { type FieldFile, type FieldFiles, ISSUED, NUMBER } from '../field-file.ts';
import { content, invoiceLines, ofdFile, ofdParts, signed, xml } from './writer.ts';
import { archive } from './zip-writer.ts';

const PAGE = 'Doc_0/Pages/Page_0/Content.xml';
const MISSING = { verdict: 'corrupt', reason: 'missing_part' } as const;
const NO_FILE = { verdict: 'corrupt', reason: ['not_a_file', 'truncated'] } as const;
const DIGEST = { verdict: 'corrupt', reason: 'digest_mismatch' } as const;

const specimen = () => specimenFile('ofd', specimenInvoice(NUMBER, ISSUED));
const plain = () => ofdFile();

/** The archive cut or hurt. */
export const OFD_HURT: FieldFiles = {
  ...Object.fromEntries(
    [10, 30, 50, 70, 90, 99].map((share) => [
      `cut at ${share} %`,
      () => cutAt(specimen(), share / 100),
    ]),
  ),
  'the last byte lost': () => cutOff(plain(), 1),
  'the end record lost': () => cutOff(plain(), 22),
  'the first 100 bytes lost': () => plain().subarray(100),
  'a block lost in the middle': () => without(specimen(), 'PK\x03\x04', 2_000, 512),
  'a bit of the page data': () => flipped(plain(), PAGE, PAGE.length + 40),
  'a bit of the font data': () => flipped(plain(), 'specimen.ttf', 9_000),
  'a bit of stored data': () =>
    flipped(ofdFile(ofdParts(), { each: { method: 'stored' } }), 'Amount 100.00', 8, 0x01),
  'a bit of a local CRC': () => flipped(plain(), 'PK\x03\x04', 15),
  'a bit of a CRC of the directory': () => flipped(plain(), 'PK\x01\x02', 17),
  'a bit of a size of the directory': () => flipped(plain(), 'PK\x01\x02', 20),
  'a bit of an offset of the directory': () => flipped(plain(), 'PK\x01\x02', 42),
  'a bit of a method of the directory': () => flipped(plain(), 'PK\x01\x02', 10, 0x01),
  'a bit of a name of the directory': () => flipped(plain(), 'PK\x01\x02', 47),
  'a bit of a local signature': () => flipped(plain(), 'PK\x03\x04', 2),
  'a bit of the end record': () => flipped(plain(), 'PK\x05\x06', 2),
  'a bit of the offset in the end record': () => flipped(plain(), 'PK\x05\x06', 17),
  'a bit of the count in the end record': () => flipped(plain(), 'PK\x05\x06', 10, 0x01),
  '512 zeros in the font': () => zeroed(plain(), 'specimen.ttf', 4_000, 512),
  '30 zeros in the page': () => zeroed(plain(), PAGE, PAGE.length + 20, 30),
  'zeros over the directory': () => zeroed(plain(), 'PK\x01\x02', 0, 60),
  'a wrong CRC in both places': () =>
    ofdFile(ofdParts(), { entries: { [PAGE]: { crc: 0x0badcafe } } }),
  'a wrong size in both places': () => ofdFile(ofdParts(), { entries: { [PAGE]: { size: 7 } } }),
  'taken for text': () => takenForText(specimen()),
  'through a transfer in text mode': () => inTextMode(specimen()),
};

/** A document with a part that a page needs left out, the archive whole. */
export const OFD_MISSING: FieldFiles = {
  'OFD.xml': left('OFD.xml', { verdict: 'corrupt' }),
  'the document root': left('Doc_0/Document.xml', { verdict: 'corrupt' }),
  'the page': left(PAGE, MISSING),
  'the template': left('Doc_0/Tpls/Tpl_0/Content.xml', MISSING),
  'the public resources': left('Doc_0/PublicRes.xml', MISSING),
  'the document resources': left('Doc_0/DocumentRes.xml', MISSING),
  'the picture': left('Doc_0/Res/point.png', MISSING),
  'the font': left('Doc_0/Res/specimen.ttf', MISSING),
  'a signed part': {
    id: 'F10',
    make: () => ofdFile(leftOut(signed(ofdParts()), 'Doc_0/Res/point.png')),
    unseen: 'a part',
    should: { verdict: 'corrupt' },
  },
  'the signature file': {
    id: 'F10',
    make: () => ofdFile(leftOut(signed(ofdParts()), 'Doc_0/Signs/Sign_0/Signature.xml')),
  },
  'the list of signatures': {
    id: 'F10',
    make: () => ofdFile(leftOut(signed(ofdParts()), 'Doc_0/Signs/Signatures.xml')),
  },
  'any page': () =>
    ofdFile(
      ofdParts({
        'Doc_0/Document.xml': String(ofdParts()['Doc_0/Document.xml']).replace(
          /<ofd:Pages>.*<\/ofd:Pages>/,
          '<ofd:Pages/>',
        ),
      }),
    ),
};

function left(name: string, should: NonNullable<FieldFile['should']>): FieldFile {
  return { id: 'F10', make: () => ofdFile(ofdParts({ [name]: null })), unseen: 'a part', should };
}

function leftOut(parts: Readonly<Record<string, string | Uint8Array>>, name: string) {
  return Object.fromEntries(Object.entries(parts).filter(([it]) => it !== name));
}

/** Parts that were changed and the archive written anew: no CRC tells. */
export const OFD_CHANGED: FieldFiles = {
  'an amount of a signed page': {
    make: () => changed(PAGE, (text) => text.replace('113.00', '913.00')),
    should: DIGEST,
  },
  'a digest of the signature': {
    make: () =>
      changed('Doc_0/Signs/Sign_0/Signature.xml', (text) =>
        text.replace(/(?<=CheckValue>)[\s\S]/, (it) => (it === 'A' ? 'B' : 'A')),
      ),
    should: { verdict: 'corrupt' },
  },
  'another page in a signed document': {
    make: () => changed(PAGE, () => content([...invoiceLines(), 'more'])),
    should: DIGEST,
  },
  'a signed page that is cut': {
    make: () => changed(PAGE, (text) => text.slice(0, text.length >> 1)),
    should: { verdict: 'corrupt' },
  },
  'an unsigned page that is cut': {
    make: () => unsigned((text) => text.slice(0, text.length >> 1)),
    should: { verdict: 'corrupt', reason: 'not_well_formed' },
  },
  'an unsigned page of other letters': {
    make: () => unsigned((text) => text.replace('</ofd:TextCode>', '</ofd:TextC0de>')),
    should: { verdict: 'corrupt', reason: 'not_well_formed' },
  },
  'an empty page': { make: () => unsigned(() => ''), should: { verdict: 'corrupt' } },
  'a page of HTML within': {
    make: () => unsigned(() => '<!DOCTYPE html><html><body>502<br></body></html>'),
    should: { verdict: 'corrupt' },
  },
  'an amount of an unsigned page': () => unsigned((text) => text.replace('113.00', '913.00')),
  'another root of the entry': {
    make: () => ofdFile(ofdParts({ 'OFD.xml': xml('OFT', '') })),
    should: { verdict: 'corrupt' },
  },
};

function changed(name: string, change: (text: string) => string): Buffer {
  const parts = signed(ofdParts());
  return ofdFile({ ...parts, [name]: change(String(parts[name])) });
}

function unsigned(change: (text: string) => string): Buffer {
  return ofdFile(ofdParts({ [PAGE]: change(String(ofdParts()[PAGE])) }));
}

/** Other things under the name of a file. */
export const OFD_INSTEAD: FieldFiles = {
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
  'an archive without a document': {
    make: () => archive([['readme.txt', '样张']]),
    should: { verdict: 'corrupt' },
  },
  'an empty archive': { make: () => archive([]), should: { verdict: 'corrupt' } },
  'the file in gzip': { make: () => gzipSync(plain()), should: NO_FILE },
};

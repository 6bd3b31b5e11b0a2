import { deflateSync } from 'node:zlib';
import { type FieldFiles, latin1 } from '../field-file.ts';
import { onePage, page, pageText, streamed, tableFile } from './writer.ts';

/** Page contents through each filter of PDF 1.7, 7.4, and what no reader knows. */
export const PDF_FILTERS: FieldFiles = {
  'no filter': () => through('', pageText()),
  ASCIIHexDecode: () => through('/ASCIIHexDecode', hex(latin1(pageText()))),
  ASCII85Decode: () => through('/ASCII85Decode', ascii85(latin1(pageText()))),
  LZWDecode: () => through('/LZWDecode', lzw(latin1(pageText()))),
  RunLengthDecode: () => through('/RunLengthDecode', runLength(latin1(pageText()))),
  'two filters': () =>
    through('[/ASCII85Decode /FlateDecode]', ascii85(deflateSync(latin1(pageText())))),
  'an identity crypt filter': () => through('/Crypt', pageText()),
  'the short names of filters': () => through('[/AHx /Fl]', hex(deflateSync(latin1(pageText())))),
  'a picture through DCTDecode': () => picture('/DCTDecode', JPEG, '/DeviceGray'),
  'a picture through CCITTFaxDecode': () =>
    picture(
      '/CCITTFaxDecode /DecodeParms << /K -1 /Columns 8 /Rows 8 >>',
      latin1('\xff\xc0\x04\x00\x40'),
      '/DeviceGray',
    ),
  'a picture in the page content': () => {
    const inline = 'q 40 0 0 40 300 20 cm BI /W 2 /H 2 /BPC 8 /CS /G /F /AHx ID 00ff00ff> EI Q\n';
    return tableFile(onePage({ 4: streamed(pageText() + inline) }));
  },
  'an unknown filter': {
    id: 'F12',
    make: () => through('/BrotliishDecode', deflateSync(latin1(pageText()))),
    should: { verdict: 'unjudged', reason: 'unknown_filter', checked: 'none' },
  },
  'an unknown filter of what no page needs': () =>
    tableFile({ ...onePage(), 6: streamed('whatever', '/Filter /BrotliishDecode ') }),
  'a stream that lies in another file': () =>
    tableFile({ ...onePage(), 6: streamed('', '/F (elsewhere.bin) ') }),
};

function through(filter: string, data: Uint8Array | string): Buffer {
  return tableFile(onePage({ 4: streamed(data, filter === '' ? '' : `/Filter ${filter} `) }));
}

function picture(filter: string, data: Uint8Array, space: string): Buffer {
  const says = `/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace ${space} `;
  return tableFile({
    ...onePage(),
    3: page(4).replace('/Font', '/XObject << /I1 6 0 R >> /Font'),
    4: streamed(`${pageText()}q 40 0 0 40 300 20 cm /I1 Do Q\n`),
    6: streamed(
      data,
      `${says}/BitsPerComponent ${filter.includes('CCITT') ? 1 : 8} /Filter ${filter} `,
    ),
  });
}

function hex(data: Buffer): string {
  return `${data.toString('hex').replace(/.{64}/g, '$&\n')}>`;
}

function ascii85(data: Buffer): string {
  let text = '';
  for (let at = 0; at < data.length; at += 4) {
    const part = data.subarray(at, at + 4);
    let value = Buffer.concat([part, Buffer.alloc(4)]).readUInt32BE();
    let digits = '';
    for (let n = 0; n < 5; n += 1) {
      digits = String.fromCharCode(33 + (value % 85)) + digits;
      value = Math.floor(value / 85);
    }
    text += part.length === 4 && digits === '!!!!!' ? 'z' : digits.slice(0, part.length + 1);
  }
  return `${text.replace(/.{72}/g, '$&\n')}~>`;
}

/** Codes of nine bits only: the table is cleared before it would need ten. */
function lzw(data: Buffer): Buffer {
  const codes = [...data].flatMap((byte, n) => (n % 200 === 0 ? [256, byte] : [byte]));
  const bits = [...codes, 257].map((code) => code.toString(2).padStart(9, '0')).join('');
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Buffer.from(bytes.map((it) => Number.parseInt(it.padEnd(8, '0'), 2)));
}

function runLength(data: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < data.length; at += 100) {
    const part = data.subarray(at, at + 100);
    parts.push(Buffer.from([part.length - 1]), part);
  }
  // A run: three blanks, which mean nothing on a page.
  return Buffer.concat([...parts, Buffer.from([254, 32, 128])]);
}

/** Eight by eight grey points, as a baseline JPEG. */
const JPEG = Buffer.from(
  '/9j/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8Q' +
    'EBD/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8A' +
    'VN//2Q==',
  'base64',
);

import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Colour, Drawing, LineShape, TextShape } from './drawing.ts';
import { FONT, FONT_BYTES, FONT_NAME, glyphOf, glyphWidth } from './font/font.ts';
import { SPECIMEN_MARK, type SpecimenInvoice } from './invoice.ts';
import { layout } from './layout.ts';

/** Object numbers. */
const CATALOG = 1;
const PAGES = 2;
const PAGE = 3;
const CONTENTS = 4;
const INFO = 5;
const FONT_DICT = 6;
const CID_FONT = 7;
const FONT_DESCRIPTOR = 8;
const FONT_FILE = 9;
const TO_UNICODE = 10;

/** Six letters and a plus mark a subset (PDF 1.7, 9.6.4). */
const SUBSET_NAME = `SPECIM+${FONT_NAME}`;

const POINTS_PER_MM = 72 / 25.4;

/**
 * Second line of the file: bytes above 127 tell transfer programs that it is binary (PDF 1.7,
 * 7.5.2).
 */
const HEADER = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');

/**
 * The specimen as PDF 1.7: one page, the font embedded with its Unicode map, so that text can be
 * copied.
 */
export function specimenPdf(invoice: SpecimenInvoice): Uint8Array {
  const page = layout(invoice);
  const box = `[0 0 ${points(page.width)} ${points(page.height)}]`;
  return file(invoice, [
    object(CATALOG, `<< /Type /Catalog /Pages ${PAGES} 0 R /Lang (zh-CN) >>`),
    object(PAGES, `<< /Type /Pages /Kids [${PAGE} 0 R] /Count 1 >>`),
    object(
      PAGE,
      `<< /Type /Page /Parent ${PAGES} 0 R /MediaBox ${box} /Contents ${CONTENTS} 0 R ` +
        `/Resources << /Font << /F1 ${FONT_DICT} 0 R >> >> >>`,
    ),
    stream(CONTENTS, Buffer.from(paint(page))),
    object(INFO, information(invoice)),
    ...FONT_OBJECTS,
  ]);
}

/**
 * Header, objects, cross-reference table and trailer. `objects` are numbered from 1 without a gap.
 */
function file(invoice: SpecimenInvoice, objects: Buffer[]): Uint8Array {
  const offsets: number[] = [];
  let at = HEADER.length;
  for (const one of objects) {
    offsets.push(at);
    at += one.length;
  }
  const id = createHash('sha256').update(`${invoice.number}|${invoice.issued}`).digest('hex');
  const tail =
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n` +
    offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('') +
    `trailer\n<< /Size ${objects.length + 1} /Root ${CATALOG} 0 R /Info ${INFO} 0 R ` +
    `/ID [<${id.slice(0, 32)}> <${id.slice(0, 32)}>] >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([HEADER, ...objects, Buffer.from(tail)]);
}

function object(number: number, body: string): Buffer {
  return Buffer.from(`${number} 0 obj\n${body}\nendobj\n`);
}

function stream(number: number, content: Uint8Array, entries = ''): Buffer {
  const data = deflateSync(content);
  return Buffer.concat([
    Buffer.from(
      `${number} 0 obj\n<< /Length ${data.length} /Filter /FlateDecode${entries} >>\nstream\n`,
    ),
    data,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}

function information(invoice: SpecimenInvoice): string {
  const title = textString(`${SPECIMEN_MARK} ${invoice.number}`);
  return (
    `<< /Title ${title} /Producer (Piaokuang specimen) /CreationDate ` +
    `(D:${invoice.issued}+08'00') >>`
  );
}

/** A text string in UTF-16BE with its byte order mark (PDF 1.7, 7.9.2.2). */
function textString(text: string): string {
  return `<${Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex')}>`;
}

function paint(page: Drawing): string {
  return page.shapes
    .map((shape) => (shape.kind === 'line' ? paintLine(shape, page) : paintText(shape, page)))
    .join('');
}

function paintLine(line: LineShape, page: Drawing): string {
  const from = `${points(line.from.x)} ${points(page.height - line.from.y)} m`;
  const to = `${points(line.to.x)} ${points(page.height - line.to.y)} l`;
  return `${colour(line.colour)} RG ${points(line.width)} w ${from} ${to} S\n`;
}

function paintText(text: TextShape, page: Drawing): string {
  const angle = (text.turned * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const matrix = [cos, sin, -sin, cos].map((value) => value.toFixed(4)).join(' ');
  const at = `${points(text.x)} ${points(page.height - text.y)}`;
  const glyphs = [...text.text].map((char) => hex16(glyphOf(char))).join('');
  return (
    `BT ${colour(text.colour)} rg /F1 ${points(text.size)} Tf ` +
    `${matrix} ${at} Tm <${glyphs}> Tj ET\n`
  );
}

function points(mm: number): string {
  return String(Math.round(mm * POINTS_PER_MM * 100) / 100);
}

function colour(rgb: Colour): string {
  return rgb.map((part) => (part / 255).toFixed(3)).join(' ');
}

function hex16(value: number): string {
  return value.toString(16).padStart(4, '0');
}

/** The font is the same in every specimen: compressed once. */
const FONT_OBJECTS = fontObjects();

/** A composite font whose codes are the glyphs themselves (PDF 1.7, 9.7). */
function fontObjects(): Buffer[] {
  const base = `/Type /Font /BaseFont /${SUBSET_NAME}`;
  const widths = FONT.advances.map((_, glyph) => glyphWidth(glyph)).join(' ');
  const perMille = (value: number) => Math.round((value * 1000) / FONT.units_per_em);
  return [
    object(
      FONT_DICT,
      `<< ${base} /Subtype /Type0 /Encoding /Identity-H ` +
        `/DescendantFonts [${CID_FONT} 0 R] /ToUnicode ${TO_UNICODE} 0 R >>`,
    ),
    object(
      CID_FONT,
      `<< ${base} /Subtype /CIDFontType2 /CIDToGIDMap /Identity /DW 1000 /W [0 [${widths}]] ` +
        '/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ' +
        `/FontDescriptor ${FONT_DESCRIPTOR} 0 R >>`,
    ),
    object(
      FONT_DESCRIPTOR,
      `<< /Type /FontDescriptor /FontName /${SUBSET_NAME} /Flags 4 /ItalicAngle 0 /StemV 80 ` +
        `/FontBBox [${FONT.box.map(perMille).join(' ')}] /Ascent ${perMille(FONT.ascent)} ` +
        `/Descent ${perMille(FONT.descent)} /CapHeight 733 /FontFile2 ${FONT_FILE} 0 R >>`,
    ),
    stream(FONT_FILE, FONT_BYTES, ` /Length1 ${FONT_BYTES.length}`),
    stream(TO_UNICODE, Buffer.from(toUnicode())),
  ];
}

/** Glyph -> character, in blocks of at most 100 as CMaps want them (Adobe Technical Note 5411). */
function toUnicode(): string {
  const pairs = [...FONT.glyphs].map(([code, glyph]) => `<${hex16(glyph)}> <${hex16(code)}>`);
  const blocks: string[] = [];
  for (let from = 0; from < pairs.length; from += 100) {
    const block = pairs.slice(from, from + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`);
  }
  return (
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n' +
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n' +
    '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n' +
    `1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${blocks.join('')}` +
    'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n'
  );
}

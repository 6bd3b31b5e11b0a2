import { createHash } from 'node:crypto';
import { dateTime, isoDate } from './dates.ts';
import type { Colour, Drawing, LineShape, TextShape } from './drawing.ts';
import { FONT_BYTES, FONT_NAME, glyphOf, glyphWidth } from './font/font.ts';
import type { SpecimenInvoice } from './invoice.ts';
import { layout } from './layout.ts';
import { element, escapeXml, XML_DECLARATION } from './markup.ts';
import { yuan } from './money.ts';
import { signWithTestKey, TEST_KEY_ALGORITHM_OID } from './test-key.ts';
import { type ZipPart, zip, zipPart } from './zip.ts';

const NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"';
const FONT_ID = 1;
const PAGE_ID = 2;
const LAYER_ID = 3;
const FIRST_SHAPE_ID = 10;
const SM3_OID = '1.2.156.10197.1.401';

/** The font is the same in every specimen: compressed once. */
const FONT_PART = zipPart('Doc_0/Res/specimen.ttf', FONT_BYTES);

/**
 * The specimen as OFD (GB/T 33190-2016): one page; every part but those of the signature itself is
 * referenced with its SM3 digest; signed with a public test key, without a seal.
 */
export function specimenOfd(invoice: SpecimenInvoice): Uint8Array {
  const page = layout(invoice);
  const parts = [
    xmlPart('OFD.xml', entryFile(invoice)),
    xmlPart('Doc_0/Document.xml', documentRoot(page)),
    xmlPart('Doc_0/PublicRes.xml', resources()),
    xmlPart('Doc_0/Pages/Page_0/Content.xml', pageContent(page)),
    FONT_PART,
  ];
  return zip([...parts, ...signatureParts(parts, invoice)], invoice.issued);
}

function xmlPart(name: string, body: string): ZipPart {
  return zipPart(name, `${XML_DECLARATION}${body}\n`);
}

function entryFile(invoice: SpecimenInvoice): string {
  const data: Record<string, string> = {
    发票号码: invoice.number,
    开票日期: isoDate(invoice.issued),
    合计金额: yuan(invoice.amount_fen),
    合计税额: yuan(invoice.tax_fen),
    价税合计: yuan(invoice.total_fen),
    销售方名称: invoice.seller.name,
    销售方纳税人识别号: invoice.seller.tax_id,
    购买方名称: invoice.buyer.name,
    购买方纳税人识别号: invoice.buyer.tax_id,
    备注: invoice.remark,
  };
  const custom = Object.entries(data).map(
    ([name, value]) => `<ofd:CustomData Name="${name}">${escapeXml(value)}</ofd:CustomData>`,
  );
  const id = createHash('sha256').update(`${invoice.number}|${invoice.issued}`).digest('hex');
  return (
    `<ofd:OFD ${NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>` +
    element('ofd:DocID', id.slice(0, 32)) +
    element('ofd:CreationDate', isoDate(invoice.issued)) +
    element('ofd:Creator', 'Piaokuang specimen') +
    `<ofd:CustomDatas>${custom.join('')}</ofd:CustomDatas></ofd:DocInfo>` +
    element('ofd:DocRoot', 'Doc_0/Document.xml') +
    element('ofd:Signatures', 'Doc_0/Signs/Signatures.xml') +
    '</ofd:DocBody></ofd:OFD>'
  );
}

function documentRoot(page: Drawing): string {
  const lastId = FIRST_SHAPE_ID + page.shapes.length;
  const box = element('ofd:PhysicalBox', `0 0 ${page.width} ${page.height}`);
  return (
    `<ofd:Document ${NAMESPACE}><ofd:CommonData>${element('ofd:MaxUnitID', lastId)}` +
    `<ofd:PageArea>${box}</ofd:PageArea>` +
    `${element('ofd:PublicRes', 'PublicRes.xml')}</ofd:CommonData>` +
    `<ofd:Pages><ofd:Page ID="${PAGE_ID}" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>` +
    '</ofd:Document>'
  );
}

function resources(): string {
  return (
    `<ofd:Res ${NAMESPACE} BaseLoc="Res"><ofd:Fonts>` +
    `<ofd:Font ID="${FONT_ID}" FontName="${FONT_NAME}" FamilyName="${FONT_NAME}">` +
    `${element('ofd:FontFile', 'specimen.ttf')}</ofd:Font></ofd:Fonts></ofd:Res>`
  );
}

function pageContent(page: Drawing): string {
  const objects = page.shapes.map((shape, index) => {
    const id = FIRST_SHAPE_ID + index;
    return shape.kind === 'line' ? pathObject(shape, id) : textObject(shape, id, page);
  });
  return (
    `<ofd:Page ${NAMESPACE}><ofd:Area>` +
    `${element('ofd:PhysicalBox', `0 0 ${page.width} ${page.height}`)}</ofd:Area>` +
    `<ofd:Content><ofd:Layer ID="${LAYER_ID}" Type="Body">${objects.join('')}</ofd:Layer>` +
    '</ofd:Content></ofd:Page>'
  );
}

function pathObject(line: LineShape, id: number): string {
  const left = Math.min(line.from.x, line.to.x);
  const top = Math.min(line.from.y, line.to.y);
  const right = Math.max(line.from.x, line.to.x);
  const bottom = Math.max(line.from.y, line.to.y);
  // The boundary clips: it is wider than the line by the line's width on each side.
  const margin = line.width;
  const boundary = [
    left - margin,
    top - margin,
    right - left + 2 * margin,
    bottom - top + 2 * margin,
  ];
  const at = (x: number, y: number) => `${mm(x - left + margin)} ${mm(y - top + margin)}`;
  return (
    `<ofd:PathObject ID="${id}" Boundary="${boundary.map(mm).join(' ')}" ` +
    `LineWidth="${mm(line.width)}">` +
    `<ofd:StrokeColor Value="${rgb(line.colour)}"/><ofd:AbbreviatedData>` +
    `M ${at(line.from.x, line.from.y)} L ${at(line.to.x, line.to.y)}` +
    '</ofd:AbbreviatedData></ofd:PathObject>'
  );
}

/**
 * Text in a box that is as large as the page when it is turned, so that nothing of it is clipped.
 */
function textObject(text: TextShape, id: number, page: Drawing): string {
  const turned = text.turned !== 0;
  const ascent = text.size;
  const widths = [...text.text].map((char) => (glyphWidth(glyphOf(char)) * text.size) / 1000);
  const width = widths.reduce((sum, one) => sum + one, 0);
  const boundary = turned
    ? [0, 0, page.width, page.height]
    : [text.x, text.y - ascent, width + text.size, 1.5 * text.size];
  const matrix = turned ? ` CTM="${turn(text)}"` : '';
  const start = turned ? 'X="0" Y="0"' : `X="0" Y="${mm(ascent)}"`;
  const deltas = widths.length > 1 ? ` DeltaX="${widths.slice(0, -1).map(mm).join(' ')}"` : '';
  return (
    `<ofd:TextObject ID="${id}" Boundary="${boundary.map(mm).join(' ')}" Font="${FONT_ID}" ` +
    `Size="${mm(text.size)}"${matrix}><ofd:FillColor Value="${rgb(text.colour)}"/>` +
    `<ofd:TextCode ${start}${deltas}>${escapeXml(text.text)}</ofd:TextCode></ofd:TextObject>`
  );
}

/** Turns about the text's start; y grows downwards, so counter-clockwise is negative. */
function turn(text: TextShape): string {
  const angle = (-text.turned * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos, sin, -sin, cos, text.x, text.y].map((value) => value.toFixed(4)).join(' ');
}

function mm(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

function rgb(value: Colour): string {
  return value.join(' ');
}

function signatureParts(parts: ZipPart[], invoice: SpecimenInvoice): ZipPart[] {
  const folder = 'Doc_0/Signs/Sign_0';
  const signature = xmlPart(`${folder}/Signature.xml`, signatureXml(parts, invoice));
  return [
    xmlPart(
      'Doc_0/Signs/Signatures.xml',
      `<ofd:Signatures ${NAMESPACE}>${element('ofd:MaxSignId', 1)}` +
        '<ofd:Signature ID="1" Type="Sign" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>',
    ),
    signature,
    zipPart(`${folder}/SignedValue.dat`, signWithTestKey(signature.bytes)),
  ];
}

function signatureXml(parts: ZipPart[], invoice: SpecimenInvoice): string {
  const references = parts.map((part) => {
    const digest = createHash('sm3').update(part.bytes).digest('base64');
    const value = element('ofd:CheckValue', digest);
    return `<ofd:Reference FileRef="/${part.name}">${value}</ofd:Reference>`;
  });
  return (
    `<ofd:Signature ${NAMESPACE}><ofd:SignedInfo>` +
    '<ofd:Provider ProviderName="Piaokuang TEST key" Version="1.0"' +
    ' Company="self-signed, no legal effect"/>' +
    element('ofd:SignatureMethod', TEST_KEY_ALGORITHM_OID) +
    element('ofd:SignatureDateTime', dateTime(invoice.issued)) +
    `<ofd:References CheckMethod="${SM3_OID}">${references.join('')}</ofd:References>` +
    '</ofd:SignedInfo>' +
    `${element('ofd:SignedValue', 'SignedValue.dat')}</ofd:Signature>`
  );
}

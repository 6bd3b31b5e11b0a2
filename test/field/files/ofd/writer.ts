import { createHash } from 'node:crypto';
import { FONT_BYTES } from '../../../../probes/specimen/font/font.ts';
import { NUMBER } from '../field-file.ts';
import { type ArchiveWriting, archive } from './zip-writer.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"';
const PAGE = 'Doc_0/Pages/Page_0/Content.xml';

/** The parts of a document by their names; null leaves one out. */
export type OfdParts = Readonly<Record<string, string | Uint8Array>>;
export type Changes = Readonly<Record<string, string | Uint8Array | null>>;

/** One point of red. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

/**
 * A document with one of each part that a page may need: template, resources of the document and of
 * all, a picture, a font. Unsigned.
 */
export function ofdParts(changes: Changes = {}): OfdParts {
  const all = {
    'OFD.xml': entry(),
    'Doc_0/Document.xml': xml(
      'Document',
      '<ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID>' +
        '<ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>' +
        '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>' +
        '<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>' +
        '<ofd:TemplatePage ID="3" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>' +
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>',
    ),
    'Doc_0/PublicRes.xml': xml(
      'Res',
      '<ofd:Fonts><ofd:Font ID="4" FontName="Specimen" FamilyName="Specimen">' +
        '<ofd:FontFile>specimen.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>',
      'BaseLoc="Res"',
    ),
    'Doc_0/DocumentRes.xml': xml(
      'Res',
      '<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image" Format="PNG">' +
        '<ofd:MediaFile>point.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>',
      'BaseLoc="Res"',
    ),
    'Doc_0/Res/specimen.ttf': FONT_BYTES,
    'Doc_0/Res/point.png': PNG,
    'Doc_0/Tpls/Tpl_0/Content.xml': content(['SPECIMEN SIMULATED'], { first: 20 }),
    [PAGE]: content(invoiceLines(), {
      template: '<ofd:Template TemplateID="3" ZOrder="Background"/>',
      more: '<ofd:ImageObject ID="60" Boundary="9 9 9 9" CTM="9 0 0 9 0 0" ResourceID="5"/>',
    }),
  };
  return applied(all, changes);
}

function applied(parts: OfdParts, changes: Changes): OfdParts {
  return Object.fromEntries(
    Object.entries({ ...parts, ...changes }).flatMap(([name, it]) =>
      it === null ? [] : [[name, it]],
    ),
  );
}

export function invoiceLines(number = NUMBER): string[] {
  return [`No. ${number}`, 'Amount 100.00', 'Tax 13.00', 'Sum 113.00'];
}

/** The entry document; `number` null says nothing of the invoice. */
export function entry(number: string | null = NUMBER, signatures = ''): string {
  const data =
    number === null
      ? ''
      : `<ofd:CustomDatas><ofd:CustomData Name="发票号码">${number}</ofd:CustomData></ofd:CustomDatas>`;
  return xml(
    'OFD',
    `<ofd:DocBody><ofd:DocInfo><ofd:DocID>00000000000000000000000000000001</ofd:DocID>${data}` +
      `</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>${signatures}</ofd:DocBody>`,
    'Version="1.0" DocType="OFD"',
  );
}

export interface ContentParts {
  first?: number;
  template?: string;
  more?: string;
}

/** A page, or a template, of lines of text. */
export function content(lines: readonly string[], parts: ContentParts = {}): string {
  const { first = 100, template = '', more = '' } = parts;
  const objects = lines.map(
    (line, n) =>
      `<ofd:TextObject ID="${first + n}" Boundary="10 ${10 + (n % 120)} 190 6" Font="4" Size="4">` +
      `<ofd:TextCode X="0" Y="4">${line}</ofd:TextCode></ofd:TextObject>`,
  );
  return xml(
    'Page',
    `${template}<ofd:Content><ofd:Layer ID="${first + 900_000}" Type="Body">` +
      `${objects.join('')}${more}</ofd:Layer></ofd:Content>`,
  );
}

export function xml(root: string, inside: string, attributes = ''): string {
  return `${DECLARATION}<ofd:${root} ${SPACE} ${attributes}>${inside}</ofd:${root}>\n`;
}

export interface SigningParts {
  /** The algorithm of Node's crypto, and how the document calls it; null: it does not. */
  algorithm?: string;
  called?: string | null;
  /** A second seal, which names the list of signatures that it changes. */
  seals?: 1 | 2;
  /** Parts that the signature does not cover. */
  uncovered?: readonly string[];
}

/** The document signed: each part with its digest (GB/T 33190-2016, 18). */
export function signed(parts: OfdParts, how: SigningParts = {}): OfdParts {
  const list = 'Doc_0/Signs/Signatures.xml';
  const entered: OfdParts = {
    ...parts,
    'OFD.xml': entry(NUMBER, `<ofd:Signatures>/${list}</ofd:Signatures>`),
  };
  const one = signatureOf({ ...entered, ...(how.seals === 2 ? { [list]: lists(1) } : {}) }, 0, how);
  const once = { ...entered, [list]: lists(1), ...one };
  if (how.seals !== 2) return once;
  return { ...once, ...signatureOf(once, 1, how), [list]: lists(2) };
}

function lists(count: number): string {
  const entries = Array.from(
    { length: count },
    (_, n) => `<ofd:Signature ID="${n + 1}" Type="Seal" BaseLoc="Sign_${n}/Signature.xml"/>`,
  );
  return xml('Signatures', `<ofd:MaxSignId>${count}</ofd:MaxSignId>${entries.join('')}`);
}

function signatureOf(parts: OfdParts, n: number, how: SigningParts): OfdParts {
  const { algorithm = 'sm3', called = '1.2.156.10197.1.401', uncovered = [] } = how;
  const references = Object.entries(parts)
    .filter(([name]) => !uncovered.includes(name))
    .map(([name, it]) => {
      const digest = createHash(algorithm).update(it).digest('base64');
      return (
        `<ofd:Reference FileRef="/${name}"><ofd:CheckValue>${digest}</ofd:CheckValue>` +
        '</ofd:Reference>'
      );
    });
  const method = called === null ? '' : ` CheckMethod="${called}"`;
  return {
    [`Doc_0/Signs/Sign_${n}/Signature.xml`]: xml(
      'Signature',
      '<ofd:SignedInfo><ofd:Provider ProviderName="TEST" Version="1.0" Company="none"/>' +
        '<ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod>' +
        '<ofd:SignatureDateTime>2026-09-25 12:00:00</ofd:SignatureDateTime>' +
        `<ofd:References${method}>${references.join('')}</ofd:References></ofd:SignedInfo>` +
        '<ofd:SignedValue>SignedValue.dat</ofd:SignedValue>',
    ),
    [`Doc_0/Signs/Sign_${n}/SignedValue.dat`]: 'TEST: no seal, no legal effect',
  };
}

export function ofdFile(parts: OfdParts = ofdParts(), writing: ArchiveWriting = {}): Buffer {
  return archive(Object.entries(parts), writing);
}

import { IntegrityError } from '../../shared/integrity-error.ts';
import type { PdfDocument } from '../file/document.ts';
import type { PdfDictionary, PdfValue } from '../syntax/objects.ts';
import { spend } from '../syntax/source.ts';
import { entriesOf, itemsOf, nameOf, numberOf } from '../syntax/values.ts';
import { type CodeMap, idOfCode, readCodeMap, textOfCode } from './cmap.ts';
import { characterOf } from './glyph-names.ts';

/** Reads what is shown with a font. */
export interface PdfFont {
  /** Calls back for each code of a string. */
  show(bytes: Uint8Array, glyph: (shown: ShownGlyph) => void): void;
}

export interface ShownGlyph {
  /** Empty if it cannot be read. */
  text: string;
  /** Thousandths of the size. */
  width: number;
  /** A space of one byte, which word spacing widens. */
  is_space: boolean;
}

const USUAL_WIDTH = 500;
const FULL_WIDTH = 1000;
/** Work of an entry that is searched, in bytes examined. */
const SEARCH_WORK = 1;

/** The font of a dictionary. One that cannot be read shows empty texts. */
export function openFont(document: PdfDocument, font: PdfDictionary): PdfFont {
  const unicode = codeMapOf(document, font.get('ToUnicode'));
  const composite = nameOf(document.resolve(font.get('Subtype'))) === 'Type0';
  return composite ? compositeFont(document, font, unicode) : simpleFont(document, font, unicode);
}

function codeMapOf(document: PdfDocument, value: PdfValue | undefined): CodeMap | null {
  const stream = document.resolve(value);
  if (stream.kind !== 'stream') return null;
  try {
    const { bytes } = document.dataOf(stream);
    return readCodeMap({ bytes, work: document.source.work });
  } catch (error) {
    if (error instanceof IntegrityError && error.reason !== 'too_large') return null;
    throw error;
  }
}

function simpleFont(document: PdfDocument, font: PdfDictionary, unicode: CodeMap | null): PdfFont {
  const texts = encodingOf(document, font);
  const first = numberOf(document.resolve(font.get('FirstChar')), 0);
  const widths = itemsOf(document.resolve(font.get('Widths')));
  return {
    show(bytes, glyph) {
      for (const code of bytes) {
        const mapped = unicode === null ? null : textOfCode(unicode, code);
        glyph({
          text: mapped ?? texts[code] ?? '',
          width: numberOf(document.resolve(widths[code - first]), USUAL_WIDTH),
          is_space: code === 32,
        });
      }
    },
  };
}

/** Readable by its encoding are the characters that all base encodings have in common, and more. */
function encodingOf(document: PdfDocument, font: PdfDictionary): string[] {
  const encoding = document.resolve(font.get('Encoding'));
  const texts = Array.from({ length: 256 }, () => '');
  const has_base = encoding.kind === 'name' || entriesOf(encoding).has('BaseEncoding');
  if (has_base || !isSymbolic(document, font)) {
    for (let code = 32; code < 127; code += 1) texts[code] = String.fromCharCode(code);
    texts[0xa5] = '¥';
  }
  let code = 0;
  for (const item of itemsOf(document.resolve(entriesOf(encoding).get('Differences')))) {
    if (item.kind === 'number') code = item.value;
    else {
      if (code >= 0 && code < 256) texts[code] = characterOf(nameOf(item)) ?? '';
      code += 1;
    }
  }
  return texts;
}

const SYMBOLIC = 4;

/** Whether the font has an encoding of its own, which only its program tells. */
function isSymbolic(document: PdfDocument, font: PdfDictionary): boolean {
  const descriptor = entriesOf(document.resolve(font.get('FontDescriptor')));
  const flags = numberOf(document.resolve(descriptor.get('Flags')), 0);
  return (flags & SYMBOLIC) !== 0 || nameOf(font.get('Subtype')) === 'Type3';
}

function compositeFont(
  document: PdfDocument,
  font: PdfDictionary,
  unicode: CodeMap | null,
): PdfFont {
  const [first] = itemsOf(document.resolve(font.get('DescendantFonts')));
  const descendant = entriesOf(document.resolve(first));
  const width = widthsOf(document, descendant);
  const encoding = document.resolve(font.get('Encoding'));
  const codes = codeMapOf(document, encoding);
  const name = nameOf(encoding);
  const text = textsBy(name, codes, orderingOf(document, descendant));
  const lengths = codeLengths(document, name, codes);
  const known = new Map<number, ShownGlyph>();
  function look(code_bytes: Uint8Array, code: number): ShownGlyph {
    // Lists are searched from their beginning, but once for each code.
    spend(document.source.work, SEARCH_WORK * (width.entries + (codes?.ids.length ?? 0)));
    const id = codes === null ? code : (idOfCode(codes, code) ?? 0);
    const mapped = unicode === null ? null : textOfCode(unicode, code);
    const is_space = code_bytes.length === 1 && code === 32;
    return { text: mapped ?? text(code_bytes, id), width: width.of(id), is_space };
  }
  return {
    show(bytes, glyph) {
      for (let at = 0; at < bytes.length; ) {
        const length = lengths[bytes[at] ?? 0] ?? 2;
        const code_bytes = bytes.subarray(at, at + length);
        const code = code_bytes.reduce((sum, byte) => sum * 256 + byte, 0);
        const key = code * 8 + length;
        const shown = known.get(key) ?? look(code_bytes, code);
        known.set(key, shown);
        glyph(shown);
        at += length;
      }
    },
  };
}

/** How many bytes a code has, by its first. */
function codeLengths(document: PdfDocument, name: string, codes: CodeMap | null): Uint8Array {
  const lengths = new Uint8Array(256).fill(2);
  // GBK and its kin write ASCII in one byte.
  if (isChineseEncoding(name)) lengths.fill(1, 0, 0x81);
  for (const { from, to, bytes } of codes?.lengths.toReversed() ?? []) {
    spend(document.source.work, lengths.length);
    lengths.fill(Math.max(1, bytes), from, to + 1);
  }
  return lengths;
}

function isChineseEncoding(name: string): boolean {
  return /^GB.*-(EUC-)?[HV]$/.test(name);
}

function orderingOf(document: PdfDocument, descendant: PdfDictionary): string {
  const info = entriesOf(document.resolve(descendant.get('CIDSystemInfo')));
  const ordering = document.resolve(info.get('Ordering'));
  return ordering.kind === 'string' ? String.fromCharCode(...ordering.bytes.subarray(0, 16)) : '';
}

/** How codes are read without a map to Unicode (PDF 1.7, table 118). */
function textsBy(
  name: string,
  codes: CodeMap | null,
  ordering: string,
): (code: Uint8Array, id: number) => string {
  if (/^Uni\w*-(UCS2|UTF16)-/.test(name)) {
    const utf16 = new TextDecoder('utf-16be');
    return (code) => utf16.decode(code);
  }
  if (isChineseEncoding(name)) {
    const gb = new TextDecoder('gb18030');
    return (code) => gb.decode(code);
  }
  const by_id = ordering === 'GB1' && (codes !== null || name.startsWith('Identity'));
  return by_id ? (_, id) => asciiOfGb1(id) : () => '';
}

/** Of Adobe-GB1 the two rows of ASCII (Adobe technical note 5079). */
function asciiOfGb1(id: number): string {
  if (id >= 1 && id <= 95) return String.fromCharCode(id + 31);
  return id >= 814 && id <= 908 ? String.fromCharCode(id - 814 + 32) : '';
}

interface Widths {
  of(id: number): number;
  /** How many entries are searched for one. */
  entries: number;
}

/** Widths by character id: `c [w1 w2 …]` and `from to w` (PDF 1.7, 9.7.4.3). */
function widthsOf(document: PdfDocument, descendant: PdfDictionary): Widths {
  const usual = numberOf(document.resolve(descendant.get('DW')), FULL_WIDTH);
  const lists: { from: number; widths: PdfValue[] }[] = [];
  const runs: { from: number; to: number; width: number }[] = [];
  const items = itemsOf(document.resolve(descendant.get('W')));
  for (let at = 0; at + 1 < items.length; ) {
    const from = numberOf(document.resolve(items[at]), 0);
    const second = document.resolve(items[at + 1]);
    if (second.kind === 'array') {
      lists.push({ from, widths: second.items });
      at += 2;
    } else {
      const width = numberOf(document.resolve(items[at + 2]), usual);
      runs.push({ from, to: numberOf(second, 0), width });
      at += 3;
    }
  }
  return {
    entries: lists.length + runs.length,
    of(id) {
      const list = lists.find(({ from, widths }) => from <= id && id < from + widths.length);
      const width = list?.widths[id - list.from];
      if (width !== undefined) return numberOf(document.resolve(width), usual);
      return runs.find(({ from, to }) => from <= id && id <= to)?.width ?? usual;
    },
  };
}

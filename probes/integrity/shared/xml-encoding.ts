import { IntegrityError } from './integrity-error.ts';

const HEAD_BYTES = 200;
const UTF8 = 'utf-8';

/** The text and whether only NUL bytes, which readers take for its end, follow it. */
export interface XmlText {
  text: string;
  ends_in_nul: boolean;
}

/**
 * Decodes XML (1.0, appendix F): by its byte order mark, by how `<?` is written, by its
 * declaration, else as UTF-8. Throws `not_well_formed` for bytes that are none of the encoding,
 * `unknown_kind` for an encoding that browsers do not know. A label counts as browsers take it:
 * GB2312 reads GBK.
 */
export function decodeXml(bytes: Uint8Array, name: string): XmlText {
  const { label, unit } = encodingOf(bytes, name);
  const decoder = decoderOf(label, name);
  const end = lengthWithoutNul(bytes, unit);
  try {
    // `stream`: a character cut at the very end is left to the parser, which reports `truncated`.
    const text = decoder.decode(bytes.subarray(0, end), { stream: true });
    return { text, ends_in_nul: end < bytes.length };
  } catch {
    throw new IntegrityError('not_well_formed', `${name}: encoding`);
  }
}

/** The label of the encoding and the bytes of its smallest unit. */
function encodingOf(bytes: Uint8Array, name: string): { label: string; unit: 1 | 2 } {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return { label: 'utf-16le', unit: 2 };
  if (first === 0xfe && second === 0xff) return { label: 'utf-16be', unit: 2 };
  if (first === 0x3c && second === 0 && third !== 0 && fourth === 0) {
    return { label: 'utf-16le', unit: 2 };
  }
  if (first === 0 && second === 0x3c && third === 0 && fourth !== 0) {
    return { label: 'utf-16be', unit: 2 };
  }
  if (first === 0xef && second === 0xbb && third === 0xbf) return { label: UTF8, unit: 1 };
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? UTF8;
  // A declaration readable in single bytes rules out UTF-16 and UTF-32.
  if (/^(utf-?(16|32)|ucs-?[24]|iso-10646)/i.test(declared)) {
    throw new IntegrityError('not_well_formed', `${name}: encoding`);
  }
  return { label: declared, unit: 1 };
}

/** What readers besides browsers call GBK. */
const GBK_ALIASES = new Set(['cp936', 'ms936', 'windows-936', 'euc-cn']);

function decoderOf(label: string, name: string): TextDecoder {
  try {
    const known = GBK_ALIASES.has(label.toLowerCase()) ? 'gbk' : label;
    return new TextDecoder(known, { fatal: true });
  } catch {
    // Other readers know many more: EUC-TW, CP437.
    throw new IntegrityError('unknown_kind', `${name}: encoding ${label}`);
  }
}

function lengthWithoutNul(bytes: Uint8Array, unit: 1 | 2): number {
  let end = bytes.length;
  while (end >= unit && bytes[end - 1] === 0 && bytes[end - unit] === 0) end -= unit;
  return end;
}

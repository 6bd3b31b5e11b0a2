import { noteMalformed, type PdfCursor, spend } from './source.ts';

const ESCAPES: Record<number, number> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 };

/**
 * A literal string: parentheses nest, a backslash escapes (PDF 1.7, 7.3.4.2). Without its end it
 * reaches to the end of the bytes.
 */
export function readString(cursor: PdfCursor): Uint8Array {
  const { bytes } = cursor;
  const from = cursor.at + 1;
  let open = 1;
  let escaped = false;
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === 0x5c) {
      escaped = true;
      at += 1;
    } else if (byte === 0x28) open += 1;
    else if (byte === 0x29) {
      open -= 1;
      if (open === 0) break;
    }
  }
  spend(cursor.work, at - from);
  if (open > 0) noteMalformed(cursor, from);
  cursor.at = Math.min(at + 1, bytes.length);
  const raw = bytes.subarray(from, at);
  return escaped ? unescaped(raw) : raw;
}

function unescaped(raw: Uint8Array): Uint8Array {
  const out = new Uint8Array(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const byte = raw[at] ?? 0;
    if (byte !== 0x5c) {
      out[length++] = byte;
      continue;
    }
    at += 1;
    const next = raw[at] ?? 0;
    if (next >= 0x30 && next <= 0x37) {
      let code = 0;
      const last = at + 2;
      for (; at <= last && isOctal(raw[at]); at += 1) code = code * 8 + (raw[at] ?? 0) - 0x30;
      at -= 1;
      out[length++] = code & 0xff;
    } else if (next === 13 && raw[at + 1] === 10) at += 1;
    else if (next !== 10 && next !== 13) out[length++] = ESCAPES[next] ?? next;
  }
  return out.subarray(0, length);
}

function isOctal(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x37;
}

/** A hexadecimal string; what is no digit is left out, a missing last one is 0 (7.3.4.3). */
export function readHexString(cursor: PdfCursor): Uint8Array {
  const { bytes } = cursor;
  const from = cursor.at + 1;
  const found = bytes.indexOf(0x3e, from);
  const end = found === -1 ? bytes.length : found;
  spend(cursor.work, end - from);
  if (found === -1) noteMalformed(cursor, from);
  cursor.at = Math.min(end + 1, bytes.length);
  return fromHex(bytes.subarray(from, end));
}

/** Bytes of hexadecimal digits, whatever stands between them. */
export function fromHex(text: Uint8Array): Uint8Array {
  const out = new Uint8Array((text.length + 1) >> 1);
  let digits = 0;
  for (const byte of text) {
    const value = HEX[byte] ?? -1;
    if (value < 0) continue;
    out[digits >> 1] = (out[digits >> 1] ?? 0) | ((digits & 1) === 0 ? value << 4 : value);
    digits += 1;
  }
  return out.subarray(0, (digits + 1) >> 1);
}

/** Value of each hexadecimal digit; -1 of all else. */
const HEX = new Int8Array(256).fill(-1);
for (const char of '0123456789abcdefABCDEF') {
  HEX[char.charCodeAt(0)] = Number.parseInt(char, 16);
}

import { fromHex } from '../syntax/strings.ts';
import type { Unpacked } from './lzw.ts';

/** ASCIIHexDecode (PDF 1.7, 7.4.2). */
export function unpackHex(data: Uint8Array): Unpacked {
  const end = data.indexOf(0x3e);
  const text = end === -1 ? data : data.subarray(0, end);
  return { bytes: fromHex(text), damaged: false, over_limit: false };
}

const FIRST_DIGIT = 0x21;
const LAST_DIGIT = 0x75;
const FOUR_ZEROS = 0x7a;

/** ASCII85Decode (PDF 1.7, 7.4.3); what is no digit is `damaged`. */
export function unpackBase85(data: Uint8Array, limit: number): Unpacked {
  const out = new Uint8Array(Math.min(limit, data.length * 4));
  let size = 0;
  let group = 0;
  let digits = 0;
  let damaged = false;
  // Some writers begin as in PostScript: <~.
  const from = data[0] === 0x3c && data[1] === 0x7e ? 2 : 0;
  for (const byte of data.subarray(from)) {
    if (byte === 0x7e) break;
    if (byte <= 0x20) continue;
    if (size + 4 > limit) return { bytes: out.subarray(0, size), damaged, over_limit: true };
    if (byte === FOUR_ZEROS && digits === 0) size += 4;
    else if (byte < FIRST_DIGIT || byte > LAST_DIGIT) damaged = true;
    else {
      group = group * 85 + byte - FIRST_DIGIT;
      digits += 1;
      if (digits === 5) {
        put(out, size, group, 4);
        size += 4;
        group = 0;
        digits = 0;
      }
    }
  }
  if (digits > 1) {
    for (let missing = digits; missing < 5; missing += 1) group = group * 85 + 84;
    put(out, size, group, digits - 1);
    size += digits - 1;
  }
  return { bytes: out.subarray(0, size), damaged, over_limit: false };
}

function put(out: Uint8Array, at: number, group: number, count: number): void {
  for (let byte = 0; byte < count; byte += 1) {
    out[at + byte] = Math.floor(group / 256 ** (3 - byte)) & 0xff;
  }
}

const END_OF_RUNS = 128;

/** RunLengthDecode (PDF 1.7, 7.4.5). */
export function unpackRuns(data: Uint8Array, limit: number): Unpacked {
  const out = new Uint8Array(Math.min(limit, data.length * 64));
  let size = 0;
  for (let at = 0; at < data.length; ) {
    const length = data[at] ?? 0;
    if (length === END_OF_RUNS) break;
    const count = length < END_OF_RUNS ? length + 1 : 257 - length;
    if (size + count > limit) {
      return { bytes: out.subarray(0, size), damaged: false, over_limit: true };
    }
    if (length < END_OF_RUNS) {
      out.set(data.subarray(at + 1, at + 1 + count), size);
      at += 1 + count;
    } else {
      out.fill(data[at + 1] ?? 0, size, size + count);
      at += 2;
    }
    size += count;
  }
  return { bytes: out.subarray(0, size), damaged: false, over_limit: false };
}

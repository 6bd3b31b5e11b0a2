const CLEAR = 256;
const END = 257;
const FIRST_CODE = 258;
const MOST_CODES = 4096;

/** What unpacking gave; `damaged` if a code was none. */
export interface Unpacked {
  bytes: Uint8Array;
  damaged: boolean;
  /** There was more than the limit. */
  over_limit: boolean;
}

/** LZWDecode (PDF 1.7, 7.4.4); `early`: codes lengthen one entry early, as is the default. */
export function unpackLzw(data: Uint8Array, early: boolean, limit: number): Unpacked {
  const prefix = new Uint16Array(MOST_CODES);
  const suffix = new Uint8Array(MOST_CODES);
  const length = new Uint16Array(MOST_CODES).fill(1, 0, CLEAR);
  for (let code = 0; code < CLEAR; code += 1) suffix[code] = code;
  let out = new Uint8Array(Math.min(limit, Math.max(1024, data.length * 4)));
  let size = 0;
  let next = FIRST_CODE;
  let width = 9;
  let previous = -1;
  let hold = 0;
  let bits = 0;
  for (let at = 0; at < data.length || bits >= width; ) {
    while (bits < width && at < data.length) {
      hold = ((hold << 8) | (data[at] ?? 0)) & 0xffffff;
      bits += 8;
      at += 1;
    }
    if (bits < width) break;
    const code = (hold >> (bits - width)) & ((1 << width) - 1);
    bits -= width;
    if (code === END) break;
    if (code === CLEAR) {
      next = FIRST_CODE;
      width = 9;
      previous = -1;
      continue;
    }
    const repeats = code === next && previous !== -1;
    if (code > END && code >= next && !repeats) return result(out, size, true, false);
    if (code >= CLEAR && previous === -1) return result(out, size, true, false);
    const source = repeats ? previous : code;
    const count = (length[source] ?? 0) + (repeats ? 1 : 0);
    if (size + count > limit) return result(out, size, false, true);
    if (size + count > out.length) out = grown(out, size + count, limit);
    let end = size + count - 1;
    if (repeats) end -= 1;
    let first = source;
    for (let walk = source, to = end; to >= size; to -= 1, walk = prefix[walk] ?? 0) {
      out[to] = suffix[walk] ?? 0;
      first = walk;
    }
    if (repeats) out[size + count - 1] = suffix[first] ?? 0;
    if (previous !== -1 && next < MOST_CODES) {
      prefix[next] = previous;
      suffix[next] = suffix[first] ?? 0;
      length[next] = (length[previous] ?? 0) + 1;
      next += 1;
    }
    const ahead = next + (early ? 1 : 0);
    if (ahead >= 2048) width = 12;
    else if (ahead >= 1024) width = 11;
    else if (ahead >= 512) width = 10;
    previous = code;
    size += count;
  }
  return result(out, size, false, false);
}

function result(out: Uint8Array, size: number, damaged: boolean, over_limit: boolean): Unpacked {
  return { bytes: out.subarray(0, size), damaged, over_limit };
}

function grown(out: Uint8Array, least: number, limit: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(limit, Math.max(least, out.length * 2)));
  larger.set(out);
  return larger;
}

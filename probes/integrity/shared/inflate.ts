import {
  Z_DATA_ERROR,
  Z_FINISH,
  Z_NO_FLUSH,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
} from 'pako';

/** What inflating gave. Nothing is thrown: what was there before a fault is kept. */
export interface Inflated {
  /** All that could be inflated, at most the limit. */
  bytes: Uint8Array;
  /**
   * `complete`: the last block ended; `cut`: the data ended before it; `damaged`: a code, a block
   * or a header that is none; `limit`: there is more, or the work is out of proportion.
   */
  end: 'complete' | 'cut' | 'damaged' | 'limit';
  /** Of a cut: whether it lies between two blocks, so that nothing that was begun is missing. */
  between_blocks: boolean;
  /** The Adler-32 behind zlib data; `absent` when fewer than four bytes follow, and of raw data. */
  checksum: 'right' | 'wrong' | 'absent';
  /** Bytes of the data that were read, header and checksum included. */
  used: number;
}

/** Raw deflate with the largest window, in zlib's own terms. */
const RAW_WINDOW_BITS = -15;
const HEADER_BYTES = 2;
const CHECKSUM_BYTES = 4;
const SMALLEST_CHUNK_BYTES = 1024;
const LARGEST_CHUNK_BYTES = 4 * 1024 * 1024;
/** Usual ratio of text; a wrong guess costs a copy. */
const USUAL_RATIO = 4;
const INPUT_PIECE_BYTES = 64 * 1024;
/**
 * No writer needs so many more bytes than they inflate to; blocks that are all tables and no
 * content cost a hundred times as much as text.
 */
const MOST_EXCESS_BYTES = 64 * 1024;

/** Inflates zlib data (RFC 1950) to at most `limit` bytes. A preset dictionary is `damaged`. */
export function inflateZlib(data: Uint8Array, limit: number): Inflated {
  if (data.length < HEADER_BYTES) return failed('cut', data.length);
  if (!isZlibHeader(data[0] ?? 0, data[1] ?? 0)) return failed('damaged', 0);
  const body = data.subarray(HEADER_BYTES);
  const inflated = inflateRaw(body, limit);
  const used = HEADER_BYTES + inflated.used;
  const trailer = data.subarray(used, used + CHECKSUM_BYTES);
  if (inflated.end !== 'complete' || trailer.length < CHECKSUM_BYTES) return { ...inflated, used };
  const stated = new DataView(trailer.buffer, trailer.byteOffset).getUint32(0);
  const checksum = stated === adler32(inflated.bytes) ? 'right' : 'wrong';
  return { ...inflated, checksum, used: used + CHECKSUM_BYTES };
}

/** Inflates raw deflate data (RFC 1951) to at most `limit` bytes. */
export function inflateRaw(data: Uint8Array, limit: number): Inflated {
  const stream = new ZStream();
  zlibInflateInit2(stream, RAW_WINDOW_BITS);
  stream.input = data;
  const chunks: Uint8Array[] = [];
  let size = clamp(data.length * USUAL_RATIO, SMALLEST_CHUNK_BYTES, LARGEST_CHUNK_BYTES);
  let total = 0;
  for (;;) {
    // One byte beyond the limit shows that there is more.
    const chunk = new Uint8Array(Math.min(size, limit + 1 - total));
    const end = fill(stream, chunk, total);
    chunks.push(chunk.subarray(0, stream.next_out));
    total += stream.next_out;
    if (total > limit) return result(stream, chunks, limit, 'limit');
    if (end !== 'full') return result(stream, chunks, total, end);
    size = Math.min(size * 2, LARGEST_CHUNK_BYTES);
  }
}

/** Inflates until the chunk is full or something else happens, piece by piece of the input. */
function fill(stream: ZStream, chunk: Uint8Array<ArrayBuffer>, before: number) {
  stream.output = chunk;
  stream.next_out = 0;
  stream.avail_out = chunk.length;
  for (;;) {
    const left = stream.input.length - stream.next_in;
    stream.avail_in = Math.min(left, INPUT_PIECE_BYTES);
    const last = stream.avail_in === left;
    const status = zlibInflate(stream, last ? Z_FINISH : Z_NO_FLUSH);
    if (status === Z_STREAM_END) return 'complete';
    if (status === Z_DATA_ERROR) return 'damaged';
    if (stream.avail_out === 0) return 'full';
    if (last) return 'cut';
    if (stream.next_in - before - stream.next_out > MOST_EXCESS_BYTES) return 'limit';
  }
}

/** Set in `data_type` when the last block has been read to its end (zlib.h). */
const AT_END_OF_BLOCK = 128;

function result(
  stream: ZStream,
  chunks: Uint8Array[],
  length: number,
  end: Inflated['end'],
): Inflated {
  const between_blocks = end === 'cut' && (stream.data_type & AT_END_OF_BLOCK) !== 0;
  const bytes = joined(chunks, length);
  return { bytes, end, between_blocks, checksum: 'absent', used: stream.next_in };
}

function joined(chunks: Uint8Array[], length: number): Uint8Array {
  const [first = new Uint8Array()] = chunks;
  if (first.length >= length) return first.subarray(0, length);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk.subarray(0, length - at), at);
    at += chunk.length;
  }
  return bytes;
}

function failed(end: 'cut' | 'damaged', used: number): Inflated {
  return { bytes: new Uint8Array(), end, between_blocks: false, checksum: 'absent', used };
}

/** Method 8, no preset dictionary, and the check bits right (RFC 1950, 2.2). */
function isZlibHeader(method: number, flags: number): boolean {
  return (method & 0x0f) === 8 && (flags & 0x20) === 0 && ((method << 8) | flags) % 31 === 0;
}

/** Additions that stay below 2 ** 31, where engines still compute with integers. */
const ADLER_RUN = 3800;
const ADLER_MODULUS = 65_521;

/** Adler-32 (RFC 1950, 8.2), not negative. */
export function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(at + ADLER_RUN, bytes.length);
    for (; at < end; at += 1) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= ADLER_MODULUS;
    high %= ADLER_MODULUS;
  }
  return high * 65_536 + low;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { gzipHeadLength } from './gzip-head.ts';

/** What became of coded bytes. */
export interface Undone {
  /** At most so many bytes as were allowed. */
  bytes: Buffer;
  /** They do not decode. That they are cut is no fault of theirs. */
  is_broken: boolean;
  over_limit: boolean;
}

type Undo = (bytes: Buffer, most: number) => Promise<Undone>;

/** Browsers refuse a window over 8 MB (RFC 9659), which would take as much memory. */
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

/** Content codings that browsers undo, by name in lower case. */
export const CODINGS: ReadonlyMap<string, Undo> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflateEither],
  ['br', (bytes, most) => through(createBrotliDecompress(), bytes, most)],
  ['zstd', (bytes, most) => through(createZstdDecompress(ZSTD), bytes, most)],
]);

const BROKEN: Undone = { bytes: Buffer.alloc(0), is_broken: true, over_limit: false };

/**
 * The first member of gzip, as Chromium reads it (GzipSourceStream): neither its checksum nor what
 * follows it matters.
 */
async function gunzip(bytes: Buffer, most: number): Promise<Undone> {
  const head = gzipHeadLength(bytes);
  return head === null ? BROKEN : await through(createInflateRaw(), bytes.subarray(head), most);
}

/** "deflate" is zlib (RFC 9110, section 8.4.1.2), and raw deflate with some servers. */
async function inflateEither(bytes: Buffer, most: number): Promise<Undone> {
  const zlib = await through(createInflate(), bytes, most);
  const is_raw = zlib.is_broken && zlib.bytes.length === 0;
  return is_raw ? await through(createInflateRaw(), bytes, most) : zlib;
}

/** The end of the input came before the end of what it codes. */
const CUT = new Set(['Z_BUF_ERROR', 'ERR_STREAM_PREMATURE_CLOSE']);

function through(stream: Transform, bytes: Buffer, most: number): Promise<Undone> {
  const { promise, resolve } = Promise.withResolvers<Undone>();
  const parts: Buffer[] = [];
  let left = most;
  function settle(is_broken: boolean, over_limit: boolean): void {
    resolve({ bytes: Buffer.concat(parts), is_broken, over_limit });
    stream.destroy();
  }
  stream.on('data', (part: Buffer) => {
    parts.push(part.subarray(0, left));
    if (part.length > left) settle(false, true);
    left = Math.max(0, left - part.length);
  });
  stream.on('end', () => settle(false, false));
  stream.on('error', ({ code = '' }: NodeJS.ErrnoException) => settle(!CUT.has(code), false));
  stream.end(bytes);
  return promise;
}

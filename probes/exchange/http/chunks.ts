import { fault } from './fault.ts';
import { MAX_HEAD_BYTES } from './head.ts';

/** Undoes the chunked transfer coding. */
export interface ChunkReader {
  /** Takes what has come and passes on the data in it; true once the last chunk has ended. */
  take(bytes: Buffer): boolean;
}

/** Chromium's limit of a line between chunks (HttpChunkedDecoder::kMaxLineBufLen). */
const MAX_LINE = 16_384;
/** A size with its zeros, blanks and CR; what a line has more is an extension. */
const LONGEST_SIZE = 20;
const LF = 10;

/**
 * Reads chunks as Chromium does (HttpChunkedDecoder): lines end by LF or CR LF, blanks after a size
 * and extensions are passed over. Throws at a size that is none, and where extensions and trailers
 * together are longer than a head may be: they are no body, whose limit would end them.
 */
export function createChunkReader(pass: (data: Buffer) => void): ChunkReader {
  let line = '';
  let in_chunk = 0;
  let after_chunk = false;
  let after_last = false;
  let besides = 0;

  /** What a whole line means; true for the empty line at the end. */
  function takeLine(): boolean {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    besides += after_last ? line.length + 1 : Math.max(0, line.length - LONGEST_SIZE);
    if (besides > MAX_HEAD_BYTES) throw fault('ANSWER_INVALID', 'over 256 kB besides the chunks');
    line = '';
    if (after_last) return text === '';
    if (after_chunk) {
      if (text !== '') throw fault('ANSWER_INVALID', 'a chunk longer than it says');
      after_chunk = false;
      return false;
    }
    in_chunk = sizeOf(text);
    after_last = in_chunk === 0;
    return false;
  }

  return {
    take(bytes) {
      for (let at = 0; at < bytes.length; ) {
        if (in_chunk > 0) {
          const data = bytes.subarray(at, at + in_chunk);
          pass(data);
          in_chunk -= data.length;
          after_chunk = in_chunk === 0;
          at += data.length;
          continue;
        }
        const lf = bytes.indexOf(LF, at);
        const end = lf === -1 ? bytes.length : lf;
        line += bytes.toString('latin1', at, end);
        if (line.length > MAX_LINE) throw fault('ANSWER_INVALID', 'a chunk line too long');
        at = end + 1;
        if (lf !== -1 && takeLine()) return true;
      }
      return false;
    },
  };
}

function sizeOf(line: string): number {
  const [, digits] = /^([\da-f]+) *$/i.exec(line.split(';', 1)[0] ?? '') ?? [];
  const size = digits === undefined ? Number.NaN : Number.parseInt(digits, 16);
  if (!Number.isSafeInteger(size)) throw fault('ANSWER_INVALID', 'a chunk size that is no number');
  return size;
}

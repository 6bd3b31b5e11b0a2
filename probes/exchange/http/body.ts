import { createChunkReader } from './chunks.ts';
import type { Framing } from './framing.ts';

/** Gathers a body as far as its limit. */
export interface BodyReader {
  /** Takes what has come; true when no more is needed. */
  take(bytes: Buffer): boolean;
  /** Nothing has to come. */
  readonly is_empty: boolean;
  /** What has come, and whether there was more than the limit. */
  gathered(): { body: Buffer; over_limit: boolean };
}

export function createBodyReader(framing: Framing, max_bytes: number): BodyReader {
  // One buffer that grows: a part may be a single byte, and a list of them takes 100 times as much.
  let gathered: Buffer = Buffer.alloc(0);
  let count = 0;
  let over_limit = false;

  function gather(data: Buffer): void {
    const taken = data.subarray(0, max_bytes - count);
    if (count + taken.length > gathered.length) gathered = grown(taken.length);
    taken.copy(gathered, count);
    count += taken.length;
    if (taken.length < data.length) over_limit = true;
  }

  /** What has come, with room for so much more. */
  function grown(more: number): Buffer {
    const wanted = Math.max(LEAST_BYTES, 2 * gathered.length, count + more);
    const larger = Buffer.alloc(Math.min(wanted, max_bytes));
    gathered.copy(larger, 0, 0, count);
    return larger;
  }

  const takeFramed = framedBy(framing, gather, () => count);
  return {
    take: (bytes) => takeFramed(bytes) || over_limit,
    is_empty: framing.by === 'nothing' || (framing.by === 'length' && framing.length === 0),
    gathered: () => ({ body: gathered.subarray(0, count), over_limit }),
  };
}

const LEAST_BYTES = 16_384;

type Take = (bytes: Buffer) => boolean;

function framedBy(framing: Framing, gather: (data: Buffer) => void, counted: () => number): Take {
  switch (framing.by) {
    case 'nothing':
      return () => true;
    case 'close':
      return (bytes) => {
        gather(bytes);
        return false;
      };
    case 'length':
      return (bytes) => {
        // What follows the announced end is passed over, as browsers do.
        gather(bytes.subarray(0, framing.length - counted()));
        return counted() === framing.length;
      };
    case 'chunks': {
      const chunks = createChunkReader(gather);
      return (bytes) => chunks.take(bytes);
    }
  }
}

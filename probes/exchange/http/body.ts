import { createChunkReader } from './chunks.ts';
import type { Framing } from './framing.ts';
import { gatherBytes } from './gathering.ts';

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
  const gathered = gatherBytes(max_bytes);
  let count = 0;
  let over_limit = false;

  function gather(data: Buffer): void {
    const taken = data.subarray(0, max_bytes - count);
    gathered.add(taken);
    count += taken.length;
    if (taken.length < data.length) over_limit = true;
  }

  const takeFramed = framedBy(framing, gather, () => count);
  return {
    take: (bytes) => takeFramed(bytes) || over_limit,
    is_empty: framing.by === 'nothing' || (framing.by === 'length' && framing.length === 0),
    gathered: () => ({ body: gathered.bytes(), over_limit }),
  };
}

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

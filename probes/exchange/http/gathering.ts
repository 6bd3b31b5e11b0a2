/** Bytes that come in parts, in one buffer. */
export interface Gathering {
  /** Adds a part, in time that is linear in all that comes. */
  add(part: Buffer): void;
  /** All that has come; what is added later does not change it. */
  bytes(): Buffer;
}

const LEAST_BYTES = 16_384;

/**
 * One buffer that doubles: a part may be a single byte, and a list of them takes 100 times as much.
 * The buffer grows to the most bytes that are expected, and beyond only for what comes.
 */
export function gatherBytes(most_bytes: number): Gathering {
  let buffer: Buffer = Buffer.alloc(0);
  let count = 0;

  function grow(needed: number): void {
    const wanted = Math.max(LEAST_BYTES, 2 * buffer.length);
    const larger = Buffer.alloc(Math.max(Math.min(wanted, most_bytes), needed));
    buffer.copy(larger, 0, 0, count);
    buffer = larger;
  }

  return {
    add(part) {
      if (count + part.length > buffer.length) grow(count + part.length);
      part.copy(buffer, count);
      count += part.length;
    },
    bytes: () => buffer.subarray(0, count),
  };
}

import type { EpochMs } from '../vocabulary.ts';

/**
 * Results as bytes: of each the change of the distance to the one before, zigzag, times two, plus
 * one if it was bad, in groups of 7 bits, the lowest first. At regular slots that is one byte.
 */
export interface HistoryPlace {
  /** Of the next byte. */
  readonly index: number;
  /** Slot of the last result before it, and its distance from the one before. */
  readonly at: EpochMs;
  readonly distance_ms: number;
  /** Results before it since the beginning, and bad ones. */
  readonly n: number;
  readonly bad: number;
}

/** Longest distance that can be written, in ms: some six days. */
export const LONGEST_DISTANCE_MS = 2 ** 29;

/** The longest group of bytes. */
const MOST_BYTES = 5;

/** No result yet; the first will be due at the slot. */
export function beginning(slot_at: EpochMs): { bytes: Uint8Array; end: HistoryPlace } {
  const end = { index: 0, at: slot_at, distance_ms: 0, n: 0, bad: 0 };
  return { bytes: new Uint8Array(64), end };
}

/**
 * One more result at the end. Writes behind what other versions read, or into a copy with more
 * room. `slot_at` is not before the last one, and at most LONGEST_DISTANCE_MS after it.
 */
export function appended(
  bytes: Uint8Array,
  end: HistoryPlace,
  { slot_at, is_bad }: { slot_at: EpochMs; is_bad: boolean },
): { bytes: Uint8Array; end: HistoryPlace } {
  const distance_ms = slot_at - end.at;
  const change = distance_ms - end.distance_ms;
  const zigzag = change < 0 ? -2 * change - 1 : 2 * change;
  let left = 2 * zigzag + (is_bad ? 1 : 0);
  const roomy = end.index + MOST_BYTES <= bytes.length ? bytes : withRoom(bytes, end.index);
  let index = end.index;
  while (left >= 128) {
    roomy[index] = (left % 128) + 128;
    index += 1;
    left = Math.floor(left / 128);
  }
  roomy[index] = left;
  const n = end.n + 1;
  const bad = end.bad + (is_bad ? 1 : 0);
  return { bytes: roomy, end: { index: index + 1, at: slot_at, distance_ms, n, bad } };
}

function withRoom(bytes: Uint8Array, used: number): Uint8Array {
  const roomy = new Uint8Array(Math.ceil(used * 1.25) + 64);
  roomy.set(bytes.subarray(0, used));
  return roomy;
}

/** Behind the next result, which must exist. */
export function nextPlace(
  bytes: Uint8Array,
  { index: from, at, distance_ms, n, bad }: HistoryPlace,
): HistoryPlace {
  let index = from;
  let value = 0;
  let unit = 1;
  let byte = bytes[index] ?? 0;
  while (byte >= 128) {
    value += (byte - 128) * unit;
    unit *= 128;
    index += 1;
    byte = bytes[index] ?? 0;
  }
  value += byte * unit;
  const is_bad = value % 2;
  const zigzag = (value - is_bad) / 2;
  const change = zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2;
  const distance = distance_ms + change;
  return {
    index: index + 1,
    at: at + distance,
    distance_ms: distance,
    n: n + 1,
    bad: bad + is_bad,
  };
}

/** From a place on, behind the last result whose slot is not after the edge. */
export function leftBehind(
  bytes: Uint8Array,
  from: HistoryPlace,
  end: HistoryPlace,
  edge: EpochMs,
): HistoryPlace {
  let place = from;
  while (place.index < end.index) {
    const next = nextPlace(bytes, place);
    if (next.at > edge) break;
    place = next;
  }
  return place;
}

/** The place, after `dropped` bytes before it are gone. */
export function moved(place: HistoryPlace, dropped: number): HistoryPlace {
  return { ...place, index: place.index - dropped };
}

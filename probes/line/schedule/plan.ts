import { createHash } from 'node:crypto';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';

/** Maximum offset of checks of one expression. */
const SPREAD_MS = 30 * SECOND;
/** After a start, checks without a regular slot soon run once within this time. */
const FIRST_SLOTS_WITHIN_MS = 3 * SECOND;
const SOON_MS = MINUTE;
/** Distance of confirming slots, from the first bad slot on. */
export const CONFIRMING_DISTANCE_MS = 10 * SECOND;

/**
 * The offset of a check from its cron instant, in ms; deterministic per check, so that checks do
 * not burst.
 */
export function slotOffsetMs(check: string, shortest_distance_ms: number): number {
  return hash(check) % Math.min(shortest_distance_ms, SPREAD_MS);
}

/** An extra slot right after the start; null when a regular one comes within a minute. */
export function firstSlot(
  check: string,
  started_at: EpochMs,
  first_regular_at: EpochMs,
): EpochMs | null {
  if (first_regular_at <= started_at + SOON_MS) return null;
  return started_at + (hash(check) % FIRST_SLOTS_WITHIN_MS);
}

/**
 * The slot that confirms bad results: 10 s after the last bad one, or now if that became known
 * later; null when a regular slot comes first.
 */
export function confirmingSlot(given: {
  bad_slot_at: EpochMs;
  now: EpochMs;
  next_regular_at: EpochMs;
}): EpochMs | null {
  const at = Math.max(given.bad_slot_at + CONFIRMING_DISTANCE_MS, given.now);
  return given.next_regular_at <= at ? null : at;
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

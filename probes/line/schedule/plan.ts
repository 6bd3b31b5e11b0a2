import { createHash } from 'node:crypto';
import { NUMBERS } from '../../../model/numbers.ts';
import { SECOND } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';

/** Maximum offset of checks of one expression. */
const SPREAD_MS = 30 * SECOND;

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
  const { within_ms, unless_within_ms } = NUMBERS.first_slot;
  if (first_regular_at <= started_at + unless_within_ms) return null;
  return started_at + (hash(check) % within_ms);
}

/**
 * The slot that confirms bad results: by the policy's distance after the last bad one, or now if it
 * became known later; null when a regular slot comes first.
 */
export function confirmingSlot(given: {
  bad_slot_at: EpochMs;
  distance_ms: number;
  now: EpochMs;
  next_regular_at: EpochMs;
}): EpochMs | null {
  const at = Math.max(given.bad_slot_at + given.distance_ms, given.now);
  return given.next_regular_at <= at ? null : at;
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

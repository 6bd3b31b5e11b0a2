import type { Clock } from './ports.ts';
import type { EpochMs } from './vocabulary.ts';

/** Units of time in milliseconds. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * The system clocks. Only mains and exchange timing use them directly; everything else receives a
 * `Clock`.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** An instant as ISO 8601 in UTC. */
export function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}

export function isoOrNull(at: EpochMs | null): string | null {
  return at === null ? null : iso(at);
}

/** The latest of the instants that are known; null when none is. */
export function latest(instants: readonly (EpochMs | null)[]): EpochMs | null {
  return chosen(instants, (a, b) => Math.max(a, b));
}

/** The earliest of the instants that are known; null when none is. */
export function earliest(instants: readonly (EpochMs | null)[]): EpochMs | null {
  return chosen(instants, (a, b) => Math.min(a, b));
}

/** Reduces instead of spreading, because there may be more instants than a call has arguments. */
function chosen(
  instants: readonly (EpochMs | null)[],
  choose: (a: EpochMs, b: EpochMs) => EpochMs,
): EpochMs | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : known.reduce(choose);
}

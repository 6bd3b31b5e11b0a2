import type { Maintenance } from '../maintenance.ts';
import { latest } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';

type Covering = Pick<
  Maintenance,
  'actual_from' | 'actual_until' | 'announced_until' | 'resumed_at'
>;

/**
 * When a maintenance covers its scope: from its actual start to the earlier of its actual and
 * announced ends. What lies between an announced end and its extension after that was an overrun
 * and stays one. null: it has not begun, nobody saw it, or it began after its announced end.
 */
export function coverageOf(maintenance: Covering): { from: EpochMs; to: EpochMs } | null {
  const { actual_from, actual_until, announced_until, resumed_at } = maintenance;
  if (actual_from === null) return null;
  const from = Math.max(actual_from, resumed_at ?? actual_from);
  const to = Math.min(announced_until, actual_until ?? announced_until);
  return from < to ? { from, to } : null;
}

/** Start of the coverage in which the instant lies; null when it is not covered. */
export function coversSince(maintenance: Covering, at: EpochMs): EpochMs | null {
  const coverage = coverageOf(maintenance);
  return coverage !== null && coverage.from <= at && at < coverage.to ? coverage.from : null;
}

/** The last end of these that has passed; null: none has. */
export function uncoveredAt(maintenances: readonly Covering[], now: EpochMs): EpochMs | null {
  const ends = maintenances.flatMap((it) => coverageOf(it)?.to ?? []);
  return latest(ends.filter((it) => it <= now));
}

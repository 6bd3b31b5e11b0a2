import type { Maintenance } from '../maintenance.ts';
import { MINUTE } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';
import { isUnderWay } from './life-cycle.ts';

/**
 * An ended maintenance covers its scope at least this long; failures that last longer are outages.
 */
const VERIFYING_COVERS_MS = 15 * MINUTE;

/**
 * Start of the maintenance's coverage of its scope at the instant; null when it does not cover it.
 * It covers its scope while it runs, and while it is being verified until the expected recovery (at
 * least 15 minutes); failures after that are outages.
 */
export function coversSince(
  maintenance: Pick<
    Maintenance,
    'status' | 'actual_from' | 'actual_until' | 'expected_recovery_at'
  >,
  at: EpochMs,
): EpochMs | null {
  const { actual_from, actual_until } = maintenance;
  if (actual_from === null || at < actual_from || !isUnderWay(maintenance)) return null;
  return actual_until === null || at < coversUntil(maintenance) ? actual_from : null;
}

/** When the maintenance stopped covering its scope; null when it has not, or never did. */
export function uncoveredAt(
  maintenance: Pick<Maintenance, 'status' | 'actual_until' | 'expected_recovery_at'>,
  now: EpochMs,
): EpochMs | null {
  if (maintenance.actual_until === null) return null;
  if (!isUnderWay(maintenance)) return maintenance.actual_until;
  const until = coversUntil(maintenance);
  return until <= now ? until : null;
}

/** End of coverage of an ended maintenance, unless its scope is measured operational before. */
function coversUntil({
  actual_until,
  expected_recovery_at,
}: Pick<Maintenance, 'actual_until' | 'expected_recovery_at'>): EpochMs {
  return Math.max(expected_recovery_at, (actual_until ?? 0) + VERIFYING_COVERS_MS);
}

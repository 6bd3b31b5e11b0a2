import type { Maintenance } from '../maintenance.ts';
import { MINUTE } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';
import { isUnderWay } from './life-cycle.ts';

/** Who says it has ended is believed for this long at least; what fails longer is an outage. */
const VERIFYING_COVERS_MS = 15 * MINUTE;

/**
 * Since when the maintenance covers its scope at the instant; null when it does not. While it runs
 * it always does; while it is verified until the expected recovery (and 15 minutes at least): then
 * what still fails is an outage.
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

/**
 * Until when a maintenance that was ended covers its scope, if the scope is not seen to work
 * before.
 */
function coversUntil({
  actual_until,
  expected_recovery_at,
}: Pick<Maintenance, 'actual_until' | 'expected_recovery_at'>): EpochMs {
  return Math.max(expected_recovery_at, (actual_until ?? 0) + VERIFYING_COVERS_MS);
}

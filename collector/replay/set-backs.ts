import { readOwnDetail } from '../../model/own-detail.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { ClockStep } from '../../probes/line/batch.ts';
import type { OwnTroubleReads } from '../../store/ports/own-troubles.ts';

/** The times that the clock is known to have been set back, in order. */
export async function setBacks(
  store: OwnTroubleReads,
  from: EpochMs,
  to: EpochMs,
): Promise<ClockStep[]> {
  const troubles = await store.ownTroubles(from, to);
  const steps = troubles.flatMap(({ kind, since: at, detail }) => {
    const known = kind === 'clock' ? readOwnDetail(detail) : null;
    return known?.code === 'clock_set' ? { at, by_ms: Number(known.values.by_ms) } : [];
  });
  return steps.filter(({ by_ms }) => by_ms < 0);
}

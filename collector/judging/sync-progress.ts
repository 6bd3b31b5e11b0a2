import type { SyncProgress } from '../../model/component.ts';
import type { Policy } from '../../model/configuration.ts';
import type { ValueRange } from '../../model/delays.ts';
import type { JourneyDelay } from '../../model/journey.ts';
import { oldestAcceptance, watermarkAt } from '../../model/judge/sync.ts';
import { DAY } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { SyncMemory } from '../state/sync-memory.ts';

/** Progress of a sync as of the instant, by its journeys; the policy with the slow limit then. */
export function syncProgress(memory: SyncMemory, policy: Policy, now: EpochMs): SyncProgress {
  const { latest_arrived_acceptance_at } = memory;
  const waiting = [...memory.waiting.values()];
  const delays = memory.arrivals.flatMap((it) => it.delay ?? []);
  const [from, to] = [inOrder(delays, 'from_ms'), inOrder(delays, 'to_ms')];
  return {
    watermark_at: watermarkAt(waiting, latest_arrived_acceptance_at),
    waiting: waiting.length,
    oldest_waiting_at: oldestAcceptance(waiting),
    sample: memory.accepted.length,
    young: youngInvoices(memory, policy, now),
    lost: memory.lost.length,
    last_arrival_at: memory.last_arrival_at,
    arrived: { n: delays.length, median_ms: quantile(0.5), p95_ms: quantile(0.95) },
  };

  /** Between that of the earliest and that of the latest that each may be (nearest rank). */
  function quantile(q: number): ValueRange | null {
    const rank = Math.ceil(q * delays.length) - 1;
    const [least, most] = [from[rank], to[rank]];
    return least === undefined || most === undefined ? null : { from: least, to: most };
  }
}

function inOrder(delays: readonly JourneyDelay[], end: keyof JourneyDelay): number[] {
  return delays.map((it) => it[end]).sort((a, b) => a - b);
}

/**
 * Overdue is what a look did not find at an age beyond the slow limit: `slow_wait`, else what is
 * slow by the usual median, since no other quantile of the usual is known. What nobody looked for
 * is not.
 */
function youngInvoices(
  { accepted, waiting }: SyncMemory,
  { slow_wait_ms: limit_ms, visible_within_ms }: Policy,
  now: EpochMs,
): NonNullable<SyncProgress['young']> | null {
  if (limit_ms === null || limit_ms >= visible_within_ms) return null;
  const young_from = now - Math.min(visible_within_ms, DAY);
  const overdue = [...waiting.values()].filter(
    ({ accepted_at, last_absent_at }) =>
      accepted_at > young_from && (last_absent_at ?? 0) - accepted_at > limit_ms,
  );
  const n = accepted.filter((at) => at > young_from).length;
  return { n, overdue: overdue.length, limit_ms };
}

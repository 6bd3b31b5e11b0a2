import type { SyncProgress } from '../../model/component.ts';
import type { Policy } from '../../model/configuration.ts';
import type { ValueRange } from '../../model/delays.ts';
import { oldestAcceptance } from '../../model/judge/sync.ts';
import { watermarkOf } from '../../model/judge/watermark.ts';
import { type BracketedDelay, quantileRange } from '../../model/quantile-range.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { SyncMemory } from '../state/sync-memory.ts';

/** Progress of a sync as of the instant, by its journeys; the policy with the slow limit then. */
export function syncProgress(memory: SyncMemory, policy: Policy, now: EpochMs): SyncProgress {
  const waiting = [...memory.waiting.values()];
  const delays = delaysSince(memory, now - HOUR);
  const watermark = watermarkOf({
    waiting: inOrder(waiting.map((it) => it.accepted_at)),
    latest_arrived: memory.latest_arrived,
    accepted: memory.accepted,
  });
  return {
    watermark_at: watermark.at,
    stragglers: watermark.stragglers,
    waiting: waiting.length,
    oldest_waiting_at: oldestAcceptance(waiting),
    sample: memory.accepted.length,
    young: youngInvoices(memory, policy, now),
    lost: memory.lost.length,
    last_arrival_at: memory.last_arrival_at,
    delays: { n: delays.length, median_ms: rangeOf(0.5), p95_ms: rangeOf(0.95) },
  };

  function rangeOf(q: number): ValueRange | null {
    const range = quantileRange(delays, q);
    return range.from === 0 && range.to === null ? null : range;
  }
}

/** Of those accepted since; one that waits had not come when it was last looked for. */
export function delaysSince({ arrivals, waiting }: SyncMemory, since: EpochMs): BracketedDelay[] {
  const still = [...waiting.values()].map(({ accepted_at, last_absent_at }) => ({
    accepted_at,
    from_ms: Math.max(0, (last_absent_at ?? accepted_at) - accepted_at),
    to_ms: null,
  }));
  return [...arrivals, ...still].filter(({ accepted_at }) => accepted_at > since);
}

function inOrder(instants: readonly EpochMs[]): EpochMs[] {
  return instants.toSorted((a, b) => a - b);
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

import type { SyncProgress } from '../../model/component.ts';
import type { Policy } from '../../model/configuration.ts';
import type { ValueRange } from '../../model/delays.ts';
import { isOverdue, oldestAcceptance } from '../../model/judge/sync.ts';
import { countUntil, watermarkOf } from '../../model/judge/watermark.ts';
import { type BracketedDelay, quantileRanges } from '../../model/quantile-range.ts';
import { DAY } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { SyncMemory } from '../state/sync-memory.ts';
import type { LimitsOfSync } from './limits.ts';

/** What is promised, what is overdue at the instant, and how far back delays are told of. */
type ProgressLimits = Pick<Policy, 'visible_within_ms'> &
  Pick<LimitsOfSync, 'overdue_after_ms' | 'delays_over_ms'>;

/** Progress of a sync as of the instant, by its journeys. */
export function syncProgress(
  memory: SyncMemory,
  limits: ProgressLimits,
  now: EpochMs,
): SyncProgress {
  const waiting = [...memory.waiting.values()];
  const delays = delaysSince(memory, now - limits.delays_over_ms);
  const rangeAt = quantileRanges(delays);
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
    sample: memory.accepted.length - countUntil(memory.accepted, now - DAY),
    young: youngInvoices(memory, limits, now),
    lost: memory.lost.length,
    last_arrival_at: memory.last_arrival_at,
    delays: {
      n: delays.length,
      over_ms: limits.delays_over_ms,
      median_ms: rangeOf(0.5),
      p95_ms: rangeOf(0.95),
    },
  };

  function rangeOf(q: number): ValueRange | null {
    const range = rangeAt(q);
    return range.from === 0 && range.to === null ? null : range;
  }
}

/** Of those accepted since; one that waits had not come when it was last looked for. */
export function delaysSince({ arrivals, waiting }: SyncMemory, since: EpochMs): BracketedDelay[] {
  const delays: BracketedDelay[] = arrivals.filter(({ accepted_at }) => accepted_at > since);
  for (const { accepted_at, last_absent_at } of waiting.values()) {
    if (accepted_at <= since) continue;
    const from_ms = Math.max(0, (last_absent_at ?? accepted_at) - accepted_at);
    delays.push({ from_ms, to_ms: null });
  }
  return delays;
}

function inOrder(instants: readonly EpochMs[]): EpochMs[] {
  return instants.toSorted((a, b) => a - b);
}

/** Those of which the promise time has not passed, where some may be overdue already. */
function youngInvoices(
  { accepted, waiting }: SyncMemory,
  { overdue_after_ms, visible_within_ms }: ProgressLimits,
  now: EpochMs,
): NonNullable<SyncProgress['young']> | null {
  if (overdue_after_ms >= visible_within_ms) return null;
  const young_from = now - Math.min(visible_within_ms, DAY);
  const overdue = [...waiting.values()].filter(
    (it) => it.accepted_at > young_from && isOverdue(it, overdue_after_ms),
  );
  const n = accepted.length - countUntil(accepted, young_from);
  return { n, overdue: overdue.length, limit_ms: overdue_after_ms };
}

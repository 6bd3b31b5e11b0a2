import type { Retention } from '../../model/configuration.ts';
import { COUNTED_FOR_MS, journeysKeptMs } from '../../model/history/kept.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { CONFIRM_WITHIN_MS } from '../../model/subscription.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Prunable, PruneWrites } from '../../store/prune.ts';

/** Rows per transaction: a few ms, so that results are not delayed. */
const SLICE = 200;

export interface Pruning {
  store: PruneWrites;
  retention: Retention;
  /** The longest time within which an invoice was promised: it is counted only then. */
  promise_ms: number;
  /** The longest time after which an event is still taken. */
  lost_after_ms: number;
  now: EpochMs;
  stopped: () => boolean;
}

type KeptBy = Pick<Pruning, 'retention' | 'promise_ms' | 'lost_after_ms'>;

/** Deletes expired rows, slice by slice, until none are left or `stopped` returns true. */
export async function pruneOld(pruning: Pruning): Promise<void> {
  const { store, now, stopped } = pruning;
  for (const [what, age_ms] of retentionByKind(pruning)) {
    while (!stopped() && (await store.prune(what, now - age_ms, SLICE)) === SLICE) await pause();
  }
}

/**
 * Retention by kind of row. Looks count as raw rows; journeys and notifications as evidence; what
 * explains a figure by day as long as the figure. In the
 * order of references: referencing rows first.
 */
function retentionByKind({ retention, promise_ms, lost_after_ms }: KeptBy): [Prunable, number][] {
  return [
    ['results', Math.max(retention.results_ms, COUNTED_FOR_MS)],
    ['usual_delays', Math.max(retention.results_ms, COUNTED_FOR_MS) + HOUR],
    ['usual_traffic', retention.results_ms + (NUMBERS.usual.days + 1) * DAY],
    ['looks', retention.results_ms],
    ['changes', retention.results_ms],
    // As long as one may come again, by whichever clock.
    ['events', Math.max(retention.results_ms, lost_after_ms) + HOUR],
    ['evidence', retention.evidence_ms],
    ['specimens', retention.evidence_ms],
    ['specimen_changes', retention.evidence_ms],
    ['journeys', journeysKeptMs(retention, promise_ms)],
    ['deliveries', retention.evidence_ms],
    ['notices', retention.evidence_ms],
    ['alerts', retention.evidence_ms],
    ['hourly', retention.hourly_ms],
    ['daily', retention.daily_ms],
    ['gaps', retention.daily_ms],
    ['own_troubles', retention.daily_ms],
    ['unconfirmed', CONFIRM_WITHIN_MS],
  ];
}

/** From when on everything is kept that hours and days are counted from. */
export function rowsKeptFrom(pruning: KeptBy & Pick<Pruning, 'now'>): EpochMs {
  const ages = new Map(retentionByKind(pruning));
  const { results = 0, journeys = 0 } = Object.fromEntries(ages);
  return pruning.now - Math.min(results, journeys - pruning.promise_ms);
}

/** Yields to results. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

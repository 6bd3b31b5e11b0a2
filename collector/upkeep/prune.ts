import type { Retention } from '../../model/configuration.ts';
import { CONFIRM_WITHIN_MS } from '../../model/subscription.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Prunable, PruneWrites } from '../../store/prune.ts';

/** Rows in one transaction: a few ms, so that no result waits long for its turn. */
const SLICE = 200;

export interface Pruning {
  store: PruneWrites;
  retention: Retention;
  now: EpochMs;
  stopped: () => boolean;
}

/**
 * Deletes what is older than its retention, slice by slice, until nothing is left or `stopped` says
 * so.
 */
export async function pruneOld({ store, retention, now, stopped }: Pruning): Promise<void> {
  for (const [what, age_ms] of ages(retention)) {
    while (!stopped() && (await store.prune(what, now - age_ms, SLICE)) === SLICE) await pause();
  }
}

/**
 * How long each is kept. Looks are the raw rows of journeys; a journey is evidence, and so is what
 * people were told. In the order of references: what refers to others goes first.
 */
function ages(retention: Retention): [Prunable, number][] {
  return [
    ['results', retention.results_ms],
    ['looks', retention.results_ms],
    ['changes', retention.results_ms],
    ['events', retention.results_ms],
    ['evidence', retention.evidence_ms],
    ['journeys', retention.evidence_ms],
    ['deliveries', retention.evidence_ms],
    ['notices', retention.evidence_ms],
    ['alerts', retention.evidence_ms],
    ['hourly', retention.hourly_ms],
    ['daily', retention.daily_ms],
    ['unconfirmed', CONFIRM_WITHIN_MS],
  ];
}

/** Lets results go first. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

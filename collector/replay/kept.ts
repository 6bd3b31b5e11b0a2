import type { Retention } from '../../model/configuration.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import type { InstallationReads } from '../../store/ports/installation.ts';
import type { Site } from '../state/site.ts';
import { judgedBy } from './judged-by.ts';
import { type Replayed, type ReplayParts, replayLedger } from './replay.ts';

export interface KeptParts {
  store: ReplayParts['store'] & InstallationReads;
  site: Site;
  retention: Pick<Retention, 'results_ms'>;
  /** Lets others work, every few ms. */
  pause: () => Promise<void>;
}

/** Results may be pruned while they are read. */
const MARGIN_MS = HOUR;
/** What is measured now may yet decide states since then. */
const SETTLES_MS = 10 * MINUTE;

/**
 * Judges all results again that are kept. null: others judged last, by other rules or another
 * configuration than these.
 */
export async function replayKept(parts: KeptParts): Promise<Replayed | null> {
  const { store, site, retention } = parts;
  const judge = await store.judge();
  if (judge?.judged_by !== judgedBy(site)) return null;
  const { judged_since } = judge;
  const to = (await store.heartbeat()) ?? 0;
  const from = to - retention.results_ms + MARGIN_MS;
  const compare_until = to - SETTLES_MS;
  return replayLedger({ ...parts, from, to, judged_since, compare_until });
}

import { NUMBERS } from '../model/numbers.ts';
import type { Clock } from '../model/ports.ts';
import { SECOND } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { GapReads } from '../store/ports/gaps.ts';
import type { InstallationReads } from '../store/ports/installation.ts';
import type { ResultReads } from '../store/ports/results.ts';
import { recordedUntil } from './recorded-until.ts';
import type { Opening } from './recording/opening.ts';
import type { LiveState } from './state/live-state.ts';
import type { Site } from './state/site.ts';

export interface DowntimeParts {
  store: ResultReads & GapReads & Pick<InstallationReads, 'restoredAt'>;
  site: Site;
  live: LiveState;
  clock: Clock;
}

/** Rows this far ahead are no rounding. */
const AHEAD_MS = SECOND;

/**
 * What the time before this start was: a gap since all was recorded, unless it was short. Rows
 * that lie ahead show that the wall clock was set back meanwhile, or that they were written with
 * one that was wrong; how long we were not there is then unknown, and no gap.
 */
export async function downtimeBefore(
  parts: DowntimeParts,
): Promise<Pick<Opening, 'downtime' | 'set_back'>> {
  const now = parts.clock.now();
  const newest = await newestRow(parts, now);
  const { heartbeat_at } = parts.live;
  if (newest > now + AHEAD_MS)
    return { downtime: null, set_back: { at: now, by_ms: now - newest } };
  const from = heartbeat_at === null ? null : await recordedUntil(parts, heartbeat_at);
  const is_gap = from !== null && now - from >= NUMBERS.own.gap_from_ms;
  if (!is_gap) return { downtime: null, set_back: null };
  const restored_at = await parts.store.restoredAt();
  const is_restored = restored_at !== null && restored_at >= from;
  return {
    downtime: { from, to: now, cause: is_restored ? 'restored' : 'restart' },
    set_back: null,
  };
}

/** The latest instant that a row was written at, as far as it lies ahead. */
async function newestRow({ store, live }: DowntimeParts, now: EpochMs): Promise<EpochMs> {
  const [ahead] = await store.results({ from: now + AHEAD_MS, to: FAR, limit: 1 });
  const since = [...live.statuses.values()].map((status) => status.since);
  return Math.max(live.heartbeat_at ?? 0, ahead?.slot_at ?? 0, ...since);
}

const FAR = Number.MAX_SAFE_INTEGER;

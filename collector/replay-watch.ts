import { ownDetail } from '../model/own-detail.ts';
import type { Clock, Log } from '../model/ports.ts';
import { HOUR, MINUTE } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { Recorder } from './recorder.ts';
import type { LedgerDifference } from './replay/differences.ts';
import { type KeptParts, replayKept } from './replay/kept.ts';
import type { Replayed } from './replay/replay.ts';
import { startOf } from './upkeep/rollups.ts';

export interface ReplayWatchParts extends Omit<KeptParts, 'pause'> {
  recorder: Pick<Recorder, 'condition'>;
  clock: Clock;
  log: Log;
}

export interface ReplayWatch {
  /** Compares when it is time to. To be called every minute. */
  tick(): Promise<void>;
  /** Ends a comparison that is under way. */
  stop(): void;
}

/** A day of the page is compared from this time on, when little is asked. */
const AT_NIGHT_MS = 3 * HOUR;
/** Enough to say what is the matter; `npm run replay` lists all. */
const LOGGED = 20;
/** After work of a few ms, so that little is delayed. */
const PAUSE_MS = 20;
/** A start has other things to do, and a failure may pass. */
const WAITS_MS = 10 * MINUTE;

/**
 * Judges the kept results again every night and compares what they say with the ledger: a
 * difference is a trouble of our own, until a night finds none.
 */
export function createReplayWatch(parts: ReplayWatchParts): ReplayWatch {
  const { recorder, site, clock, log } = parts;
  const night = () => startOf('day', clock.now() - AT_NIGHT_MS, site.zone);
  let compared: EpochMs | null = null;
  let next_at = clock.monotonic() + WAITS_MS;
  let stopped = false;

  return {
    async tick() {
      if (night() === compared || clock.monotonic() < next_at) return;
      next_at = clock.monotonic() + WAITS_MS;
      const this_night = night();
      const found = await replayKept({ ...parts, pause }).catch(unlessStopped);
      if (found !== null && found.from < found.to) await tell(found);
      compared = this_night;
    },
    stop() {
      stopped = true;
    },
  };

  async function tell({ from, to, differences }: Replayed): Promise<void> {
    log.info({ from, to, differences: differences.length }, 'ledger compared');
    for (const it of differences.slice(0, LOGGED))
      log.error({ ...it }, 'the ledger differs from what the results say');
    await recorder.condition({
      kind: 'ledger',
      line: null,
      is_failing: differences.length > 0,
      at: clock.now(),
      detail: placeOf(differences),
    });
  }

  async function pause(): Promise<void> {
    if (stopped) throw new Error('stopped while the ledger was compared');
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }

  function unlessStopped(err: unknown): null {
    if (stopped) return null;
    throw err;
  }
}

/** How many there are, and where the first one is. */
function placeOf(differences: readonly LedgerDifference[]): string {
  const [first] = differences;
  if (first === undefined) return '';
  const { component, from: from_at, to: to_at, recorded, derived } = first;
  const place = { component, from_at, to_at, recorded, derived };
  return ownDetail({ code: 'ledger_differs', n: differences.length, ...place });
}

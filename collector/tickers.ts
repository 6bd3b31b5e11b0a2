import type { Clock, Log } from '../model/ports.ts';
import { MINUTE, SECOND } from '../model/time.ts';
import type { JourneyLooks } from './follow-journeys.ts';
import type { Metrics } from './metrics.ts';
import type { Recorder } from './recorder.ts';
import type { ReplayWatch } from './replay-watch.ts';
import type { Upkeep } from './upkeep/upkeep.ts';

export interface TickersParts {
  recorder: Pick<Recorder, 'time'>;
  looks: JourneyLooks;
  metrics: Metrics;
  upkeep: Upkeep;
  replayWatch: ReplayWatch;
  watchDisk: () => Promise<void>;
  watchDomains: () => Promise<void>;
  clock: Clock;
  log: Log;
}

/** A tick this late follows a pause, about which the line reports first. */
const LATE_TICK_MS = 3 * SECOND;

const DISK_DISTANCE_MS = 10 * SECOND;

interface Ticker {
  /** Resolves when the pending tick has ended. */
  stop(): Promise<void>;
}

/**
 * Starts periodic work: every second the effects of time and due looks; every minute upkeep,
 * and domains that are due;
 * every 10 s the space of the disk; every night the ledger.
 * Distances are of the monotonic clock, whatever the wall clock does.
 */
export function startTickers(parts: TickersParts): Ticker {
  const { recorder, looks, metrics, upkeep, replayWatch, watchDisk, watchDomains, clock, log } =
    parts;
  let ticked = clock.monotonic();
  const tickers = [
    startTicker(log, SECOND, async () => {
      const pause_ms = clock.monotonic() - ticked;
      ticked = clock.monotonic();
      metrics.time();
      if (pause_ms > LATE_TICK_MS) return;
      looks.tick();
      await recorder.time();
    }),
    startTicker(log, MINUTE, upkeep.run),
    startTicker(log, MINUTE, replayWatch.tick),
    startTicker(log, MINUTE, watchDomains),
    startTicker(log, DISK_DISTANCE_MS, watchDisk),
  ];
  return {
    async stop() {
      replayWatch.stop();
      await Promise.all(tickers.map((ticker) => ticker.stop()));
    },
  };
}

/** Skips a tick while the previous one is pending. */
function startTicker(log: Log, distance_ms: number, task: () => Promise<void>): Ticker {
  let under_way: Promise<void> | null = null;
  const timer = setInterval(() => {
    under_way ??= task()
      .catch((err) => log.error({ err }, 'tick failed'))
      .finally(() => {
        under_way = null;
      });
  }, distance_ms);
  return {
    async stop() {
      clearInterval(timer);
      await under_way;
    },
  };
}

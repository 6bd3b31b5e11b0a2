import type { Log } from '../model/ports.ts';
import { MINUTE, SECOND } from '../model/time.ts';
import type { JourneyLooks } from './follow-journeys.ts';
import type { Metrics } from './metrics.ts';
import type { Recorder } from './recorder.ts';
import type { Upkeep } from './upkeep/upkeep.ts';

export interface TickersParts {
  recorder: Pick<Recorder, 'time'>;
  looks: JourneyLooks;
  metrics: Metrics;
  upkeep: Upkeep;
  log: Log;
}

interface Ticker {
  /** Settles when the tick under way has ended. */
  stop(): Promise<void>;
}

/**
 * Starts what happens by itself: every second what time changes and the looks that are due; upkeep
 * every minute.
 */
export function startTickers(parts: TickersParts): Ticker {
  const { recorder, looks, metrics, upkeep, log } = parts;
  const tickers = [
    startTicker(log, SECOND, async () => {
      looks.tick();
      metrics.time();
      await recorder.time();
    }),
    startTicker(log, MINUTE, upkeep.run),
  ];
  return {
    async stop() {
      await Promise.all(tickers.map((ticker) => ticker.stop()));
    },
  };
}

/** A tick that is still under way when the next one comes is enough for both. */
function startTicker(log: Log, distance_ms: number, task: () => Promise<void>): Ticker {
  let under_way: Promise<void> | null = null;
  const timer = setInterval(() => {
    under_way ??= task()
      .catch((err) => log.error({ err }, 'a tick failed'))
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

import type { Log } from '../model/ports.ts';
import { SECOND } from '../model/time.ts';
import type { JourneyLooks } from './follow-journeys.ts';
import type { Metrics } from './metrics.ts';
import type { Recorder } from './recorder.ts';
import type { Upkeep } from './upkeep/upkeep.ts';

const UPKEEP_EVERY_MS = 60_000;

/**
 * Starts what happens by itself: every second what time changes and the looks that are due; upkeep
 * every minute.
 */
export function startTickers({
  recorder,
  looks,
  metrics,
  upkeep,
  log,
}: {
  recorder: Pick<Recorder, 'time'>;
  looks: JourneyLooks;
  metrics: Metrics;
  upkeep: Upkeep;
  log: Log;
}): { stop(): Promise<void> } {
  /** A tick that is still under way when the next one comes is enough for both. */
  function every(distance_ms: number, task: () => Promise<void>): () => Promise<void> {
    let under_way: Promise<void> | null = null;
    const timer = setInterval(() => {
      under_way ??= task()
        .catch((err) => log.error({ err }, 'a tick failed'))
        .finally(() => {
          under_way = null;
        });
    }, distance_ms);
    return async () => {
      clearInterval(timer);
      await under_way;
    };
  }

  const stops = [
    every(SECOND, async () => {
      looks.tick();
      metrics.time();
      await recorder.time();
    }),
    every(UPKEEP_EVERY_MS, upkeep.run),
  ];
  return {
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

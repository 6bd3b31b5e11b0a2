import type { Clock, Log } from '../model/ports.ts';
import type { Store } from '../store/store.ts';
import type { JourneyLooks } from './follow-journeys.ts';
import type { Metrics } from './metrics.ts';
import type { Picture } from './picture.ts';
import type { Recorder } from './recorder.ts';
import { windowsAround } from './resume.ts';
import type { Upkeep } from './upkeep/upkeep.ts';

const SECOND_MS = 1_000;
const WINDOWS_EVERY_MS = 10_000;
const UPKEEP_EVERY_MS = 60_000;

/** Starts what happens by itself: every second what time changes and the looks that are due; upkeep every minute. */
export function startTickers({
  store,
  picture,
  recorder,
  looks,
  metrics,
  upkeep,
  clock,
  log,
}: {
  store: Pick<Store, 'windows'>;
  picture: Picture;
  recorder: Pick<Recorder, 'time'>;
  looks: JourneyLooks;
  metrics: Metrics;
  upkeep: Upkeep;
  clock: Clock;
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
    every(SECOND_MS, async () => {
      looks.tick();
      metrics.time();
      await recorder.time();
    }),
    every(WINDOWS_EVERY_MS, async () => {
      picture.windows = await windowsAround(store, clock.now());
    }),
    every(UPKEEP_EVERY_MS, upkeep.run),
  ];
  return {
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

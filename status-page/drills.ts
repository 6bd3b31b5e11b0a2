import type { Clock } from '../model/ports.ts';

/** What a visitor of the demo may do to the simulated systems. */
export const DRILL_NAMES = ['slow-download', 'stalled-sync', 'recover'] as const;
export type DrillName = (typeof DRILL_NAMES)[number];

export interface Drills {
  /** @throws when the simulators do not take it */
  run(name: DrillName): Promise<void>;
}

const SYSTEMS = ['pinduoduo', 'beijing'];
/** A drill ends by itself, in case nobody presses "recover". */
const DRILL_MS = 10 * 60_000;
/** Added to each of the half dozen requests of a download: slow in all, yet within the deadline. */
const SLOW_MS = 700;
const TIMEOUT_MS = 3_000;

/** Passes drills on to the simulators' own API; each begins by ending what is still on. */
export function createDrills({
  simulator_url,
  clock,
}: {
  simulator_url: string;
  clock: Clock;
}): Drills {
  async function call(method: 'POST' | 'DELETE', system: string, drill?: object) {
    const response = await fetch(`${simulator_url}/${system}/drills`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(drill
        ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(drill) }
        : {}),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The simulator of ${system} answered ${response.status}`);
  }

  return {
    async run(name) {
      for (const system of SYSTEMS) await call('DELETE', system);
      const until = new Date(clock.now() + DRILL_MS).toISOString();
      if (name === 'slow-download') {
        await call('POST', 'beijing', {
          kind: 'latency',
          function: 'download',
          ms: SLOW_MS,
          until,
        });
      }
      if (name === 'stalled-sync') await call('POST', 'beijing', { kind: 'stalled_sync', until });
    },
  };
}

import { addDelay, emptySketch, encodeSketch } from '../../model/sketch.ts';
import { DAY } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import type { RegisteredCheck } from '../../store/ports/checks.ts';
import type { Store, StoreReader } from '../../store/store.ts';
import { createRandom } from '../random.ts';
import { sampleChecks } from './bulk.ts';

const DAYS = 90;
/** End of the history: midnight in China, where days of the page begin. */
export const HISTORY_END = 1_779_984_000_000;
const HISTORY_START = HISTORY_END - DAYS * DAY;

/**
 * 90 days behind `components` components of one check each: day roll-ups, an outage every ten days,
 * its incident.
 */
export async function writeHistory(store: Store, components: number): Promise<void> {
  const checks = sampleChecks(components);
  await store.register(checks);
  await store.record({
    rollups: { grain: 'day', rollups: checks.flatMap(dayRollups) },
    transitions: checks.flatMap(outages),
    components: checks.map(({ component }) => ({
      component,
      state: 'operational',
      since: HISTORY_END - DAY,
      notes: [],
      measured_at: HISTORY_END,
      valid_until: HISTORY_END + 60_000,
      recent: { window_ms: 300_000, n: 10, bad: 0, median_ms: 120, p95_ms: 300 },
      sync: null,
      last: null,
    })),
  });
}

/** Everything an overview asks for, at once. Returns how many rows came. */
export async function readForOverview(reader: StoreReader): Promise<number> {
  const [components, transitions, counts, gaps, excluded, incidents] = await Promise.all([
    reader.components(),
    reader.transitions(HISTORY_START, HISTORY_END),
    reader.rollupCounts('day', HISTORY_START, HISTORY_END),
    reader.gaps(HISTORY_START, HISTORY_END),
    reader.excludedTimes(HISTORY_START, HISTORY_END),
    reader.incidents({ limit: 50 }),
  ]);
  return [components, transitions, counts, gaps, excluded, incidents].flat().length;
}

function dayRollups({ check }: RegisteredCheck) {
  const random = createRandom(check.length);
  const delays = emptySketch();
  for (let n = 0; n < 200; n += 1) addDelay(delays, 80 + 400 * random());
  return Array.from({ length: DAYS }, (_, day) => ({
    check,
    from: HISTORY_START + day * DAY,
    n: 2_880,
    outcomes: day % 10 === 0 ? { ok: 2_870, timeout: 10 } : { ok: 2_880 },
    slow: 0,
    delays: encodeSketch(delays),
    simulated: false,
  }));
}

function outages({ component }: RegisteredCheck) {
  const states: State[] = ['operational', 'major_outage'];
  return Array.from({ length: 18 }, (_, n) => ({
    component,
    from: states[(n + 1) % 2] ?? 'unknown',
    to: states[n % 2] ?? 'unknown',
    since: HISTORY_START + n * 5 * DAY,
    recorded_at: HISTORY_START + n * 5 * DAY,
    cause: 'result' as const,
    cause_ref: null,
    notes: [],
    simulated: false,
  }));
}

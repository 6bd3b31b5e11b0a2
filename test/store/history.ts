import { emptyRollup, type Rollup } from '../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch } from '../../model/sketch.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { ComponentId, EpochMs, State } from '../../model/vocabulary.ts';
import type { RegisteredCheck } from '../../store/ports/checks.ts';
import type { Store, StoreReader } from '../../store/store.ts';
import { createRandom } from '../random.ts';
import { sampleChecks } from './bulk.ts';

const DAYS = 90;
/** End of the history: midnight in China, where days of the page begin. */
export const HISTORY_END = 1_779_984_000_000;
const HISTORY_START = HISTORY_END - DAYS * DAY;
/** A year before the end. */
export const YEAR_START = HISTORY_END - 365 * DAY;

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

/**
 * The first component alone has a year, to be written before the 90 days: an outage a day until
 * they begin, roll-ups of every hour, and of the days until then.
 */
export async function writeYear(store: Store): Promise<void> {
  const [first] = sampleChecks(1);
  if (first === undefined) throw new Error('no check');
  await store.register([first]);
  const { component, check } = first;
  const starts = (step_ms: number, to: EpochMs) =>
    Array.from({ length: (to - YEAR_START) / step_ms }, (_, n) => YEAR_START + n * step_ms);
  const delays = sampleDelays(check);
  const rollup = (from: EpochMs): Rollup => ({ ...rollupOf(check, delays), from });
  const days = starts(DAY, HISTORY_START);
  await store.record({
    rollups: { grain: 'hour', rollups: starts(HOUR, HISTORY_END).map(rollup) },
    transitions: days.flatMap((day) => [
      transition(component, 'operational', 'major_outage', day + 8 * HOUR),
      transition(component, 'major_outage', 'operational', day + 9 * HOUR),
    ]),
  });
  await store.record({ rollups: { grain: 'day', rollups: days.map(rollup) } });
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

function dayRollups({ check }: RegisteredCheck): Rollup[] {
  const delays = sampleDelays(check);
  return Array.from({ length: DAYS }, (_, day) => ({
    ...rollupOf(check, delays),
    from: HISTORY_START + day * DAY,
    outcomes: day % 10 === 0 ? { ok: 2_870, timeout: 10 } : { ok: 2_880 },
  }));
}

function rollupOf(check: string, delays: Uint8Array): Rollup {
  return { ...emptyRollup(check, 0), n: 2_880, outcomes: { ok: 2_880 }, delays };
}

function sampleDelays(check: string): Uint8Array {
  const random = createRandom(check.length);
  const delays = emptySketch();
  for (let n = 0; n < 200; n += 1) addDelay(delays, 80 + 400 * random());
  return encodeSketch(delays);
}

function outages({ component }: RegisteredCheck) {
  const states: State[] = ['operational', 'major_outage'];
  return Array.from({ length: 18 }, (_, n) => {
    const [from = 'unknown', to = 'unknown'] = n % 2 === 1 ? states : states.toReversed();
    return transition(component, from, to, HISTORY_START + n * 5 * DAY);
  });
}

function transition(component: ComponentId, from: State, to: State, since: EpochMs) {
  return {
    component,
    from,
    to,
    since,
    recorded_at: since,
    cause: 'result' as const,
    cause_ref: null,
    notes: [],
    simulated: false,
  };
}

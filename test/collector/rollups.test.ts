import { describe, expect, test } from 'vitest';
import { emptyLiveState } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import { countedResult } from '../../collector/upkeep/counted.ts';
import { createRollups, recountedFrom } from '../../collector/upkeep/rollups.ts';
import type { Result } from '../../model/result.ts';
import type { Rollup } from '../../model/rollup.ts';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { OUTCOMES } from '../../model/vocabulary.ts';
import { result } from '../model/builders.ts';
import { createRandom } from '../random.ts';
import { configuration, START } from './configuration.ts';

const SEED = 7;
/** Of the slow results. */
const SLOW_MS = 1_500;
const site = siteOf(configuration({ slow_ms: SLOW_MS }));
const live = emptyLiveState(site, START);

const query = (slot_at: number, changed: Partial<Result> = {}) =>
  result(slot_at, { check: 'bureau-query', ...changed });

/** By start, as stored when the results are counted in this order and written now and then. */
function rollupsOf(results: readonly Result[], isWritten = () => false) {
  const rollups = createRollups('Asia/Shanghai', START);
  const stored = { hour: new Map<number, Rollup>(), day: new Map<number, Rollup>() };
  for (const it of results) {
    rollups.add(countedResult(site, live, it));
    if (isWritten()) write();
  }
  write();
  return stored;

  function write() {
    for (const { grain, rollups: changed } of rollups.takeChanged(100))
      for (const rollup of changed) stored[grain].set(rollup.from, rollup);
  }
}

describe(`roll-ups (seed ${SEED})`, () => {
  const random = createRandom(SEED);

  test('are the same in any order, however often they are written', () => {
    for (let round = 0; round < 30; round += 1) {
      const results = Array.from({ length: Math.floor(random() * 60) }, drawResult);
      const shuffled = results.toSorted(() => random() - 0.5);
      expect(rollupsOf(shuffled, () => random() < 0.2)).toEqual(rollupsOf(results));
    }
  });

  test('have every result once, in its hour and its day', () => {
    const results = Array.from({ length: 500 }, drawResult);
    for (const stored of Object.values(rollupsOf(results))) {
      const rollups = [...stored.values()];
      const sum = (count: (rollup: Rollup) => number) =>
        rollups.reduce((total, rollup) => total + count(rollup), 0);
      expect(sum(({ n }) => n)).toBe(results.length);
      for (const outcome of OUTCOMES) {
        const expected = results.filter((it) => it.outcome === outcome).length;
        expect([outcome, sum(({ outcomes }) => outcomes[outcome] ?? 0)]).toEqual([
          outcome,
          expected,
        ]);
      }
      const is_slow = (it: Result) => it.outcome === 'ok' && it.duration_ms > SLOW_MS;
      expect(sum(({ slow }) => slow)).toBe(results.filter(is_slow).length);
    }
  });

  test('count every outcome, and delays of the good ones from the slot', () => {
    const late = query(START, { started_at: START + 100, duration_ms: 1_900 });
    const bad = query(START + 1, { outcome: 'timeout', duration_ms: 5 * SECOND });
    const rollup = rollupsOf([late, bad]).hour.get(START);
    expect(rollup).toMatchObject({ n: 2, outcomes: { ok: 1, timeout: 1 }, slow: 1 });
    const median = quantile(decodeSketch(rollup?.delays ?? new Uint8Array()), 0.5);
    expect(median).toBeGreaterThan(1_980);
    expect(median).toBeLessThan(2_020);
  });

  test('have no delays when nothing was good, and are simulated when any part is', () => {
    const network = rollupsOf([query(START, { outcome: 'network' })]);
    expect(network.hour.get(START)?.delays).toBeNull();
    const mixed = rollupsOf([query(START), query(START + 1, { simulated: true })]);
    expect(mixed.hour.get(START)?.simulated).toBe(true);
  });

  function drawResult(): Result {
    const slot_at = START + Math.floor(random() * 2 * DAY);
    const outcome = random() < 0.7 ? 'ok' : OUTCOMES[Math.floor(random() * OUTCOMES.length)];
    return query(slot_at, {
      ...(outcome && { outcome }),
      duration_ms: Math.round(random() * 3 * SECOND),
    });
  }
});

test.each(['Asia/Shanghai', 'Asia/Kolkata', 'Europe/Berlin'])(
  'in %s every result is counted once after the clock was set back, whenever we started',
  (zone) => {
    const slots = Array.from({ length: 48 }, (_, i) => START + i * 30 * MINUTE);
    for (const started_at of slots.slice(0, 40))
      for (const back_at of slots.slice(-4)) {
        const rollups = createRollups(zone, started_at);
        for (const at of slots) if (at >= started_at) rollups.add(counted(at));
        rollups.forgetFrom(back_at, 0);
        for (const at of slots)
          if (at >= recountedFrom(back_at, zone) && at <= back_at) rollups.addAgain(counted(at));
        const hours = rollups
          .takeChanged(1_000)
          .flatMap((it) => (it.grain === 'hour' ? it.rollups : []));
        const wrong = hours.filter(({ from, n }) => n !== inHour(from, back_at, started_at));
        expect([started_at, back_at, wrong]).toEqual([started_at, back_at, []]);
      }

    function inHour(from: number, back_at: number, started_at: number): number {
      const is_again = from >= recountedFrom(back_at, zone);
      return slots.filter(
        (at) => at >= from && at < from + HOUR && at <= back_at && (is_again || at >= started_at),
      ).length;
    }
  },
);

test('what is due at midnight is of the day that begins', () => {
  // START is 10:00 in China.
  const midnight = START + 14 * HOUR;
  const { day } = rollupsOf([query(midnight - 1), query(midnight)]);
  expect([...day].map(([from, { n }]) => [from, n])).toEqual([
    [midnight - DAY, 1],
    [midnight, 1],
  ]);
});

test('a roll-up of the time that is not forgotten yet stays complete', () => {
  const rollups = createRollups('Asia/Shanghai', START);
  rollups.add(counted(START));
  rollups.takeChanged(9);
  rollups.forget(START);
  rollups.add(counted(START + 1));
  expect(rollups.takeChanged(9)).toMatchObject([
    { grain: 'hour', rollups: [{ from: START, n: 2 }], parts: [] },
    { grain: 'day' },
  ]);
});

function counted(at: number) {
  return countedResult(site, live, query(at));
}

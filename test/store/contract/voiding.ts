import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../../model/time.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import {
  aBadResult,
  aComponent,
  aJourney,
  anAlert,
  anIncident,
  aReachedStage,
  aResult,
  aRollup,
  aTransition,
  QUERY,
  SYNC,
  T0,
  UPLOAD,
} from './samples.ts';

const ALL = { from: 0, to: T0 * 2, limit: 100 };

export function voidingContract(open: () => Promise<OpenDatabase>): void {
  describe('results of a time that was set back', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('are void after the instant, and no read returns them', async () => {
      await store.record({
        results: [
          aResult({ slot_at: T0 }),
          aBadResult({ slot_at: T0 + 1 }),
          aBadResult({ slot_at: T0 + 2, check: UPLOAD.check }),
        ],
      });
      await store.voidAfter(T0);
      expect(await slots(ALL)).toEqual([T0]);
      expect(await slots({ ...ALL, bad: true })).toEqual([]);
      expect(await slots({ ...ALL, check: UPLOAD.check })).toEqual([]);
      expect(await slots({ ...ALL, component: UPLOAD.component })).toEqual([]);
    });

    test('give way to results of the same slots, of which an earlier one stays', async () => {
      const bad = aBadResult({ slot_at: T0 + 1, detail: 'before the step' });
      await store.record({ results: [aResult({ slot_at: T0 }), bad] });
      await store.voidAfter(T0);
      const good = aResult({ slot_at: T0 + 1, duration_ms: 77 });
      await store.record({ results: [good, aResult({ slot_at: T0, duration_ms: 78 })] });
      const [first, second] = await store.results(ALL);
      expect(first?.duration_ms).not.toBe(78);
      expect(second).toEqual(good);
      expect(await slots({ ...ALL, bad: true })).toEqual([]);
    });

    test('give way to a bad result with its own evidence, and only once', async () => {
      await store.record({ results: [aResult({ slot_at: T0 + 1 })] });
      await store.voidAfter(T0);
      await store.voidAfter(T0);
      const bad = aBadResult({ slot_at: T0 + 1, detail: 'after the step' });
      await store.record({ results: [bad] });
      await store.record({ results: [{ ...bad, detail: 'again' }] });
      expect(await store.results(ALL)).toEqual([bad]);
      expect(await store.results({ ...ALL, bad: true })).toEqual([bad]);
    });

    test('are void in the recording that says so, before its own results', async () => {
      await store.record({ results: [aResult({ slot_at: T0 + 5 })] });
      const after = aResult({ slot_at: T0 + 6, check: QUERY.check });
      await store.record({ void_after: T0, results: [after] });
      expect(await store.results(ALL)).toEqual([after]);
    });

    test('move journeys of their component with it, but for those of long before', async () => {
      const row = (id: string, accepted_at: number) =>
        aJourney({
          id: id.repeat(32),
          accepted_at,
          state: 'arrived',
          first_present_at: T0 + 30,
          next_look_at: null,
        });
      await store.record({ journeys: [row('a', T0 - 100), row('b', T0 - 99), row('c', T0 + 20)] });
      const { component } = SYNC;
      const step = { at: T0 - 20, by_ms: -40, accepted_from: T0 - 99 };
      const moves = [
        { ...step, component },
        { ...step, component: 'other.sync' },
      ];
      await store.record({ journey_moves: moves });
      const journeys = await store.journeys({ component, limit: 9 });
      expect(journeys.map((it) => [it.accepted_at - T0, (it.first_present_at ?? 0) - T0])).toEqual([
        [-139, -20],
        [-100, 30],
        [-20, -20],
      ]);
      expect(journeys.map(({ next_look_at }) => next_look_at)).toEqual([null, null, null]);
    });

    test('move the stages of these journeys alike; how long they took stays', async () => {
      const [moved, old] = ['a', 'b'].map((digit) => digit.repeat(32));
      if (!moved || !old) throw new Error('two');
      const reached = (journey: string, stage: 'reviewed' | 'issued', at: number) =>
        aReachedStage({ journey, stage, at, delay_ms: 7 });
      await store.record({
        journeys: [
          aJourney({ id: moved, accepted_at: T0 }),
          aJourney({ id: old, accepted_at: T0 - 100 }),
        ],
        reached_stages: [
          reached(moved, 'reviewed', T0 + 3),
          reached(moved, 'issued', T0 + 30),
          reached(old, 'issued', T0 + 30),
        ],
      });
      const { component } = SYNC;
      const step = { at: T0 - 20, by_ms: -40, accepted_from: T0 - 99 };
      await store.record({ void_after: T0 - 20, journey_moves: [{ ...step, component }] });
      const found = await store.reachedStages([moved, old]);
      expect(found.map(({ at, delay_ms }) => [at - T0, delay_ms])).toEqual([
        [-37, 7],
        [-20, 7],
        [30, 7],
      ]);
    });

    test('everything else that was dated later is dated at the instant, or gone', async () => {
      const later = T0 + 1_000;
      const transitions = [
        aTransition({ since: T0 - 10 }),
        aTransition({ from: 'operational', to: 'major_outage', since: later, recorded_at: later }),
      ];
      const gaps = [
        { from: T0 - 5, to: later, cause: 'clock' as const },
        { from: later, to: later + 5, cause: 'restart' as const },
      ];
      const trouble = { kind: 'clock', line: null, detail: '' } as const;
      await store.record({
        components: [
          aComponent({ component: QUERY.component, state: 'major_outage', since: later }),
        ],
        transitions,
        incidents: [anIncident({ started_at: later, created_at: later, updated_at: later })],
        alerts: [anAlert({ since: later, opened_at: later })],
        gaps,
        own_troubles: [
          { ...trouble, since: T0 - 7, until: later },
          { ...trouble, since: later, until: later + 1 },
        ],
        rollups: {
          grain: 'hour',
          rollups: [aRollup({ from: T0 - HOUR }), aRollup({ from: later })],
        },
      });
      await store.voidAfter(T0);
      expect((await store.transitions(0, T0 * 2)).map(({ since }) => since)).toEqual([T0 - 10, T0]);
      expect((await store.components()).map(({ since }) => since)).toEqual([T0]);
      expect(await store.incidents({ limit: 9 })).toMatchObject([
        { started_at: T0, created_at: T0 },
      ]);
      expect(await store.alerts({ limit: 9 })).toMatchObject([{ since: T0, opened_at: T0 }]);
      expect(await store.gaps(0, T0 * 2)).toEqual([{ from: T0 - 5, to: T0, cause: 'clock' }]);
      expect(await store.ownTroubles(0, T0 * 2)).toMatchObject([{ since: T0 - 7, until: T0 }]);
      expect((await store.rollups('hour', 0, T0 * 2)).map(({ from }) => from)).toEqual([T0 - HOUR]);
    });

    async function slots(query: Parameters<Store['results']>[0]): Promise<number[]> {
      return (await store.results(query)).map(({ slot_at }) => slot_at);
    }
  });
}

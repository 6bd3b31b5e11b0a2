import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aJourney, aLook, NUMBER, SYNC, T0 } from './samples.ts';

export function journeyContract(open: () => Promise<OpenDatabase>): void {
  describe('journeys', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('keep what was submitted last, whatever becomes of them', async () => {
      const submitted = { key: '6a', amount: 'a'.repeat(22) };
      await store.record({ journeys: [aJourney({ submitted })] });
      await store.record({ journeys: [aJourney({ state: 'arrived', number: null })] });
      const [before] = await store.journeys({ limit: 10 });
      expect(before).toMatchObject({ state: 'arrived', submitted });
      if (before === undefined) return;
      // Until something else is.
      const after = { ...before, submitted: { key: '6a', amount: 'b'.repeat(22), at: T0 } };
      await store.record({ corrected_journeys: [{ before, after }] });
      expect(await store.journeys({ limit: 10 })).toEqual([after]);
    });

    test('lose the number when they no longer wait, and never wait again', async () => {
      await store.record({ journeys: [aJourney({})] });
      expect((await store.journeys({ limit: 1 }))[0]?.number).toBe(NUMBER);
      const arrived = aJourney({
        state: 'arrived',
        last_absent_at: T0 + 1,
        first_present_at: T0 + 2,
        last_answered_at: T0 + 2,
        next_look_at: null,
        looks: 2,
      });
      await store.record({ journeys: [arrived] });
      await store.record({ journeys: [aJourney({})] });
      expect(await store.journeys({ limit: 10 })).toEqual([{ ...arrived, number: null }]);
    });

    test('that were lost may still arrive', async () => {
      await store.record({ journeys: [aJourney({ state: 'lost' })] });
      await store.record({ journeys: [aJourney({ state: 'arrived' })] });
      expect((await store.journeys({ limit: 1 }))[0]?.state).toBe('arrived');
    });

    test('are found by component, state and acceptance, oldest first', async () => {
      const ids = ['1', '2', '3'].map((digit) => digit.repeat(32));
      const [first = '', second = '', third = ''] = ids;
      await store.record({
        journeys: [
          aJourney({ id: third, accepted_at: T0 + 3 }),
          aJourney({ id: first, accepted_at: T0 + 1, state: 'arrived', number: null }),
          aJourney({ id: second, accepted_at: T0 + 2, component: 'other.sync' }),
        ],
      });
      expect(await idsOf({ limit: 10 })).toEqual(ids);
      expect(await idsOf({ limit: 1 })).toEqual([first]);
      expect(await idsOf({ limit: 10, component: SYNC.component })).toEqual([first, third]);
      expect(await idsOf({ limit: 10, state: 'waiting' })).toEqual([second, third]);
      expect(await idsOf({ limit: 10, accepted_from: T0 + 2 })).toEqual([second, third]);
    });

    test('have their looks, oldest first, each once', async () => {
      const absent = aLook({ started_at: T0 + 1 });
      const failed = aLook({
        started_at: T0 + 2,
        finding: 'failed',
        outcome: 'timeout',
        reason: 'timeout_processing',
      });
      await store.record({ journeys: [aJourney({})], looks: [failed, absent] });
      await store.record({ looks: [aLook({ started_at: T0 + 1, finding: 'found' })] });
      expect(await store.looks(aJourney({}).id)).toEqual([absent, failed]);
      expect(await store.looks('nothing')).toEqual([]);
    });

    test('are found that waited at an instant, without those withdrawn', async () => {
      const at = T0 + 100;
      const waitingUntil = (id: string, accepted_at: number, first_present_at: number | null) =>
        aJourney({
          id: id.repeat(32),
          accepted_at,
          first_present_at,
          state: first_present_at === null ? 'waiting' : 'arrived',
        });
      await store.record({
        journeys: [
          waitingUntil('1', T0, T0 + 100),
          waitingUntil('2', T0, T0 + 101),
          waitingUntil('3', T0 + 100, null),
          waitingUntil('4', T0 + 101, null),
          { ...waitingUntil('5', T0, null), state: 'lost' },
          { ...waitingUntil('6', T0, null), state: 'voided' },
        ],
      });
      const found = await store.journeys({ waiting_at: at, limit: 10 });
      expect(found.map(({ id }) => id[0])).toEqual(['2', '5', '3']);
    });

    test('tell when those arrived that were accepted in a time', async () => {
      const arrived = (id: string, accepted_at: number) =>
        aJourney({
          id: id.repeat(32),
          accepted_at,
          state: 'arrived',
          first_present_at: accepted_at + 7,
        });
      await store.record({
        journeys: [
          arrived('1', T0 - 1),
          arrived('2', T0),
          arrived('3', T0 + 9),
          arrived('4', T0 + 10),
          aJourney({ id: '5'.repeat(32), accepted_at: T0 }),
          { ...arrived('6', T0), component: 'shop.sync' },
        ],
      });
      const span = { component: arrived('1', T0).component, from: T0, to: T0 + 10 };
      const found = (await store.arrivals(span)).sort((a, b) => a.at - b.at);
      expect(found).toEqual([
        { accepted_at: T0, at: T0 + 7 },
        { accepted_at: T0 + 9, at: T0 + 16 },
      ]);
    });

    test('are found by their ids', async () => {
      const ids = ['1', '2', '3'].map((digit) => digit.repeat(32));
      await store.record({ journeys: ids.map((id) => aJourney({ id })) });
      expect(await idsOf({ limit: 10, ids: ids.slice(1) })).toEqual(ids.slice(1));
      expect(await idsOf({ limit: 10, ids: [] })).toEqual([]);
    });

    async function idsOf(filter: Parameters<Store['journeys']>[0]): Promise<string[]> {
      return (await store.journeys(filter)).map((journey) => journey.id);
    }
  });
}

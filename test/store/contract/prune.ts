import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aBadResult, aJourney, aLook, aRollup, T0 } from './samples.ts';

export function pruneContract(open: () => Promise<OpenDatabase>): void {
  describe('upkeep', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('deletes only what is older, in slices, oldest first', async () => {
      const results = [0, 1, 2, 3].map((n) => aBadResult({ slot_at: T0 + n }));
      await store.record({ results });
      for (const what of ['results', 'evidence'] as const) {
        expect(await store.prune(what, T0 + 3, 2)).toBe(2);
        const bad = what === 'evidence';
        const left = await store.results({ from: T0, to: T0 + MINUTE, limit: 10, bad });
        expect(left.map(({ slot_at }) => slot_at)).toEqual([T0 + 2, T0 + 3]);
        expect(await store.prune(what, T0 + 3, 2)).toBe(1);
        expect(await store.prune(what, T0 + 3, 2)).toBe(0);
      }
    });

    test('of one grain of roll-ups leaves the other', async () => {
      await store.saveRollups('hour', [aRollup({}), aRollup({ from: T0 + 1 })]);
      await store.saveRollups('day', [aRollup({}), aRollup({ from: T0 + 1 })]);
      expect(await store.prune('hourly', T0 + 1, 10)).toBe(1);
      expect(await store.rollups('hour', 0, T0 * 2)).toHaveLength(1);
      expect(await store.rollups('day', 0, T0 * 2)).toHaveLength(2);
      expect(await store.prune('daily', T0 + 1, 10)).toBe(1);
      expect(await store.rollups('day', 0, T0 * 2)).toHaveLength(1);
    });

    test('leaves a journey that waits, however old', async () => {
      await store.record({
        journeys: [aJourney({}), aJourney({ id: 'b'.repeat(32), state: 'arrived' })],
        looks: [aLook({ started_at: T0 + 1 }), aLook({ started_at: T0 + 2 })],
      });
      expect(await store.prune('journeys', T0 + MINUTE, 10)).toBe(1);
      expect((await store.journeys({ limit: 10 })).map(({ state }) => state)).toEqual(['waiting']);
      expect(await store.prune('looks', T0 + 2, 10)).toBe(1);
      expect(await store.looks(aJourney({}).id)).toHaveLength(1);
    });
  });
}

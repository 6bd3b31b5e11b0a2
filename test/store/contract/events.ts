import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { T0 } from './samples.ts';

export function eventContract(open: () => Promise<OpenDatabase>): void {
  describe('events that were posted', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    const ids = ['1', '2', '3'].map((digit) => digit.repeat(32));

    test('are known afterwards, in any number, and only once', async () => {
      const events = ids.slice(0, 2).map((id) => ({ id, received_at: T0 }));
      expect(await store.knownEvents(ids)).toEqual([]);
      await store.record({ events });
      await store.record({ events });
      expect((await store.knownEvents(ids)).toSorted()).toEqual(ids.slice(0, 2));
      expect(await store.knownEvents([])).toEqual([]);
    });

    test('are forgotten when they are old', async () => {
      await store.record({ events: ids.map((id, n) => ({ id, received_at: T0 + n })) });
      expect(await store.prune('events', T0 + 2, 1)).toBe(1);
      expect(await store.prune('events', T0 + 2, 10)).toBe(1);
      expect(await store.knownEvents(ids)).toEqual(ids.slice(2));
    });
  });
}

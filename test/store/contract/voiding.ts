import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aBadResult, aResult, QUERY, T0, UPLOAD } from './samples.ts';

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

    async function slots(query: Parameters<Store['results']>[0]): Promise<number[]> {
      return (await store.results(query)).map(({ slot_at }) => slot_at);
    }
  });
}

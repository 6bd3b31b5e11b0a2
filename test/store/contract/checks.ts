import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aResult, QUERY, T0 } from './samples.ts';

export function checkContract(open: () => Promise<OpenDatabase>): void {
  describe('checks', () => {
    let store: Store;
    let openReader: OpenDatabase['openReader'];

    beforeEach(async () => {
      ({ store, openReader } = await open());
    });

    test('a check may move to another component and keeps its results', async () => {
      await store.record({ results: [aResult({})] });
      await store.register([{ ...QUERY, component: 'beijing.verify', function: 'verify' }]);
      const all = { from: T0, to: T0 + 1, limit: 1 };
      expect(await store.results({ ...all, component: 'beijing.verify' })).toHaveLength(1);
      expect(await store.results({ ...all, component: QUERY.component })).toEqual([]);
    });

    test('a reader opened before a check was registered learns its name', async () => {
      const reader = await openReader();
      const all = { from: T0, to: T0 + 1, limit: 1 };
      expect(await reader.results(all)).toEqual([]);
      await store.register([{ ...QUERY, check: 'new-check' }]);
      await store.record({ results: [aResult({ check: 'new-check' })] });
      expect((await reader.results(all))[0]?.check).toBe('new-check');
      await reader.close();
    });
  });
}

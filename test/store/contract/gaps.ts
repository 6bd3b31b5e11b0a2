import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { T0 } from './samples.ts';

export function gapContract(open: () => Promise<OpenDatabase>): void {
  describe('gaps', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('gaps are those that overlap', async () => {
      const gap = { from: T0 + 10, to: T0 + 20, cause: 'restart' as const };
      await store.record({ gaps: [gap] });
      await store.record({ gaps: [{ ...gap, to: T0 + 99 }] });
      expect(await store.gaps(T0 + 19, T0 + 30)).toEqual([gap]);
      expect(await store.gaps(T0, T0 + 11)).toEqual([gap]);
      expect(await store.gaps(T0, T0 + 10)).toEqual([]);
      expect(await store.gaps(T0 + 20, T0 + 30)).toEqual([]);
    });
  });
}

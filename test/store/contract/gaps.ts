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
      expect(await store.gaps(T0 + 19, T0 + 30)).toEqual([gap]);
      expect(await store.gaps(T0, T0 + 11)).toEqual([gap]);
      expect(await store.gaps(T0, T0 + 10)).toEqual([]);
      expect(await store.gaps(T0 + 20, T0 + 30)).toEqual([]);
    });

    test('of gaps with the same start the longest is kept, with its cause', async () => {
      const disk = { from: T0 + 10, to: T0 + 50, cause: 'disk' as const };
      await store.record({ gaps: [{ from: T0 + 10, to: T0 + 20, cause: 'suspended' }, disk] });
      await store.record({ gaps: [{ from: T0 + 10, to: T0 + 30, cause: 'restart' }] });
      expect(await store.gaps(T0, T0 + 100)).toEqual([disk]);
    });

    test('D3: one that ends before it begins is no gap, and stops no recording', async () => {
      const spans = [
        { from: T0 + 10, to: T0 + 10 },
        { from: T0 + 10, to: T0 + 9 },
      ];
      const gaps = spans.map((span) => ({ ...span, cause: 'lock' as const }));
      await store.record({ gaps, heartbeat_at: T0 });
      expect(await store.gaps(0, T0 * 2)).toEqual([]);
      expect((await store.resume()).heartbeat_at).toBe(T0);
    });
  });
}

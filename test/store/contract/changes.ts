import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { QUERY, T0 } from './samples.ts';

export function changeContract(open: () => Promise<OpenDatabase>): void {
  describe('changes', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('every change has a higher number than the one before', async () => {
      expect(await store.changeSeq()).toBe(0);
      const change = { kind: 'state' as const, ref: QUERY.component, at: T0 };
      await store.record({ changes: [change, change] });
      const seq = await store.changeSeq();
      expect(seq).toBeGreaterThan(0);
      expect(await store.prune('changes', T0 + MINUTE, 10)).toBe(1);
      expect(await store.changeSeq()).toBe(seq);
      await store.record({ changes: [change] });
      expect(await store.changeSeq()).toBeGreaterThan(seq);
    });

    test('what has changed since a number is known by its kind', async () => {
      const changed = (kind: 'state' | 'history') =>
        store.record({ changes: [{ kind, ref: QUERY.component, at: T0 }] });
      await changed('history');
      const seq = await store.changeSeq();
      await changed('state');
      expect(await store.hasChanged(['history'], seq)).toBe(false);
      expect(await store.hasChanged(['maintenance', 'state'], seq)).toBe(true);
      await changed('history');
      expect(await store.hasChanged(['history'], seq)).toBe(true);
    });
  });
}

import { beforeEach, describe, expect, test } from 'vitest';
import { mergedRollup } from '../../../model/merged-rollup.ts';
import type { Rollup } from '../../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch } from '../../../model/sketch.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aRollup, QUERY, T0 } from './samples.ts';

export function rollupContract(open: () => Promise<OpenDatabase>): void {
  describe('roll-ups', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('are replaced by grain, check and start', async () => {
      const hour = aRollup({ n: 2, outcomes: { ok: 1, timeout: 1 }, simulated: true });
      await store.saveRollups('hour', [aRollup({}), aRollup({ from: T0 + 1 })]);
      await store.saveRollups('day', [aRollup({ delays: null, outcomes: { corrupt: 1 } })]);
      await store.record({ rollups: { grain: 'hour', rollups: [hour] } });
      expect(plain(await store.rollups('hour', T0, T0 + 1))).toEqual(plain([hour]));
      expect(await store.rollups('hour', T0, T0 + 2)).toHaveLength(2);
      expect(await store.rollups('hour', T0 + 2, T0 + 3)).toEqual([]);
      expect(await store.rollups('day', T0, T0 + 1)).toEqual([
        aRollup({ delays: null, outcomes: { corrupt: 1 } }),
      ]);
    });

    test('are added to, delays and all', async () => {
      const sketchOf = (...delays_ms: number[]) => {
        const sketch = emptySketch();
        for (const delay_ms of delays_ms) addDelay(sketch, delay_ms);
        return encodeSketch(sketch);
      };
      const part = aRollup({ n: 3, outcomes: { ok: 1, self: 2 }, slow: 1, delays: sketchOf(80) });
      await store.addToRollups('day', [part, part], mergedRollup);
      const bad = aRollup({ n: 1, outcomes: { timeout: 1 }, delays: null, simulated: true });
      await store.addToRollups('day', [bad, { ...bad, from: T0 + 1 }], mergedRollup);
      expect(plain(await store.rollups('day', T0, T0 + 1))).toEqual(
        plain([
          aRollup({
            n: 7,
            outcomes: { ok: 2, self: 4, timeout: 1 },
            slow: 2,
            delays: sketchOf(80, 80),
            simulated: true,
          }),
        ]),
      );
      expect(await store.rollups('day', T0 + 1, T0 + 2)).toEqual([{ ...bad, from: T0 + 1 }]);
    });

    test('are taken from, delays and all, as far as they are there', async () => {
      const sketchOf = (...delays_ms: number[]) => {
        const sketch = emptySketch();
        for (const delay_ms of delays_ms) addDelay(sketch, delay_ms);
        return encodeSketch(sketch);
      };
      const outcomes = { ok: 1, timeout: 1 };
      const whole = aRollup({ n: 2, outcomes, slow: 1, delays: sketchOf(0, 80, 900) });
      await store.saveRollups('day', [whole]);
      const without = sketchOf(0, 900, 5_000);
      const part = aRollup({ n: 0, outcomes: { ok: 1, timeout: -1 }, slow: -1, delays: null });
      await store.addToRollups('day', [{ ...part, without }], mergedRollup);
      expect(plain(await store.rollups('day', T0, T0 + 1))).toEqual(
        plain([aRollup({ n: 2, outcomes: { ok: 2 }, slow: 0, delays: sketchOf(80) })]),
      );
    });

    test('are changed with what the page is told, or not at all', async () => {
      const seq = await store.changeSeq();
      const changes = [{ kind: 'history', ref: 'day', at: T0 } as const];
      const part = aRollup({ delays: null });
      await store.addToRollups('day', [part], mergedRollup, changes);
      await store.saveRollups('day', [{ ...part, from: T0 + 1 }], changes);
      expect(await store.changeSeq()).toBe(seq + 2);
      const odd = [{ kind: 'history', ref: null as unknown as string, at: T0 } as const];
      const written = await store.rollups('day', T0, T0 + 9);
      await expect(store.addToRollups('day', [part], mergedRollup, odd)).rejects.toThrow();
      const more = { ...part, from: T0 + 2 };
      await expect(store.saveRollups('day', [more], odd)).rejects.toThrow();
      expect(await store.rollups('day', T0, T0 + 9)).toEqual(written);
      expect(await store.changeSeq()).toBe(seq + 2);
    });

    test('are counted without their delays', async () => {
      const bad = aRollup({ from: T0 + 1, n: 3, outcomes: { timeout: 3 } });
      await store.saveRollups('day', [bad, aRollup({})]);
      await store.saveRollups('hour', [aRollup({})]);
      const { check } = QUERY;
      expect(await store.rollupCounts('day', T0, T0 + 2)).toEqual([
        { check, from: T0, n: 1, ok: 1 },
        { check, from: T0 + 1, n: 3, ok: 0 },
      ]);
      expect(await store.rollupCounts('day', T0 + 2, T0 + 3)).toEqual([]);
    });

    test('U2, U3: are counted without what could not be judged', async () => {
      const outcomes = {
        ok: 4,
        timeout: 2,
        maintenance: 1,
        degraded: 1,
        self: 12,
        throttled: 21,
        credential: 1,
        user_data: 1,
        unreadable: 1,
        prerequisite: 1,
      };
      await store.saveRollups('day', [aRollup({ n: 45, outcomes })]);
      const { check } = QUERY;
      expect(await store.rollupCounts('day', T0, T0 + 1)).toEqual([
        { check, from: T0, n: 8, ok: 4 },
      ]);
    });

    /** Engines may give a subclass of Uint8Array. */
    function plain(rollups: Rollup[]): unknown[] {
      return rollups.map((rollup) => ({ ...rollup, delays: [...(rollup.delays ?? [])] }));
    }
  });
}

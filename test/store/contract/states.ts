import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aComponent, aTransition, T0 } from './samples.ts';

const NOTHING_ELSE = { slow_since: null, watched_since: T0 };

export function stateContract(open: () => Promise<OpenDatabase>): void {
  describe('components and transitions', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('a component is replaced, with all that is known of it', async () => {
      await store.record({ components: [aComponent({})] });
      const full = aComponent({
        state: 'partial_outage',
        since: T0 + 1,
        notes: [{ code: 'stalled', waiting: 6, oldest_accepted_at: T0 }],
        measured_at: T0 + 2,
        valid_until: T0 + 3,
        recent: { window_ms: MINUTE, n: 10, bad: 3, median_ms: 120.5, p95_ms: null },
        sync: {
          watermark_at: T0,
          waiting: 6,
          oldest_waiting_at: T0,
          sample: 40,
          lost: 1,
          last_arrival_at: null,
          stragglers: [T0],
          delays: { n: 0, median_ms: null, p95_ms: null },
        },
        course: { phase: 'stalled', stall: { from: T0, to: null }, ...NOTHING_ELSE },
      });
      await store.record({ components: [full, aComponent({ component: 'a.query' })] });
      expect(await store.components()).toEqual([aComponent({ component: 'a.query' }), full]);
    });

    test('transitions of a time come with the state before it', async () => {
      const first = aTransition({ from: 'unknown', to: 'operational', since: T0 });
      const second = aTransition({ from: 'operational', to: 'major_outage', since: T0 + 10 });
      const third = aTransition({
        from: 'major_outage',
        to: 'operational',
        since: T0 + 20,
        cause_ref: `beijing-query@${T0}`,
        notes: [{ code: 'slow', checks: ['beijing-query'] }],
        simulated: true,
      });
      await store.record({ components: [aComponent({})], transitions: [first, second, third] });
      expect(await store.transitions(T0, T0 + MINUTE)).toEqual([first, second, third]);
      expect(await store.transitions(T0 + 15, T0 + MINUTE)).toEqual([second, third]);
      expect(await store.transitions(T0 + 10, T0 + 20)).toEqual([first, second]);
      expect(await store.transitions(T0 + 30, T0 + MINUTE)).toEqual([third]);
      expect(await store.transitions(T0 - 30, T0)).toEqual([]);
    });

    test('what was recorded later names the earliest time that it may correct', async () => {
      expect(await store.recordedAfter(0)).toEqual({ seq: 0, since: null });
      const at = (since: number) => aTransition({ from: 'unknown', to: 'operational', since });
      await store.record({ transitions: [at(T0 + 30)] });
      const { seq, since } = await store.recordedAfter(0);
      expect(since).toBe(T0 + 30);
      expect(await store.recordedAfter(seq)).toEqual({ seq, since: null });
      await store.record({ transitions: [at(T0 + 20), at(T0 + 10), at(T0 + 40)] });
      expect(await store.recordedAfter(seq)).toEqual({ seq: seq + 3, since: T0 + 10 });
    });

    test('a correction counts from where it begins, in the order of recording', async () => {
      const up = aTransition({ from: 'unknown', to: 'operational', since: T0 });
      const blind = aTransition({ from: 'operational', to: 'unknown', since: T0 + 30 });
      const down = aTransition({ from: 'unknown', to: 'major_outage', since: T0 + 10 });
      const well = aTransition({ from: 'major_outage', to: 'operational', since: T0 + 20 });
      const transitions = [up, blind, down, well];
      await store.record({ components: [aComponent({ since: T0 + 20 })], transitions });
      expect(await store.transitions(T0, T0 + MINUTE)).toEqual(transitions);
      // What was known of T0 + 30 has been corrected by what was recorded after it.
      expect(await store.transitions(T0 + 40, T0 + MINUTE)).toEqual([well]);
      expect(await store.transitions(T0 + 15, T0 + 25)).toEqual([down, well]);
      expect(await store.transitions(T0 + 25, T0 + MINUTE)).toEqual([blind, well]);
      expect(await store.integrityProblems()).toEqual([]);
    });
  });
}

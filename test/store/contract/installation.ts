import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aJourney, aResult, T0 } from './samples.ts';

export function installationContract(open: () => Promise<OpenDatabase>): void {
  describe('installation', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('has an id made on first use and kept', async () => {
      const id = await store.installation();
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect(await store.installation()).toBe(id);
    });

    test('writes for a test what changes nothing', async () => {
      await store.record({ heartbeat_at: T0 });
      const version = await store.dataVersion();
      await store.testWrite();
      expect(await store.dataVersion()).not.toBe(version);
      expect(await store.heartbeat()).toBe(T0);
      expect(await store.changeSeq()).toBe(0);
      expect(await store.integrityProblems()).toEqual([]);
    });

    test('keeps its id through heartbeats, whichever comes first', async () => {
      await store.record({ heartbeat_at: T0 });
      const id = await store.installation();
      await store.record({ heartbeat_at: T0 + 5_000 });
      expect(await store.installation()).toBe(id);
      expect((await store.resume()).heartbeat_at).toBe(T0 + 5_000);
      expect(await store.heartbeat()).toBe(T0 + 5_000);
    });

    test('knows what judges, and since when', async () => {
      await store.installation();
      expect(await store.judge()).toBeNull();
      await store.record({ judge: { judged_by: 'a', judged_since: T0 } });
      await store.record({ judge: { judged_by: 'a', judged_since: T0 + 9 } });
      expect(await store.judge()).toEqual({ judged_by: 'a', judged_since: T0 });
      await store.record({ judge: { judged_by: 'b', judged_since: T0 + 9 } });
      expect(await store.judge()).toEqual({ judged_by: 'b', judged_since: T0 + 9 });
      // A clock that was ahead has been set right.
      await store.record({ judge: { judged_by: 'b', judged_since: T0 + 3 } });
      expect(await store.judge()).toEqual({ judged_by: 'b', judged_since: T0 + 3 });
    });

    test('knows how far roll-ups are written, and what is recorded late of before', async () => {
      await store.installation();
      expect((await store.resume()).rolled_up).toBeNull();
      await store.saveRolledUp({ to: T0, countable_from: T0 - 100 });
      expect((await store.resume()).rolled_up).toEqual({ to: T0, countable_from: T0 - 100 });
      await store.record({ results: [aResult({ slot_at: T0 }), aResult({ slot_at: T0 + 1 })] });
      expect((await store.resume()).rolled_up?.to).toBe(T0);
      await store.record({
        results: [aResult({ slot_at: T0 - 60 }), aResult({ slot_at: T0 + 2 })],
      });
      expect((await store.resume()).rolled_up?.to).toBe(T0 - 60);
      const arrived = { state: 'arrived', number: null, first_present_at: T0 - 100 } as const;
      await store.record({
        journeys: [aJourney({}), aJourney({ id: 'b'.repeat(32), ...arrived })],
      });
      expect((await store.resume()).rolled_up?.to).toBe(T0 - 100);
      await store.saveRolledUp({ to: T0, countable_from: T0 - 100 });
      const before = aJourney({ state: 'arrived', number: null, first_present_at: T0 - 50 });
      const submitted = { ...before, submitted: { key: '6a' } };
      await store.record({ corrected_journeys: [{ before, after: submitted }] });
      expect((await store.resume()).rolled_up?.to).toBe(T0);
      const after = { ...before, first_present_at: T0 - 55 };
      await store.record({ corrected_journeys: [{ before, after }] });
      expect((await store.resume()).rolled_up?.to).toBe(T0 - 55);
    });

    test('counts again what was due of an invoice that is told late, or withdrawn', async () => {
      await store.installation();
      const wholeAgain = () => store.saveRolledUp({ to: T0, countable_from: T0 - 100 });
      await wholeAgain();
      await store.record({ journeys: [aJourney({ accepted_at: T0 - 50 })] });
      expect((await store.resume()).rolled_up?.to).toBe(T0 - 50);
      await wholeAgain();
      const looked = aJourney({ id: 'b'.repeat(32), accepted_at: T0 - 500, looks: 3 });
      await store.record({ journeys: [looked] });
      expect((await store.resume()).rolled_up?.to).toBe(T0);
      await store.record({ journeys: [{ ...looked, state: 'rejected', number: null }] });
      expect((await store.resume()).rolled_up).toEqual({ to: T0 - 100, countable_from: T0 - 100 });
    });

    test('counts no time again whose rows may be gone', async () => {
      await store.installation();
      await store.saveRolledUp({ to: T0, countable_from: T0 - 100 });
      // With a longer retention nothing comes back.
      await store.saveRolledUp({ to: T0, countable_from: T0 - 200 });
      await store.record({ results: [aResult({ slot_at: T0 - 101 })] });
      expect((await store.resume()).rolled_up).toEqual({ to: T0, countable_from: T0 - 100 });
    });

    test('counts again from where the clock was set back to', async () => {
      await store.installation();
      await store.saveRolledUp({ to: T0, countable_from: T0 - 100 });
      await store.voidAfter(T0 - 50);
      expect((await store.resume()).rolled_up?.to).toBe(T0 - 50);
      await store.voidAfter(T0 - 40);
      expect((await store.resume()).rolled_up?.to).toBe(T0 - 50);
    });
  });
}

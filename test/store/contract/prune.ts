import { beforeEach, describe, expect, test } from 'vitest';
import { MAINTENANCE_STATUSES } from '../../../model/maintenance.ts';
import { MINUTE } from '../../../model/time.ts';
import type { Settlement } from '../../../store/ports/deliveries.ts';
import type { RecipientKey } from '../../../store/ports/fan-out.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import {
  aBadResult,
  aJourney,
  aLook,
  aMaintenance,
  aMaintenanceUpdate,
  aNotice,
  anAlert,
  anIncident,
  anIncidentUpdate,
  aReachedStage,
  aRollup,
  made,
  T0,
} from './samples.ts';

export function pruneContract(open: () => Promise<OpenDatabase>): void {
  describe('pruning', () => {
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

    test('of stages goes with results, but for invoices that wait', async () => {
      const [waits, came, gone] = ['a', 'b', 'c'].map((digit) => digit.repeat(32));
      if (!waits || !came || !gone) throw new Error('three');
      await store.record({
        journeys: [aJourney({ id: waits }), aJourney({ id: came, state: 'arrived' })],
        reached_stages: [waits, came, gone].flatMap((journey) => [
          aReachedStage({ journey, stage: 'reviewed', at: T0 + 1 }),
          aReachedStage({ journey, stage: 'issued', at: T0 + 2 }),
        ]),
      });
      expect(await store.prune('results', T0 + 2, 10)).toBe(2);
      const left = await store.reachedStages([waits, came, gone]);
      expect(left.map(({ journey, stage }) => [journey[0], stage])).toEqual([
        ['a', 'reviewed'],
        ['a', 'issued'],
        ['b', 'issued'],
        ['c', 'issued'],
      ]);
      expect(await store.prune('results', T0 + 3, 1)).toBe(1);
      expect(await store.prune('results', T0 + 3, 9)).toBe(1);
    });

    test('leaves a trouble of our own that lasts, however old', async () => {
      const trouble = { kind: 'disk', line: null, detail: 'full' } as const;
      const over = { ...trouble, since: T0, until: T0 + 1 };
      await store.record({ own_troubles: [over, { ...trouble, since: T0 + 2, until: null }] });
      expect(await store.prune('own_troubles', T0 + MINUTE, 10)).toBe(1);
      expect(await store.ownTroubles(0, T0 * 2)).toHaveLength(1);
      expect(await store.openOwnTroubles()).toHaveLength(1);
    });

    describe('of what was told', () => {
      const LATER = T0 + MINUTE;
      const wang = { id: 'wang', channel: 'email' };
      const li = { id: 'li', channel: 'email' };

      async function fanOut(...operators: RecipientKey[]): Promise<void> {
        while (await store.fanOut({ now: T0, limit: 10, operators }));
      }

      async function settleAll(settlement: Settlement): Promise<void> {
        for (const { id } of await store.claimDeliveries({ owner: 'test', now: T0, limit: 10 }))
          await store.settleDelivery(id, settlement);
      }

      test('leaves deliveries that wait or are to be tried again', async () => {
        await store.record({ notices: [aNotice({ id: 'first0000000', ref: 'alert0000000' })] });
        await fanOut(wang, li);
        await settleAll({ status: 'never_again', at: T0, error: 'no such mailbox' });
        await store.record({ notices: [aNotice({ id: 'second000000', ref: 'alert0000000' })] });
        await fanOut(wang, li);
        const next_attempt_at = T0 + 1;
        await settleAll({ status: 'retry', at: T0, next_attempt_at, error: 'busy' });
        expect(await store.prune('deliveries', T0, 10)).toBe(0);
        expect(await store.prune('deliveries', LATER, 1)).toBe(1);
        expect(await store.prune('deliveries', LATER, 10)).toBe(1);
        expect(await store.consecutiveFailures('wang', 10)).toBe(0);
        expect(
          await store.claimDeliveries({ owner: 'test', now: next_attempt_at, limit: 10 }),
        ).toHaveLength(2);
      });

      test('leaves a notice that is not fanned out, or whose deliveries are there', async () => {
        await store.record({ notices: [aNotice({ ref: 'alert0000000', kind: 'alert_opened' })] });
        expect(await store.prune('notices', LATER, 10)).toBe(0);
        await fanOut(wang);
        expect(await store.prune('notices', LATER, 10)).toBe(0);
        await settleAll({ status: 'sent', at: T0 });
        expect(await store.prune('notices', LATER, 10)).toBe(0);
        expect(await store.prune('deliveries', LATER, 10)).toBe(1);
        expect(await store.prune('notices', T0, 10)).toBe(0);
        expect(await store.prune('notices', LATER, 10)).toBe(1);
        expect(await store.prune('notices', LATER, 10)).toBe(0);
      });

      test('leaves what tells of an incident until it is resolved', async () => {
        const opened = { incidents: [anIncident({})], updates: [anIncidentUpdate({})] };
        await store.record({ ...opened, notices: [aNotice({})] });
        await fanOut();
        expect(await store.prune('notices', LATER, 10)).toBe(0);
        const resolved = anIncident({ status: 'resolved', resolved_at: T0 });
        await store.record({ incidents: [resolved] });
        expect(await store.prune('notices', LATER, 10)).toBe(1);
      });

      test.each(
        MAINTENANCE_STATUSES.map((status) => ({
          status,
          count: status === 'completed' || status === 'cancelled' ? 1 : 0,
        })),
      )('of a maintenance that is $status deletes $count', async ({ status, count }) => {
        const maintenance = aMaintenance({ status });
        const notice = aNotice({ kind: 'maintenance_announced', ref: maintenance.id });
        await store.record({ ...made(maintenance), notices: [notice] });
        await fanOut();
        expect(await store.prune('notices', LATER, 10)).toBe(count);
      });

      test('leaves a database sound: nobody was told of less', async () => {
        const maintenance = aMaintenance({ status: 'cancelled' });
        const codes = ['announced', 'cancelled'] as const;
        await store.record({
          ...made(maintenance),
          maintenance_updates: codes.map((code) =>
            aMaintenanceUpdate({ id: code, code, status: 'cancelled' }),
          ),
        });
        const [first, second] = codes.map((code, n) =>
          aNotice({
            id: code,
            kind: `maintenance_${code}`,
            ref: maintenance.id,
            update: code,
            created_at: T0 + n,
          }),
        );
        if (!first || !second) throw new Error('two notices');
        await store.record({ notices: [first] });
        expect(await store.integrityProblems()).toEqual([
          'update cancelled of maintenance maintenance1 has no notice',
        ]);
        await store.record({ notices: [second] });
        await fanOut();
        expect(await store.prune('notices', LATER, 1)).toBe(1);
        expect(await store.integrityProblems()).toEqual([]);
        expect(await store.prune('notices', LATER, 1)).toBe(1);
        expect(await store.integrityProblems()).toEqual([]);
      });

      test('leaves a later notice while an earlier one about the same stays', async () => {
        const maintenance = aMaintenance({ status: 'cancelled' });
        const codes = ['announced', 'cancelled'] as const;
        const maintenance_updates = codes.map((code) =>
          aMaintenanceUpdate({ id: code, code, status: 'cancelled' }),
        );
        const [first, second] = codes.map((code, n) =>
          aNotice({
            id: code,
            kind: `maintenance_${code}`,
            ref: maintenance.id,
            update: code,
            created_at: T0 + n,
          }),
        );
        if (!first || !second) throw new Error('two notices');
        await store.record({ ...made(maintenance), maintenance_updates, notices: [first] });
        await fanOut(wang);
        await settleAll({ status: 'retry', at: T0, next_attempt_at: LATER, error: 'busy' });
        await store.record({ notices: [second] });
        await fanOut();
        expect(await store.prune('notices', LATER, 10)).toBe(0);
        expect(await store.integrityProblems()).toEqual([]);
        for (const { id } of await store.claimDeliveries({ owner: 'test', now: LATER, limit: 10 }))
          await store.settleDelivery(id, { status: 'sent', at: LATER });
        await store.prune('deliveries', LATER + 1, 10);
        expect(await store.prune('notices', LATER, 10)).toBe(1);
        expect(await store.integrityProblems()).toEqual([]);
        expect(await store.prune('notices', LATER, 10)).toBe(1);
      });

      test('leaves an alert that is open, or that a notice still tells of', async () => {
        const over = { resolved_at: T0, resolved_since: T0 };
        await store.record({
          alerts: [
            anAlert({ id: 'open00000000' }),
            anAlert({ id: 'over00000000', ...over }),
            anAlert({ id: 'told00000000', ...over }),
          ],
          notices: [aNotice({ kind: 'alert_resolved', ref: 'told00000000' })],
        });
        await fanOut();
        expect(await store.prune('alerts', T0, 10)).toBe(0);
        expect(await store.prune('alerts', LATER, 10)).toBe(1);
        const left = async () => (await store.alerts({ limit: 10 })).map(({ id }) => id).sort();
        expect(await left()).toEqual(['open00000000', 'told00000000']);
        expect(await store.prune('notices', LATER, 10)).toBe(1);
        expect(await store.prune('alerts', LATER, 10)).toBe(1);
        expect(await left()).toEqual(['open00000000']);
      });
    });
  });
}

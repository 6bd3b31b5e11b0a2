import { beforeEach, describe, expect, test } from 'vitest';
import { planOf } from '../../../model/maintenance/plan.ts';
import { MAINTENANCE_STATUSES } from '../../../model/maintenance.ts';
import { HOUR } from '../../../model/time.ts';
import { StaleMaintenance } from '../../../store/ports/maintenances.ts';
import type { Recording } from '../../../store/record.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aMaintenance, aMaintenanceUpdate, changed, made } from './samples.ts';

export function maintenanceContract(open: () => Promise<OpenDatabase>): void {
  describe('maintenances', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('comes back as it was written, with its updates oldest first', async () => {
      const maintenance = aMaintenance({ reminded: [HOUR], actual_from: 48 * HOUR });
      const updates = [
        aMaintenanceUpdate({ id: 'second', created_at: 2 }),
        aMaintenanceUpdate({ id: 'third', created_at: 2, text: { 'zh-CN': '完成', en: 'Done' } }),
        aMaintenanceUpdate({ id: 'first', created_at: 1 }),
      ];
      await store.record({ ...made(maintenance), maintenance_updates: updates });
      const read = { ...maintenance, updates: [updates[2], updates[0], updates[1]] };
      expect(await store.maintenance(maintenance.id)).toEqual(read);
      expect(await store.maintenances({ limit: 10 })).toEqual([read]);
      expect(await store.maintenance('nobodyknows0')).toBeNull();
    });

    test('is listed by announced start, newest first, by status, up to the limit', async () => {
      for (const [n, status] of MAINTENANCE_STATUSES.entries()) {
        const announced_from = (48 + n) * HOUR;
        const until = { announced_until: 100 * HOUR, expected_recovery_at: 100 * HOUR };
        await store.record(made(aMaintenance({ id: `m${n}`, status, announced_from, ...until })));
      }
      const ids = async (filter: Parameters<Store['maintenances']>[0]) =>
        (await store.maintenances(filter)).map(({ id }) => id);
      expect(await ids({ limit: 10 })).toEqual(['m6', 'm5', 'm4', 'm3', 'm2', 'm1', 'm0']);
      expect(await ids({ statuses: ['scheduled', 'overrun'], limit: 10 })).toEqual(['m3', 'm1']);
      expect(await ids({ statuses: [], limit: 10 })).toEqual([]);
      expect(await ids({ limit: 2 })).toEqual(['m6', 'm5']);
    });

    test('is read as its last revision says', async () => {
      const before = aMaintenance({});
      await store.record(made(before));
      const after = aMaintenance({
        revision: 2,
        announced_from: 60 * HOUR,
        announced_until: 62 * HOUR,
        expected_recovery_at: 63 * HOUR,
        components: ['beijing.query'],
        published_at: 5,
        updated_at: 5,
      });
      await store.record(changed(after, before.updated_at));
      expect(await store.maintenance(before.id)).toEqual({ ...after, updates: [] });
      const plans = (await store.planRevisions(before.id)).map((it) => [
        it.revision,
        it.published_at,
        planOf({ ...after, ...it }),
      ]);
      expect(plans).toEqual([
        [1, before.published_at, planOf(before)],
        [2, 5, planOf(after)],
      ]);
      expect(await store.planRevisions('nobodyknows0')).toEqual([]);
    });

    test('that somebody else changed is refused, with all that came with it', async () => {
      const before = aMaintenance({});
      await store.record(made(before));
      await store.record(changed({ ...before, status: 'cancelled', updated_at: 7 }, 0));
      const late: Recording = {
        ...changed({ ...before, status: 'in_progress', revision: 2, updated_at: 8 }, 0),
        maintenance_updates: [aMaintenanceUpdate({ id: 'never' })],
        changes: [{ kind: 'maintenance', ref: before.id, at: 8 }],
      };
      await expect(store.record(late)).rejects.toThrow(StaleMaintenance);
      expect(await store.maintenance(before.id)).toMatchObject({
        status: 'cancelled',
        revision: 1,
        updates: [],
      });
      expect(await store.changeSeq()).toBe(0);
    });

    test('that is new but there already is refused', async () => {
      await store.record(made(aMaintenance({})));
      await expect(store.record(made(aMaintenance({ status: 'draft' })))).rejects.toThrow(
        StaleMaintenance,
      );
      expect(await store.maintenance('maintenance1')).toMatchObject({ status: 'scheduled' });
    });

    test('is sound only if every update has its notice and says the status', async () => {
      await store.record({
        ...made(aMaintenance({})),
        maintenance_updates: [aMaintenanceUpdate({ id: 'announced', status: 'scheduled' })],
        notices: [
          {
            id: 'n1',
            kind: 'maintenance_announced',
            ref: 'maintenance1',
            update: 'announced',
            created_at: 0,
          },
        ],
      });
      expect(await store.integrityProblems()).toEqual([]);
      await store.record({
        maintenance_updates: [aMaintenanceUpdate({ id: 'ended', status: 'verifying' })],
      });
      expect(await store.integrityProblems()).toEqual([
        'maintenance maintenance1 is scheduled, but its last update states verifying',
        'update ended of maintenance maintenance1 has no notice',
      ]);
    });
  });
}

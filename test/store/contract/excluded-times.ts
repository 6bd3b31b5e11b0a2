import { beforeEach, describe, expect, test } from 'vitest';
import { MAINTENANCE_STATUSES } from '../../../model/maintenance.ts';
import { HOUR } from '../../../model/time.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aMaintenance, changed, hours, made, SCOPE } from './samples.ts';

export function excludedTimeContract(open: () => Promise<OpenDatabase>): void {
  describe('excluded times', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('there are none until one is announced', async () => {
      expect(await store.excludedTimes(0, Number.MAX_SAFE_INTEGER)).toEqual([]);
    });

    test.each(
      MAINTENANCE_STATUSES.map((status) => ({
        status,
        count: status === 'draft' || status === 'cancelled' ? 0 : 1,
      })),
    )('one that is $status gives $count', async ({ status, count }) => {
      await store.record(made(aMaintenance({ status })));
      expect(await store.excludedTimes(0, 100 * HOUR)).toHaveLength(count);
    });

    test('they are whole, oldest first, and only those that overlap', async () => {
      await store.record(made(aMaintenance({ id: 'later', ...hours(60, 62) })));
      await store.record(made(aMaintenance({ id: 'sooner', ...hours(48, 50) })));
      const scope = { components: SCOPE };
      const sooner = { maintenance: 'sooner', ...scope, from: 48 * HOUR, to: 50 * HOUR };
      const later = { maintenance: 'later', ...scope, from: 60 * HOUR, to: 62 * HOUR };
      expect(await store.excludedTimes(0, 100 * HOUR)).toEqual([sooner, later]);
      expect(await store.excludedTimes(49 * HOUR, 60 * HOUR)).toEqual([sooner]);
      expect(await store.excludedTimes(50 * HOUR, 60 * HOUR)).toEqual([]);
    });

    test('of one maintenance', async () => {
      await store.record(made(aMaintenance({ id: 'announced', ...hours(48, 50) })));
      await store.record(made(aMaintenance({ id: 'other', ...hours(60, 62) })));
      await store.record(made(aMaintenance({ id: 'draft', ...hours(48, 50), status: 'draft' })));
      const [announced] = await store.excludedTimes(0, 55 * HOUR);
      expect(announced).toMatchObject({ maintenance: 'announced', from: 48 * HOUR });
      const excluded = { components: SCOPE, from: 48 * HOUR, to: 50 * HOUR };
      expect(await store.maintenanceAccounting('announced')).toEqual({ excluded, because: null });
      expect(await store.maintenanceAccounting('draft')).toBeNull();
      expect(await store.maintenanceAccounting('unknown')).toBeNull();
    });

    test('a revision that does not count takes nothing from the one that does', async () => {
      const first = aMaintenance(hours(48, 50));
      const moved = { ...first, ...hours(90, 91), revision: 2, published_at: 47 * HOUR };
      const late = { ...moved, ...hours(90, 99), revision: 3, published_at: 80 * HOUR };
      await store.record(made(first));
      await store.record(changed({ ...moved, updated_at: 47 * HOUR }, 0));
      await store.record(changed({ ...late, updated_at: 80 * HOUR }, 47 * HOUR));
      expect(await store.excludedTimes(0, 60 * HOUR)).toEqual([]);
      expect(await store.excludedTimes(60 * HOUR, 100 * HOUR)).toEqual([
        { maintenance: first.id, components: SCOPE, from: 90 * HOUR, to: 91 * HOUR },
      ]);
    });
  });
}

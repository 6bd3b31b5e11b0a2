import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aSpecimen, aSpecimenChange, QUERY, SYNC, T0, UPLOAD } from './samples.ts';

export function specimenContract(open: () => Promise<OpenDatabase>): void {
  describe('known files', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    const kept = async () => (await store.resume()).specimens;

    test('are one row per check and invoice, replaced as a whole', async () => {
      const other = aSpecimen({ invoice: '9'.repeat(64), format: 'ofd' });
      await store.record({ specimens: [aSpecimen({}), other] });
      const learned = aSpecimen({
        sha256: '1'.repeat(64),
        size: 1,
        facts: { number: null, amounts: null, text: 't'.repeat(64) },
        notes: ['bytes_appended', 'in_archive'],
        first_seen_at: T0 + 1,
        last_seen_at: T0 + 2,
        last_day: '2026-11-28',
        days: 2,
        downloads: 3,
        learned_at: T0 + 2,
      });
      await store.record({ specimens: [learned] });
      expect(await kept()).toEqual([other, learned]);
    });

    test('have a history, newest first', async () => {
      const changes = [
        aSpecimenChange({}),
        aSpecimenChange({ at: T0 + 1, kind: 'updated', sha256: '1'.repeat(64) }),
        aSpecimenChange({ at: T0 + 2, check: SYNC.check }),
      ];
      await store.record({ specimen_changes: changes });
      await store.record({ specimen_changes: changes });
      expect(await store.specimenChanges({ limit: 10 })).toEqual(changes.toReversed());
      const [newest] = await store.specimenChanges({ check: QUERY.check, limit: 1 });
      expect(newest?.kind).toBe('updated');
    });

    test('are forgotten with their check, and when they have not been seen for long', async () => {
      const seen_later = aSpecimen({ check: SYNC.check, last_seen_at: T0 + 1 });
      await store.record({
        specimens: [aSpecimen({}), seen_later, aSpecimen({ check: UPLOAD.check })],
        specimen_changes: [aSpecimenChange({}), aSpecimenChange({ check: UPLOAD.check })],
      });
      await store.register([QUERY, SYNC]);
      expect(await kept()).toEqual([aSpecimen({}), seen_later]);
      expect(await store.specimenChanges({ limit: 10 })).toEqual([aSpecimenChange({})]);
      expect(await store.prune('specimens', T0 + 1, 10)).toBe(1);
      expect(await kept()).toEqual([seen_later]);
      expect(await store.prune('specimen_changes', T0 + 1, 10)).toBe(1);
      expect(await store.specimenChanges({ limit: 10 })).toEqual([]);
    });
  });
}

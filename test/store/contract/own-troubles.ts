import { beforeEach, describe, expect, test } from 'vitest';
import type { OwnTrouble } from '../../../model/own-trouble.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { T0 } from './samples.ts';

const DISK: OwnTrouble = {
  kind: 'disk',
  line: null,
  since: T0 + 10,
  until: null,
  detail: 'SQLITE_FULL',
};

export function ownTroubleContract(open: () => Promise<OpenDatabase>): void {
  describe('own troubles', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('are open until they have an end', async () => {
      const line: OwnTrouble = { ...DISK, kind: 'line', line: 'telecom', since: T0 + 5 };
      await store.record({ own_troubles: [DISK, line] });
      expect(await store.openOwnTroubles()).toEqual([line, DISK]);
      const over = { ...DISK, until: T0 + 20, detail: 'SQLITE_FULL, then space' };
      await store.record({ own_troubles: [over] });
      expect(await store.openOwnTroubles()).toEqual([line]);
      expect(await store.ownTroubles(T0, T0 + 100)).toEqual([line, over]);
    });

    test('of two lines, or of a line and the whole installation, are apart', async () => {
      const troubles = [null, 'telecom', 'unicom'].map((line): OwnTrouble => ({ ...DISK, line }));
      await store.record({ own_troubles: troubles });
      expect(await store.openOwnTroubles()).toEqual(troubles);
    });

    test.each([
      ['ends where the span begins', { since: T0, until: T0 + 100 }, false],
      ['ends in it', { since: T0, until: T0 + 101 }, true],
      ['begins where it ends', { since: T0 + 200, until: null }, false],
      ['begins in it', { since: T0 + 199, until: null }, true],
      ['is open since before', { since: T0, until: null }, true],
    ])('one that %s is found in it: %o %s', async (_, span, is_found) => {
      await store.record({ own_troubles: [{ ...DISK, ...span }] });
      expect(await store.ownTroubles(T0 + 100, T0 + 200)).toHaveLength(is_found ? 1 : 0);
    });

    test('never end before they begin, and then nothing is written', async () => {
      const recording = { own_troubles: [{ ...DISK, until: DISK.since - 1 }], heartbeat_at: T0 };
      await expect(store.record(recording)).rejects.toMatchObject({ name: 'ConstraintViolated' });
      expect(await store.ownTroubles(0, T0 * 2)).toEqual([]);
      expect((await store.resume()).heartbeat_at).toBeNull();
    });
  });
}

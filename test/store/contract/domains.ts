import { beforeEach, describe, expect, test } from 'vitest';
import type { AskedDomain } from '../../../model/domain.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { T0 } from './samples.ts';

const ASKED: AskedDomain = { name: 'b.com', asked_at: T0, expires_at: null, measured_at: null };

export function domainContract(open: () => Promise<OpenDatabase>): void {
  describe('domains', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('are what was recorded of them last, by name', async () => {
      const other = { ...ASKED, name: 'a.com', expires_at: T0 + 9, measured_at: T0 };
      await store.record({ domains: [ASKED, other] });
      expect(await store.domains()).toEqual([other, ASKED]);
      const said = { ...ASKED, asked_at: T0 + 1, expires_at: T0 + 5, measured_at: T0 + 1 };
      await store.record({ domains: [said] });
      expect(await store.domains()).toEqual([other, said]);
    });

    test('are dated at the time to which the clock was set back', async () => {
      const later = { ...ASKED, asked_at: T0 + 100, expires_at: T0 + 500, measured_at: T0 + 100 };
      await store.record({ domains: [later] });
      await store.voidAfter(T0 + 50);
      expect(await store.domains()).toEqual([
        { ...later, asked_at: T0 + 50, measured_at: T0 + 50 },
      ]);
    });
  });
}

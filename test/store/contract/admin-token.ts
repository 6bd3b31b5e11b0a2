import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';

export function adminTokenContract(open: () => Promise<OpenDatabase>): void {
  describe("administrator's token", () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('is told once and known from then on, by nothing but itself', async () => {
      expect(await store.isAdminToken('')).toBe(false);
      expect(await store.adminTokenId()).toBeNull();
      const token = await store.ensureAdminToken();
      expect(token).toMatch(/^piaokuang_admin_[\w-]{43}$/);
      expect(await store.ensureAdminToken()).toBeNull();
      expect(await store.isAdminToken(token ?? '')).toBe(true);
      for (const guess of ['', 'piaokuang_admin_', `${token}x`, token?.slice(0, -1) ?? '']) {
        expect([guess, await store.isAdminToken(guess)]).toEqual([guess, false]);
      }
    });

    test('gives way to a new one, and so does what sessions refer to', async () => {
      const first = await store.ensureAdminToken();
      const first_id = await store.adminTokenId();
      const second = await store.renewAdminToken();
      expect(await store.isAdminToken(first ?? '')).toBe(false);
      expect(await store.isAdminToken(second)).toBe(true);
      expect(await store.adminTokenId()).not.toBe(first_id);
      expect(await store.ensureAdminToken()).toBeNull();
    });
  });
}

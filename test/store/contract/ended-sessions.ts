import { describe, expect, test } from 'vitest';
import type { OpenDatabase } from './database.ts';

export function endedSessionsContract(open: () => Promise<OpenDatabase>): void {
  describe('D1: an ended session', () => {
    test('stays ended until it has expired, and alone', async () => {
      const { store } = await open();
      await store.endSession('first', { expires_at: 2_000, now: 1_000 });
      await store.endSession('first', { expires_at: 2_000, now: 1_100 });
      expect(await store.isSessionEnded('first')).toBe(true);
      expect(await store.isSessionEnded('firs')).toBe(false);
      expect(await store.isSessionEnded('')).toBe(false);

      await store.endSession('second', { expires_at: 3_000, now: 1_999 });
      expect(await store.isSessionEnded('first')).toBe(true);
      // What would not be let in any more need not be remembered.
      await store.endSession('third', { expires_at: 4_000, now: 2_000 });
      expect(await store.isSessionEnded('first')).toBe(false);
      expect(await store.isSessionEnded('second')).toBe(true);
    });
  });
}

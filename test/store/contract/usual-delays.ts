import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../model/time.ts';
import type { UsualDelay } from '../../../model/usual-delay.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { QUERY, T0, UPLOAD } from './samples.ts';

const usual = (changed: Partial<UsualDelay> = {}): UsualDelay => ({
  check: QUERY.check,
  from: T0,
  to: T0 + HOUR,
  median_ms: 120.5,
  p99_ms: 2_000,
  apart_ms: null,
  hours: 'same',
  ...changed,
});

export function usualDelayContract(open: () => Promise<OpenDatabase>): void {
  describe('usual delays', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('those that hold at some time are read, oldest first', async () => {
      const late = usual({ check: UPLOAD.check, from: T0 + 59 * MINUTE, hours: 'all' });
      const next = usual({ from: T0 + HOUR, to: T0 + 2 * HOUR });
      await store.saveUsualDelays([next, late, usual()]);
      expect(await store.usualDelays(T0, T0 + 2 * HOUR)).toEqual([usual(), late, next]);
      expect(await store.usualDelays(T0 + HOUR - 1, T0 + HOUR)).toEqual([usual(), late]);
      expect(await store.usualDelays(T0 + HOUR, T0 + HOUR + 1)).toEqual([next]);
      expect(await store.usualDelays(T0 - HOUR, T0)).toEqual([]);
    });

    test('what is known of an hour stays', async () => {
      await store.saveUsualDelays([usual()]);
      await store.saveUsualDelays([usual({ median_ms: 9_000 })]);
      expect(await store.usualDelays(T0, T0 + 1)).toEqual([usual()]);
    });

    test('nothing of an unknown check is kept', async () => {
      const saved = store.saveUsualDelays([usual(), usual({ check: 'nobody' })]);
      await expect(saved).rejects.toThrow('nobody');
      expect(await store.usualDelays(T0, T0 + 1)).toEqual([]);
    });
  });
}

import { beforeEach, describe, expect, test } from 'vitest';
import { DAY } from '../../../model/time.ts';
import type { UsualTraffic } from '../../../model/usual-traffic.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { QUERY, T0, UPLOAD } from './samples.ts';

const NIGHT = Array.from({ length: 24 }, (_, hour) => (hour < 7 ? 0 : null));
const usual = (changed: Partial<UsualTraffic> = {}): UsualTraffic => ({
  check: QUERY.check,
  from: T0,
  working: NIGHT,
  other: NIGHT.map(() => null),
  ...changed,
});

export function usualTrafficContract(open: () => Promise<OpenDatabase>): void {
  describe('usual traffic', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('what was determined in a time is read, oldest first', async () => {
      const of_other = usual({ check: UPLOAD.check, working: NIGHT.map(() => 12.5) });
      const next = usual({ from: T0 + DAY });
      await store.saveUsualTraffic([next, of_other, usual()]);
      const all = await store.usualTraffic(T0, T0 + DAY + 1);
      expect(all.slice(0, 2)).toEqual(expect.arrayContaining([usual(), of_other]));
      expect(all.slice(2)).toEqual([next]);
      expect(await store.usualTraffic(T0 + 1, T0 + DAY)).toEqual([]);
    });

    test('what is known from an instant on stays', async () => {
      await store.saveUsualTraffic([usual()]);
      await store.saveUsualTraffic([usual({ working: NIGHT.map(() => 9) })]);
      expect(await store.usualTraffic(T0, T0 + 1)).toEqual([usual()]);
    });
  });
}

import { describe, expect, test } from 'vitest';
import { invoicesText, watermarkText } from '../../messages/figures.ts';
import type { SyncProgress } from '../../model/component.ts';
import { AT, en, zh } from './words.ts';

const NONE_ARRIVED: SyncProgress = {
  watermark_at: null,
  waiting: 0,
  oldest_waiting_at: null,
  sample: 3,
  lost: 0,
  last_arrival_at: null,
};

/** By law 4: no sentence claims more than was checked. */
describe('invoices are told as far as they are known', () => {
  test('that none waits is said while it is known alone', () => {
    expect(invoicesText(NONE_ARRIVED, 'operational', zh)).toBe('没有在等待的发票。');
    expect(invoicesText(NONE_ARRIVED, 'unknown', zh)).toBe('');
    const waiting = { ...NONE_ARRIVED, waiting: 2, oldest_waiting_at: AT - 60_000 };
    expect(invoicesText(waiting, 'unknown', zh)).toBe('2 张还在等待，最早的一张 14:31 受理。');
  });

  test('W1: without a watermark none was seen to arrive, which some may have', () => {
    expect(watermarkText(NONE_ARRIVED, AT, zh).figure).toBe('还没有看到一张到达');
    expect(watermarkText(NONE_ARRIVED, AT, en).figure).toBe('No invoice was seen to arrive yet');
  });
});

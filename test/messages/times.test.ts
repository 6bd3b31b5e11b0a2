import { describe, expect, test } from 'vitest';
import { AT, en, zh } from './words.ts';

describe('times are those of the page zone', () => {
  test('as a clock, near a reference, and by date', () => {
    expect(zh.clock(AT)).toBe('14:32:04');
    expect(zh.timeNear(AT, AT + 3_600_000)).toBe('14:32');
    expect(zh.timeNear(AT, AT + 86_400_000)).toBe('11月21日 14:32');
    expect(en.dateTime(AT)).toBe('Nov 21, 14:32');
    expect(zh.day('2026-11-02')).toBe('11月2日');
    expect(zh.clock(Date.parse('2026-11-20T16:00:00Z'))).toBe('00:00:00');
    expect(zh.zone()).toBe('中国标准时间（Asia/Shanghai）');
  });
});

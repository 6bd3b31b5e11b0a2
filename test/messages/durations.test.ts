import { describe, expect, test } from 'vitest';
import { en, zh } from './words.ts';

describe('durations', () => {
  test.each([
    [0, '0 秒', '0 s'],
    [3, '0.01 秒', '0.01 s'],
    [320, '0.32 秒', '0.32 s'],
    [999, '1 秒', '1 s'],
    [8_240, '8.2 秒', '8.2 s'],
    [9_960, '10 秒', '10 s'],
    [59_400, '59 秒', '59 s'],
    [59_700, '1 分', '1 min'],
    [110_000, '1 分 50 秒', '1 min 50 s'],
    [3_599_700, '1 小时', '1 h'],
    [11_400_000, '3 小时 10 分', '3 h 10 min'],
    [86_399_000, '1 天', '1 d'],
    [86_400_000, '1 天', '1 d'],
    [183_600_000, '2 天 3 小时', '2 d 3 h'],
  ])('%d ms', (ms, chinese, english) => {
    expect([zh.duration(ms), en.duration(ms)]).toEqual([chinese, english]);
  });
});

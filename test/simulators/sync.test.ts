import { describe, expect, test } from 'vitest';
import { syncDelayMs, workedMs } from '../../simulators/sync.ts';

describe('the sync delay', () => {
  const delays = Array.from({ length: 4_000 }, (_, i) =>
    syncDelayMs('seed', String(26_000_000 + i), i * 10_000),
  ).sort((a, b) => a - b);
  const quantile = (p: number) => delays[Math.floor(p * delays.length)] ?? Number.NaN;

  test('has a median of 20 s, a p95 of 90 s and no more than 10 minutes', () => {
    expect(quantile(0.5) / 20_000).toBeGreaterThan(0.92);
    expect(quantile(0.5) / 20_000).toBeLessThan(1.08);
    expect(quantile(0.95) / 90_000).toBeGreaterThan(0.88);
    expect(quantile(0.95) / 90_000).toBeLessThan(1.12);
    expect(delays[0]).toBeGreaterThan(0);
    expect(delays.at(-1)).toBeLessThanOrEqual(600_000);
  });

  test('is the same whenever it is asked, and another for another seed, number or time', () => {
    const asked = () => syncDelayMs('a', '1', 1);
    expect(asked()).toBe(asked());
    const others = [syncDelayMs('b', '1', 1), syncDelayMs('a', '2', 1), syncDelayMs('a', '1', 2)];
    expect(new Set([asked(), ...others]).size).toBe(4);
  });
});

describe('the time the sync worked', () => {
  const cases: [string, [number, number], [number, number][], number][] = [
    ['without a stall is all of it', [100, 200], [], 100],
    ['is nothing during a stall', [100, 200], [[50, 300]], 0],
    ['leaves out a stall in the middle', [100, 200], [[120, 150]], 70],
    [
      'leaves out a stall at either end',
      [100, 200],
      [
        [50, 110],
        [190, 250],
      ],
      80,
    ],
    [
      'counts overlapping stalls once',
      [100, 200],
      [
        [130, 160],
        [120, 150],
        [125, 126],
      ],
      60,
    ],
    [
      'ignores stalls before and after',
      [100, 200],
      [
        [0, 100],
        [200, 300],
      ],
      100,
    ],
    ['ignores a stall that was ended before it began', [100, 200], [[150, 120]], 100],
    ['of no time is nothing', [100, 100], [[0, 300]], 0],
  ];
  test.for(cases)('%s', ([, [from, to], stalls, worked]) => {
    expect(
      workedMs(
        from,
        to,
        stalls.map(([from, to]) => ({ from, to, rate: 0 })),
      ),
    ).toBe(worked);
  });

  test('counts a slow time by its share, and the worst where several overlap', () => {
    const slow = { from: 100, to: 200, rate: 0.2 };
    const worked = (...more: { from: number; to: number; rate: number }[]) =>
      workedMs(50, 250, [slow, ...more]);
    expect(worked()).toBeCloseTo(50 + 20 + 50);
    expect(worked({ from: 150, to: 300, rate: 0.5 })).toBeCloseTo(50 + 20 + 25);
    expect(worked({ from: 150, to: 200, rate: 0 })).toBeCloseTo(50 + 10 + 50);
  });

  test('never shrinks as time goes on and never exceeds it', () => {
    const stalls = [
      [10, 20],
      [15, 40],
      [60, 61],
    ].map(([from = 0, to = 0]) => ({ from, to, rate: 0 }));
    let last = 0;
    for (let to = 0; to < 100; to += 1) {
      const worked = workedMs(0, to, stalls);
      expect(worked).toBeGreaterThanOrEqual(last);
      expect(worked).toBeLessThanOrEqual(to);
      last = worked;
    }
  });
});

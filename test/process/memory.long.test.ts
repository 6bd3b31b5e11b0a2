import { expect, test } from 'vitest';
import { withUsedInstallation } from './use/long-use.ts';
import { LASTING } from './use/memory.ts';

const FIRST = { first_requests: 1_000, first_minutes: 0.25 };
const USE = { ...FIRST, requests: 10_000, streams: 200, results: 1_000, minutes: 0.5 };

test('no process keeps what it was asked for, streamed or recorded', () =>
  withUsedInstallation(USE, async ({ before, after, counted }) => {
    expect(counted.requests).toBeGreaterThanOrEqual(USE.requests + USE.streams);
    expect(counted.results).toBeGreaterThanOrEqual(USE.results);
    expect(counted.open_streams).toBe(0);
    const grown = LASTING.filter((name) => after[name].rss > 1.5 * before[name].rss);
    expect(grown, JSON.stringify({ before, after })).toEqual([]);
  }));

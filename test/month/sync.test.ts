import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSigner } from '../../platform/signer.ts';
import { wrongSync } from './compare-sync.ts';
import { readSync, type SyncFacts } from './oracle/sync.ts';
import { MINUTE_MS } from './site.ts';
import { HEALTHY, type LivedSyncMonth, liveThroughSync } from './sync-month.ts';

/** Another is drawn by each seed. */
const SEED = Number(process.env.SEED ?? 9);

describe('of drawn invoices, a stall, our downtime and a loss of a tenth', () => {
  let month: LivedSyncMonth | null = null;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'piaokuang-sync-'));
    month = await liveThroughSync(SEED, folder, openSigner(folder));
    await rm(folder, { recursive: true });
  }, 3 * MINUTE_MS);
  const lived = (): LivedSyncMonth => {
    if (month === null) throw new Error('only in tests');
    return month;
  };

  test('states, watermark and what waits are those of the oracle', () => {
    expect(wrongSync(lived()).wrong).toEqual([]);
  });

  test('it is told that it stands still, catches up and lacks some', () => {
    const { told } = wrongSync(lived());
    expect(new Set(told)).toEqual(
      new Set(['unknown', 'operational', 'stalled', 'catching_up', 'part_lost']),
    );
  });

  test('nothing is told of what is well', () => {
    const { told } = wrongSync(lived());
    const well = lived().reads.flatMap(({ at }, i) =>
      HEALTHY.some(({ from, to }) => from <= at && at < to) ? told[i] : [],
    );
    expect(new Set(well)).toEqual(new Set(['operational']));
  });
});

/** Worked by hand from docs/judging.md: looked for every minute, late after 10. */
const minutes = (...all: number[]) => all.map((it) => it * MINUTE_MS);
function facts(accepted: number[], found: Record<number, number>, until: number): SyncFacts {
  const looks = accepted.flatMap((one) => {
    const last = found[one] ?? until;
    return Array.from({ length: last - one }, (_, i) => ({
      accepted_at: one * MINUTE_MS,
      at: (one + i + 1) * MINUTE_MS,
      is_there: one + i + 1 === found[one],
    }));
  });
  return {
    accepted: minutes(...accepted),
    looks: looks.toSorted((a, b) => a.at - b.at),
    away: [],
    late_ms: 10 * MINUTE_MS,
    stalled_ms: 10 * MINUTE_MS,
  };
}

function statesOf(given: SyncFacts, ...at: number[]) {
  const then = readSync(given, minutes(...at));
  return at.map((it) => then.find((one) => one.at === it * MINUTE_MS)?.state);
}

test('SYNC-2, SYNC-8: five that are late and nothing for 10 minutes, until fewer are late', () => {
  const found = { 0: 1, 2: 30, 3: 31, 4: 32, 5: 33, 6: 34, 7: 35 };
  const given = facts([0, 2, 3, 4, 5, 6, 7], found, 40);
  expect(statesOf(given, 16, 17, 29, 30, 31)).toEqual([
    'operational',
    'stalled',
    'stalled',
    'catching_up',
    'operational',
  ]);
});

test('SYNC-9, SYNC-10: unknown before the first; 3 of 20 are some', () => {
  const accepted = Array.from({ length: 20 }, (_, i) => i);
  const found = Object.fromEntries(accepted.map((it) => [it, it + 1]));
  for (const lost of [4, 9, 14]) delete found[lost];
  const given = facts(accepted, found, 40);
  expect(statesOf(given, 0, 5, 40)).toEqual(['unknown', 'operational', 'part_lost']);
});

test('what a later one has overtaken is no stall', () => {
  const given = facts([0, 1, 2, 3, 4, 5], { 5: 6 }, 40);
  expect(statesOf(given, 20, 40)).not.toContain('stalled');
});

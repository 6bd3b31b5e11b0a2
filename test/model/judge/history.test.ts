import { expect, it } from 'vitest';
import {
  cleared,
  countsAt,
  firstBadAt,
  greatestBadShare,
  type History,
  historyUntil,
  windowLengths,
  withBad,
  withGood,
  withoutRun,
} from '../../../model/judge/history.ts';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import { T0 } from '../builders.ts';

/** Numbers in [0, 1), the same for the same seed (Park and Miller, 1988). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const badAt = (slot_at: number) => ({ slot_at, is_perhaps_ours: false });

interface Plain {
  at: number;
  bad: boolean;
}

/** The same with a plain list. */
function counted(list: readonly Plain[], at: number) {
  return windowLengths().map((length) => {
    const inside = list.filter((it) => it.at > at - length);
    return { n: inside.length, bad: inside.filter((it) => it.bad).length };
  });
}

it.each([1, 2, 3, 4, 5, 6])('counts like a list of all results, seed %i', (seed) => {
  const chance = random(seed);
  const irregular = seed % 2 === 0;
  const every = [15 * SECOND, 5 * MINUTE, 90 * SECOND][seed % 3] ?? MINUTE;
  let at = T0;
  const list: Plain[] = [];
  let run: Plain[] = [];
  let forgotten = 0;
  let history: History | null = null;
  for (let i = 0; i < 12_000; i += 1) {
    at += irregular ? Math.round(chance() * 2 * every) : every;
    if (i % 4_001 === 4_000) at += 40 * HOUR;
    if (chance() < 0.15) {
      history = withBad(history, badAt(at));
      run.push({ at, bad: true });
    } else {
      history = withGood(history, at);
      list.push(...run, { at, bad: false });
      run = [];
    }
    if (run.length > 3) {
      run = [];
      history = withoutRun(history);
    }
    if (i % 2_503 === 2_502) {
      history = cleared(history);
      forgotten = list.length;
    }
    if (i % 97 !== 0) continue;
    const counts = counted(list.slice(forgotten), at);
    expect(countsAt(history, at)).toEqual(counts);
    const shares = counted(list, at).flatMap(({ n, bad }) => (n >= 20 ? bad / n : []));
    expect(greatestBadShare(history, at)).toBe(shares.length ? Math.max(...shares) : null);
    for (const length of windowLengths()) {
      const first = list.slice(forgotten).find((it) => it.bad && it.at > at - length);
      expect(firstBadAt(history, at, length)).toBe(first?.at ?? null);
    }
  }
});

it('takes about a byte a result, and keeps a day', () => {
  let history: History | null = null;
  for (let i = 0; i < 20_000; i += 1) history = withGood(history, T0 + i * 15 * SECOND);
  expect(history?.bytes.length).toBeLessThan(2 * 5_760);
  expect(countsAt(history as History, T0 + 19_999 * 15 * SECOND).at(-1)?.n).toBe(5_760);
});

it('is what it was, after results of slots that never came to be', () => {
  const slots = Array.from({ length: 4_000 }, (_, i) => T0 + i * 15 * SECOND);
  const build = (n: number) =>
    slots
      .slice(0, n)
      .reduce<History | null>(
        (history, at, i) => (i % 7 === 3 ? withBad(history, badAt(at)) : withGood(history, at)),
        null,
      ) as History;
  const whole = build(4_000);
  const cut = historyUntil(whole, slots[3_000] ?? 0);
  expect(countsAt(cut, slots[3_000] ?? 0)).toEqual(countsAt(build(3_001), slots[3_000] ?? 0));
  const after = countsAt(whole, slots[3_999] ?? 0);
  withGood(cut, slots[3_001] ?? 0);
  expect(countsAt(whole, slots[3_999] ?? 0)).toEqual(after);
});

it('until an instant, has what nothing proves of that very instant, and nothing later', () => {
  const first = withBad(withGood(null, T0 - MINUTE), { slot_at: T0, is_perhaps_ours: true });
  const history = withGood(first, T0 + MINUTE);
  expect(historyUntil(history, T0).unproven).toEqual([T0]);
  expect(historyUntil(history, T0 - 1).unproven).toEqual([]);
});

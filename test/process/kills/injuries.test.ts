import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { injuries, neverStruck, wordsOf } from '../injuring/injuries.ts';
import { EXTENT, PAIRS } from './injuries.ts';

/** The next so many of a series. */
function drawn(series: ReturnType<typeof injuries>, count: number) {
  return Array.from({ length: count }, () => series.next().value);
}

test('every step of every process is struck in every way: 128 pairs', () => {
  // 16 steps of recording, 6 of upkeep, 4 of the page and 6 of the notifier in three ways each; the
  // main process in two ways at the 16 of recording.
  expect(PAIRS).toHaveLength((16 + 6 + 4 + 6) * 3 + 16 * 2);
  expect(new Set(PAIRS.map(wordsOf)).size).toBe(128);
});

test('each pair has its turn before any comes again, in another order each time', () => {
  const series = injuries(PAIRS, EXTENT, createRandom(7));
  const first = drawn(series, 128).map(wordsOf);
  const second = drawn(series, 128).map(wordsOf);
  const all = PAIRS.map(wordsOf).sort();
  expect([...first].sort()).toEqual(all);
  expect([...second].sort()).toEqual(all);
  expect(second).not.toEqual(first);
});

test('the seed decides the series', () => {
  const of = (seed: number) => drawn(injuries(PAIRS, EXTENT, createRandom(seed)), 200);
  expect(of(7)).toEqual(of(7));
  expect(of(8)).not.toEqual(of(7));
});

test('30 rounds strike 30 pairs, and 98 are named that were never struck', () => {
  const struck = drawn(injuries(PAIRS, EXTENT, createRandom(7)), 30);
  const never = neverStruck(PAIRS, struck).map(wordsOf);
  expect(never).toHaveLength(98);
  expect(new Set([...never, ...struck.map(wordsOf)]).size).toBe(128);
  expect(neverStruck(PAIRS, PAIRS)).toEqual([]);
});

test('a pair is named by what a reader has to know', () => {
  const [first] = PAIRS;
  expect(first && wordsOf(first)).toBe('collector, before begin: kill');
  expect(PAIRS.map(wordsOf).at(-1)).toBe('collector, after commit installation: stop main');
});

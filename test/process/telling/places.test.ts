import { expect, test } from 'vitest';
import { wordsOf } from '../injuring/injuries.ts';
import { TELLING_PAIRS } from './places.ts';

test('every step between a notice and its settlement is struck in three ways: 111 pairs', () => {
  // 26 of the notifier's writing, 11 that its receivers see.
  expect(TELLING_PAIRS).toHaveLength((26 + 11) * 3);
  expect(new Set(TELLING_PAIRS.map(wordsOf)).size).toBe(111);
});

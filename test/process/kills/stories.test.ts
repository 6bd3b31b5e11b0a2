import { expect, it } from 'vitest';
import { brokenStories } from './stories.ts';
import type { TakenMessage } from './witness.ts';

/** `1 opened` is the message with that id; an alert that is `opened`. */
function messages(...words: string[]): TakenMessage[] {
  return words.map((it) => {
    const [id = '', type] = it.split(' ');
    return { id, type: `alert.${type}`, alert: { id: 'a', kind: 'state', subject: 'b.query' } };
  });
}

it.each([
  [['1 opened', '2 changed', '3 resolved']],
  [['1 opened', '1 opened', '2 resolved']],
  [['1 resolved']],
  [['1 opened', '2 resolved', '2 resolved']],
])('is in order: %j', (words) => {
  expect(brokenStories(messages(...words))).toEqual([]);
});

it.each([
  [['1 resolved', '2 opened']],
  [['1 changed', '2 resolved']],
  [['1 opened', '2 opened']],
  [['1 opened', '2 resolved', '3 resolved']],
  [['1 opened', '2 resolved', '3 changed']],
])('is not: %j', (words) => {
  expect(brokenStories(messages(...words))).toHaveLength(1);
});

import { expect, test } from 'vitest';
import type { Note } from '../../model/component.ts';
import type { InvoiceFunction } from '../../model/vocabulary.ts';
import { type Well, wellOf, wellOfAll } from '../../model/well.ts';

const ANSWERED: Note = { code: 'noticed', note: 'answered_only', checks: ['r'] };
const QUIET: Note = { code: 'quiet', last_at: 0 };
const view = (fn: InvoiceFunction, is_tax_entry: boolean, notes: Note[] = []) => ({
  function: fn,
  state: 'operational' as const,
  notes,
  is_tax_entry,
});
const ENTRIES = {
  answered: view('reach', true, [ANSWERED]),
  quiet: view('issue', false, [QUIET]),
  reachable: view('reach', false),
  tax_entry: view('reach', true),
  normal: view('query', true),
} as const satisfies Record<Well, ReturnType<typeof view>>;

test('W10: of an entry no more is known than what was looked at', () => {
  for (const [well, it] of Object.entries(ENTRIES))
    expect([well, wellOf(it)]).toEqual([well, well]);
});

test.each<[Well[], Well]>([
  [['tax_entry', 'tax_entry'], 'tax_entry'],
  [['tax_entry', 'reachable'], 'reachable'],
  [['reachable', 'answered', 'tax_entry'], 'answered'],
  [['reachable', 'quiet'], 'quiet'],
  [['reachable', 'normal'], 'normal'],
  [[], 'normal'],
])('of %j together: %s', (wells, expected) => {
  expect(wellOfAll(wells.map((it) => ENTRIES[it]))).toBe(expected);
});

import { expect, test } from 'vitest';
import type { Gap } from '../../../model/component.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import { EMPTY_BATCH, type LineResult } from '../../../probes/line/batch.ts';
import { createHandOvers } from '../../../probes/line/handed-over.ts';
import { result, T0 } from '../../model/builders.ts';

function handedOver(check: string, slot_at: number): LineResult {
  return {
    result: result(slot_at, { check }),
    valid_until: slot_at + 25_000,
    next_slot_at: slot_at + 10_000,
  };
}

function gap(from: number, to: number): Gap {
  return { from: T0 + from, to: T0 + to, cause: 'suspended' };
}

function failing(kind: 'line' | 'machine', at: number, is_failing = true): LineCondition {
  return { kind, line: 'local', neutral: null, is_failing, at: T0 + at, detail: 'no_route' };
}

test('before the first word nothing is missing; from then on the slots of every check are', () => {
  const kept = createHandOvers(['a', 'b']);
  expect(kept.soFar()).toBeNull();
  kept.heard(T0);
  kept.heard(T0 + 1_000);
  kept.note({ ...EMPTY_BATCH, results: [handedOver('a', T0 + 500), handedOver('a', T0 + 900)] });
  expect(kept.soFar()).toEqual({
    slots: new Map([
      ['a', T0 + 900],
      ['b', T0],
    ]),
    gaps: [],
    known_until: T0 + 1_000,
  });
});

test('gaps are kept for as long as a check may have had a slot in them', () => {
  const kept = createHandOvers(['a', 'b']);
  kept.heard(T0);
  kept.note({ ...EMPTY_BATCH, gaps: [gap(1_000, 20_000)] });
  kept.note({ ...EMPTY_BATCH, results: [handedOver('a', T0 + 30_000)] });
  kept.note({ ...EMPTY_BATCH, gaps: [gap(31_000, 50_000)] });
  expect(kept.soFar()?.gaps).toEqual([gap(1_000, 20_000), gap(31_000, 50_000)]);
  kept.note({ ...EMPTY_BATCH, results: [handedOver('b', T0 + 30_000)] });
  kept.note({ ...EMPTY_BATCH, gaps: [gap(51_000, 70_000)] });
  expect(kept.soFar()?.gaps).toEqual([gap(31_000, 50_000), gap(51_000, 70_000)]);
});

test('what lies ahead of a clock set back comes again', () => {
  const kept = createHandOvers(['a', 'b']);
  kept.heard(T0);
  kept.note({ ...EMPTY_BATCH, results: [handedOver('a', T0 + 60_000)] });
  kept.note({ ...EMPTY_BATCH, gaps: [gap(10_000, 30_000), gap(40_000, 60_000)] });
  kept.note({ ...EMPTY_BATCH, steps: [{ at: T0 + 20_000, by_ms: -50_000 }] });
  const { slots, gaps } = kept.soFar() ?? {};
  expect(slots?.get('a')).toBe(T0 + 20_000);
  expect(slots?.get('b')).toBe(T0);
  expect(gaps).toEqual([gap(10_000, 20_000)]);
});

test('what lasted when a thread died is over since its last word, once', () => {
  const kept = createHandOvers(['a']);
  kept.heard(T0);
  kept.note({ ...EMPTY_BATCH, conditions: [failing('line', 100), failing('machine', 200)] });
  kept.note({ ...EMPTY_BATCH, conditions: [failing('line', 300, false)] });
  kept.heard(T0 + 5_000);
  expect(kept.endConditions()).toEqual([{ ...failing('machine', 5_000, false), detail: '' }]);
  expect(kept.endConditions()).toEqual([]);
});

test('10 s without a thread are a gap, less is none; what comes after it is another one', () => {
  const kept = createHandOvers(['a']);
  expect(kept.away(T0 + 60_000)).toBeNull();
  kept.heard(T0);
  expect(kept.away(T0 + 9_999)).toBeNull();
  expect(kept.away(T0 + 59_999, 60_000)).toBeNull();
  const first: Gap = { from: T0, to: T0 + 60_000, cause: 'restart' };
  expect(kept.away(T0 + 60_000, 60_000)).toEqual(first);
  const second: Gap = { from: T0 + 60_000, to: T0 + 70_000, cause: 'restart' };
  expect(kept.away(T0 + 70_000)).toEqual(second);
  expect(kept.soFar()).toMatchObject({ gaps: [first, second], known_until: T0 + 70_000 });
  // The clock was set back meanwhile.
  expect(kept.away(T0 + 20_000)).toBeNull();
  expect(kept.away(T0 + 40_000)?.from).toBe(T0 + 20_000);
});

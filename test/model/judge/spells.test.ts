import { expect, test } from 'vitest';
import { gradeAfter, judgeCheck } from '../../../model/judge/check.ts';
import { freshJudgement } from '../../../model/judge/judgement.ts';
import {
  firstDifference,
  type Spells,
  spellsAfter,
  spellsUntil,
} from '../../../model/judge/spells.ts';
import type { Result } from '../../../model/result.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { bad, policy, result, slow, T0 } from '../builders.ts';

/**
 * A letter a minute, deadline 5 s: `g`ood, `b`ad, `s`low, says that it is `m`aintained; a dot is a
 * slot without a result. Of the last `kept` minutes all is kept.
 */
function seen(word: string, kept = word.length) {
  let [judgement, spells] = [freshJudgement('c'), [] as Spells];
  for (const [i, letter] of [...word].entries()) {
    if (letter === '.') continue;
    const slot_at = T0 + i * MINUTE;
    const found = resultOf(letter, slot_at);
    const rules = {
      policy,
      in_window: false,
      is_perhaps_ours: false,
      confirmations: 2,
      next_slot_at: slot_at + MINUTE,
      valid_until: slot_at + 2 * MINUTE + 5 * SECOND,
    };
    const after = judgeCheck(judgement, found, rules);
    const kept_from = slot_at - kept * MINUTE;
    if (gradeAfter(judgement, found, rules) !== 'unjudged')
      spells = spellsAfter(spells, { slot_at, before: judgement, after, kept_from });
    judgement = after;
  }
  return { judgement, spells };
}

function resultOf(letter: string, slot_at: number): Result {
  if (letter === 'b') return bad(slot_at);
  if (letter === 's') return slow(slot_at);
  const maintained = { outcome: 'maintenance', reason: 'says_maintenance' } as const;
  return result(slot_at, letter === 'm' ? maintained : {});
}

/** Verdicts and the minutes in which they begin; `?` undecided, `-` not measured. */
function read(spells: Spells): string {
  return spells
    .map(({ from, verdict, ailed, is_measured }) => {
      const known = verdict === 'undecided' ? `${ailed ?? ''}${is_measured ? '?' : '-'}` : verdict;
      return `${known} ${(from - T0) / MINUTE}`;
    })
    .join(', ');
}

test.each([
  ['gg', 'well 0'],
  ['gbg', 'well 0'],
  // From the first bad one on, whatever was known of that time before.
  ['gbb', 'well 0, failing 1'],
  ['gbbgbgg', 'well 0, failing 1, well 5'],
  ['gsgss', 'well 0, slow 1'],
  // It fails on, but says otherwise why.
  ['gmmm', 'well 0, failing 1'],
  ['gmmbb', 'well 0, failing 1, failing 3'],
  // Not measured from the first slot without a result on.
  ['gg...g', 'well 0, - 2, well 5'],
  ['bb...g', 'failing 0, failing- 2, failing? 5'],
  ['bb...gg', 'failing 0, failing- 2, well 5'],
  ['bb...b', 'failing 0, failing- 2, failing 5'],
  ['b', '? 0'],
  ['b...bb', '? 0, - 1, failing 4'],
])('%s: %s', (word, expected) => {
  expect(read(seen(word).spells)).toBe(expected);
});

test('of a check that has expired nothing is known, from its first slot without a result', () => {
  const { judgement, spells } = seen('gbb');
  const at = T0 + 4 * MINUTE + 5 * SECOND;
  expect(spellsUntil(spells, judgement, at)).toBe(spells);
  expect(read(spellsUntil(spells, judgement, at + 1))).toBe('well 0, failing 1, failing- 3');
});

test('what is too old is forgotten, but what still held when it was not', () => {
  expect(read(seen('gbbgggggbb', 4).spells)).toBe('well 3, failing 8');
  expect(read(seen('gbbgggggbb', 7).spells)).toBe('failing 1, well 3, failing 8');
});

test.each([
  ['gg', 'gg', null],
  ['gg', 'gbb', 1],
  ['gbb', 'gbbgg', 3],
  ['', 'gg', 0],
  ['gg...g', 'gg', 2],
])('from %s to %s something else is known since minute %s', (before, after, minute) => {
  const since = firstDifference(seen(before).spells, seen(after).spells);
  expect(since === null ? null : (since - T0) / MINUTE).toBe(minute);
});

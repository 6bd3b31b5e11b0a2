import { expect } from 'vitest';
import { isTooMany, type Share } from '../../model/judge/share.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { wilsonLowerBound } from '../../model/wilson.ts';
import { T0 } from '../model/builders.ts';
import { judgedLetters } from './judged.ts';
import { rowsOf } from './row.ts';

const goods = (n: number) => 'g'.repeat(n);
/** Every `nth` is bad, from the first of `n` on. */
const spread = (n: number, nth: number) =>
  Array.from({ length: n }, (_, i) => (i % nth === 0 ? 'b' : 'g')).join('');
const after = (letters: string, every_ms: number): Share =>
  judgedLetters(letters, { every_ms, confirmations: 8 }).share;
/** Since which slot, counted from the first; null: not affected. */
const since = (letters: string, every_ms: number) => {
  const { affected_since } = after(letters, every_ms);
  return affected_since === null ? null : (affected_since - T0) / every_ms;
};
/** Long enough a past without a bad result for the longest window. */
const PAST = goods(3_000);
const affected = (letters: string, every_ms = MINUTE) => since(PAST + letters, every_ms) !== null;
/** How long it lasts after the last bad result, in slots. */
function lastsFor(every_ms: number): number {
  const begun = `${PAST}${spread(40, 2)}`;
  let quiet = 1;
  while (since(begun + goods(quiet), every_ms) !== null) quiet += 1;
  // The 40th is good too.
  return quiet + 1;
}

const perhapsOurs = (letters: string) => {
  const { affected_since, is_perhaps_ours } = after(PAST + letters, MINUTE);
  return affected_since === null ? null : is_perhaps_ours;
};

export const SHARES = [
  ...rowsOf('COMPONENT-10', {
    // Of 30, 4 bad ones are too many, of 26 + 3 too; 2 never are.
    'single failures that nothing proves, too many only together': () => {
      expect(perhapsOurs(`pgpgpgpg${goods(22)}`)).toBe(true);
      expect(perhapsOurs(`bgbgpgpg${goods(22)}`)).toBe(true);
      expect(perhapsOurs(`bgbgbgbg${goods(22)}`)).toBe(false);
      expect(perhapsOurs(`bgbgbgbgpgpg${goods(18)}`)).toBe(false);
      expect(perhapsOurs('pgpg')).toBeNull();
    },
    'one that has just left the window is not among them': () =>
      expect(perhapsOurs(`pgbgbgbgb${goods(22)}`)).toBe(false),
  }),
  ...rowsOf('COMPONENT-5', {
    // The lower bounds of 3/20 and 3/21 are 5.2 and 4.98 %, of 9/100 and 10/100 4.8 and 5.5 %.
    'at least 20, and the lower bound above 5 %': () => {
      expect(isTooMany({ n: 19, bad: 19 })).toBe(false);
      expect(isTooMany({ n: 20, bad: 2 })).toBe(false);
      expect(isTooMany({ n: 20, bad: 3 })).toBe(true);
      expect(isTooMany({ n: 21, bad: 3 })).toBe(false);
      expect(isTooMany({ n: 100, bad: 9 })).toBe(false);
      expect(isTooMany({ n: 100, bad: 10 })).toBe(true);
    },
    '3 bad are the fewest that 20 results can have too many of': () => {
      const bounds = [1, 2, 3].map((bad) => wilsonLowerBound(bad, 20) > 0.05);
      expect(bounds).toEqual([false, false, true]);
      expect(NUMBERS.share.bad).toBe(3);
    },
  }),
  ...rowsOf('COMPONENT-6', {
    // 4 of 30 have a lower bound of 5.3 %; of 60 and 120 they are no more than 1 in 20.
    '4 in 30 minutes of slots of a minute': () => {
      expect(affected(`bgbgbgb${goods(23)}`)).toBe(true);
      expect(affected(`bgbgb${goods(25)}`)).toBe(false);
    },
    // 11 of 120 have 5.2 %, 3 of 30 and 6 of 60 less than 5 %.
    '11 in 2 hours, spread': () => {
      expect(affected(spread(120, 11))).toBe(true);
      expect(affected(spread(120, 13))).toBe(false);
    },
    // 35 of 480 have 5.3 %, 9 of 120 4 %, 18 of 240 4.8 %.
    '35 in 8 hours, spread': () => {
      expect(affected(spread(480, 14))).toBe(true);
      expect(affected(spread(480, 15))).toBe(false);
    },
    // 90 of 1,440 have 5.1 %, 30 of 480 4.4 %, 45 of 720 4.7 %.
    '90 in 24 hours, spread': () => {
      expect(affected(spread(1_440, 16))).toBe(true);
      expect(affected(spread(1_440, 17))).toBe(false);
    },
    'I11: whatever the distance of slots, 1 of 4 is said within a day': () => {
      for (const every_ms of [15 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE, 30 * MINUTE])
        expect(affected(spread(40 + (30 * MINUTE) / every_ms, 4), every_ms)).toBe(true);
    },
    'runs that failed a check are left out': () => {
      const { share } = judgedLetters(`${PAST}bbbbbbbbgg${goods(20)}`, { every_ms: MINUTE });
      expect(share.affected_since).toBeNull();
    },
    'and so are bad results in a row while it is not known whether they will': () => {
      // With 4 of 60 before, each of those 7 would be too many.
      const before = `${PAST}${spread(60, 15)}`;
      expect(since(before, MINUTE)).toBeNull();
      expect(since(`${before}${'b'.repeat(7)}`, MINUTE)).toBeNull();
      expect(since(`${before}${'b'.repeat(8)}gg${goods(40)}`, MINUTE)).toBeNull();
      // They count once a good one shows that they will not.
      expect(since(`${before}${'b'.repeat(7)}g`, MINUTE)).not.toBeNull();
    },
    'and so is what was bad in an announced maintenance': () => {
      const covered_from = T0 + 3_000 * MINUTE;
      const open_from = covered_from + 20 * MINUTE;
      const judging = { every_ms: MINUTE, covered_from, open_from, confirmations: 8 };
      const { share } = judgedLetters(`${PAST}${spread(20, 2)}${goods(10)}`, judging);
      expect(share.affected_since).toBeNull();
    },
  }),
  ...rowsOf('COMPONENT-7', {
    'since the first bad one in the window': () =>
      expect(since(`${PAST}${goods(5)}bgbgbgb${goods(3)}`, MINUTE)).toBe(3_005),
    'and from then on, whatever the window shows': () => {
      const begun = `${PAST}bgbgbgb`;
      expect(since(`${begun}${goods(25)}b${goods(25)}b${goods(25)}`, MINUTE)).toBe(3_000);
    },
  }),
  ...rowsOf('COMPONENT-8', {
    'until 30 minutes have passed without a bad one': () => expect(lastsFor(15 * SECOND)).toBe(120),
    'and 20 results': () => expect(lastsFor(5 * MINUTE)).toBe(20),
    'whatever fails the check meanwhile': () => {
      const begun = `${PAST}${spread(40, 2)}`;
      expect(since(`${begun}${goods(20)}${'b'.repeat(9)}gg`, MINUTE)).toBeNull();
    },
    'not while bad results in a row may still count': () => {
      const begun = `${PAST}${spread(40, 2)}`;
      expect(since(`${begun}${goods(20)}${'b'.repeat(7)}g`, MINUTE)).toBe(3_000);
    },
    'what was before counts no more': () => {
      const ended = `${PAST}${spread(40, 2)}${goods(40)}`;
      expect(since(ended, MINUTE)).toBeNull();
      expect(since(`${ended}bg`, MINUTE)).toBeNull();
    },
  }),
];

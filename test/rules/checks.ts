import { expect } from 'vitest';
import { gradeAfter, isCounted } from '../../model/judge/check.ts';
import { historyAfter } from '../../model/judge/counted.ts';
import { greatestBadShare, type History } from '../../model/judge/history.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { createConfirming } from '../../probes/line/confirming.ts';
import { bad, judgement, result, T0 } from '../model/builders.ts';
import { EVERY, judgedLetters, judgedResults } from './judged.ts';
import { rowsOf } from './row.ts';

/** The verdict, and the index of the slot since when. */
function verdictOf(letters: string, judging = {}): [CheckJudgement['verdict'], number] {
  const { verdict, since } = judgedLetters(letters, judging).judgement;
  return [verdict, (since - T0) / EVERY];
}

const share = (letters: string, every_ms: number) => {
  const { history } = judgedLetters(letters, { every_ms });
  return greatestBadShare(history as History, T0 + (letters.length - 1) * every_ms);
};
const goods = (n: number) => 'g'.repeat(n);

const FAILS = rowsOf('CHECK-1', {
  'after 3 bad in a row, where 3 are needed': () => {
    expect(verdictOf('gbb')).toEqual(['well', 0]);
    expect(verdictOf('gbbb')).toEqual(['failing', 1]);
    expect(verdictOf('gbbgb')).toEqual(['well', 0]);
  },
  'results that are not judged neither count nor interrupt': () =>
    expect(verdictOf('gb-b-b')).toEqual(['failing', 1]),
  'two are enough where 2 are needed': () =>
    expect(verdictOf('gbb', { confirmations: 2 })).toEqual(['failing', 1]),
  'but the first and the last slot are 10 s apart': () => {
    const at = (...seconds: number[]) =>
      judgedResults(
        seconds.map((it) => bad(T0 + it * SECOND)),
        { confirmations: 2 },
      ).judgement.verdict;
    expect(DEFAULT_POLICY.confirm_distance_ms).toBe(10 * SECOND);
    expect(at(3, 8)).toBe('undecided');
    expect(at(3, 12.999)).toBe('undecided');
    expect(at(3, 13)).toBe('failing');
    expect(at(3, 8, 13)).toBe('failing');
  },
});

const SHARE = rowsOf('CHECK-3', {
  'the share is known from 20 results on': () => {
    expect(share(`b${goods(18)}`, MINUTE)).toBeNull();
    expect(share(`b${goods(19)}`, MINUTE)).toBe(1 / 20);
  },
  'it is the greatest of 30 minutes': () =>
    expect(share(`${goods(100)}b${goods(29)}`, MINUTE)).toBe(1 / 30),
  'of 2 hours': () => expect(share(`${goods(500)}b${goods(30)}`, MINUTE)).toBe(1 / 120),
  'of 8 hours': () => {
    expect(share(`${goods(500)}b${goods(120)}`, MINUTE)).toBe(1 / 480);
    expect(share(`${goods(500)}b${goods(479)}`, MINUTE)).toBe(1 / 480);
  },
  'of 24 hours': () => {
    expect(share(`${goods(1_500)}b${goods(480)}`, MINUTE)).toBe(1 / 1_440);
    expect(share(`${goods(1_500)}b${goods(1_439)}`, MINUTE)).toBe(1 / 1_440);
    expect(share(`${goods(1_500)}b${goods(1_440)}`, MINUTE)).toBe(0);
  },
  'without the bad ones that failed the check': () =>
    expect(share(`${goods(30)}bbbbbgg`, MINUTE)).toBe(0),
  'and without those in an announced maintenance': () => {
    const { history } = judgedLetters(`${goods(30)}bgbg`, {
      covered_from: T0 + 30 * EVERY,
      open_from: T0 + 34 * EVERY,
    });
    expect(greatestBadShare(history, T0 + 33 * EVERY)).toBe(0);
  },
  'a bad one that is the first of a run does not count for its own number': () =>
    expect(share(`${goods(30)}b`, MINUTE)).toBe(0),
});

const FROZEN = rowsOf('CHECK-4', {
  'as many as at the first bad one': () => {
    const known = judgedLetters('gb', { confirmations: 2 }).judgement;
    expect(known.confirmations).toBe(2);
    expect(judgedLetters('gbg').judgement.confirmations).toBeNull();
  },
});

const WELL = rowsOf('CHECK-5', {
  'well again after 2 good in a row, since the first of them': () => {
    expect(verdictOf('bbbg')).toEqual(['failing', 0]);
    expect(verdictOf('bbbgbg')).toEqual(['failing', 0]);
    expect(verdictOf('bbbgg')).toEqual(['well', 3]);
    expect(verdictOf('bbbsg')).toEqual(['well', 3]);
  },
});

const SLOW = rowsOf('CHECK-6', {
  'slow at 3 slow of the last 5': () => {
    expect(verdictOf('gss')).toEqual(['well', 0]);
    expect(verdictOf('gsss')).toEqual(['slow', 1]);
    expect(verdictOf('gsgsgs')).toEqual(['slow', 1]);
    expect(verdictOf('gsggsgs')).toEqual(['well', 0]);
  },
  'well again after 2 that are not slow': () => {
    expect(verdictOf('sssg')).toEqual(['slow', 0]);
    expect(verdictOf('sssgs')).toEqual(['slow', 0]);
    expect(verdictOf('sssgg')).toEqual(['well', 3]);
    expect(verdictOf('sssbg')).toEqual(['slow', 0]);
    expect(verdictOf('sssbgg')).toEqual(['well', 4]);
  },
  'which clears the 5': () => {
    expect(verdictOf('sssggss')).toEqual(['well', 3]);
    expect(verdictOf('sssggsss')).toEqual(['slow', 5]);
  },
});

const DEGRADED = rowsOf('CHECK-7', {
  'degraded after 2 degraded in a row': () => {
    expect(verdictOf('gd')).toEqual(['well', 0]);
    expect(verdictOf('gdd')).toEqual(['degraded', 1]);
    expect(verdictOf('gdgd')).toEqual(['well', 0]);
    expect(verdictOf('gd-d')).toEqual(['degraded', 1]);
  },
  'never failing, however many': () => expect(verdictOf('gdddddddd')).toEqual(['degraded', 1]),
  'a degraded one ends a run of other bad ones': () =>
    expect(verdictOf('gbbdbb')).toEqual(['well', 0]),
  'a failing check that answers so twice is degraded': () =>
    expect(verdictOf('bbbdd')).toEqual(['degraded', 3]),
  'well again after 2 good': () => expect(verdictOf('ddgg')).toEqual(['well', 2]),
});

const EXPIRED = rowsOf('CHECK-8', {
  'a run does not go on across a time in which the check had expired': () => {
    expect(verdictOf('gbb.b')).toEqual(['failing', 1]);
    expect(verdictOf('ggss..s')[0]).toBe('well');
    expect(verdictOf('gbb..b')[0]).toBe('undecided');
    expect(judgedLetters('gbb..b').judgement.bad_run).toBe(1);
  },
  'the bad ones before it were single failures': () => {
    const { history } = judgedLetters(`${goods(30)}bb..g`);
    expect(greatestBadShare(history, T0 + 34 * EVERY)).toBe(2 / 33);
  },
});

const GOES_ON = rowsOf('CHECK-11', {
  'the outage goes on with the first bad result after a time in which it had expired': () => {
    expect(verdictOf('bbb.....b')).toEqual(['failing', 8]);
    expect(verdictOf('bbb.....-b')).toEqual(['failing', 9]);
    expect(verdictOf('bbb.....b.....b')).toEqual(['failing', 14]);
    expect(verdictOf('bbb.....m')).toEqual(['failing', 8]);
    expect(verdictOf('bbb.....o')).toEqual(['failing', 8]);
  },
  'and is over after 2 good ones, since the first of them': () => {
    expect(verdictOf('bbb.....g')[0]).toBe('undecided');
    expect(verdictOf('bbb.....gg')).toEqual(['well', 8]);
    expect(verdictOf('bbb.....bgg')).toEqual(['well', 9]);
    expect(verdictOf('bbb.....sg')).toEqual(['well', 8]);
  },
  'although it expires between them': () => {
    expect(verdictOf('bbb.....g.....g')).toEqual(['well', 14]);
    expect(verdictOf('bbb.....g.....b.....g')[0]).toBe('undecided');
    expect(verdictOf('bbb.....g.....b.....gg')).toEqual(['well', 20]);
    expect(verdictOf('sss.....g.....g')).toEqual(['well', 14]);
  },
  'once one was good, an outage is to be confirmed like any other': () => {
    expect(verdictOf('bbb.....gb')[0]).toBe('undecided');
    expect(verdictOf('bbb.....gbbb')).toEqual(['failing', 9]);
    expect(verdictOf('bbb.....g.....b')[0]).toBe('undecided');
    expect(verdictOf('bbb.....gb.....b')[0]).toBe('undecided');
  },
  'so does less than an outage, by its own word': () => {
    expect(verdictOf('dd.....d')).toEqual(['degraded', 7]);
    expect(verdictOf('dd.....b')[0]).toBe('undecided');
    expect(verdictOf('dd.....bbb')).toEqual(['failing', 7]);
    expect(verdictOf('dd.....gg')).toEqual(['well', 7]);
    expect(verdictOf('bbb.....d')[0]).toBe('undecided');
    expect(verdictOf('bbb.....dd')).toEqual(['degraded', 8]);
  },
  'and slowness': () => {
    expect(verdictOf('sss.....s')).toEqual(['slow', 8]);
    expect(verdictOf('sss.....b')[0]).toBe('undecided');
    expect(verdictOf('sss.....g')[0]).toBe('undecided');
    expect(verdictOf('sss.....gg')).toEqual(['well', 8]);
    expect(verdictOf('sss.....gs')[0]).toBe('undecided');
    expect(verdictOf('sss.....gsss')).toEqual(['slow', 9]);
  },
  'nothing goes on that was not known': () => {
    expect(verdictOf('gbb.....b')[0]).toBe('undecided');
    expect(verdictOf('g.....b')[0]).toBe('undecided');
    expect(verdictOf('bb.....bb')[0]).toBe('undecided');
  },
  'a day later it counts no more': () => {
    const after = (ms: number) => {
      const results = [T0 - 30 * SECOND, T0 - 15 * SECOND, T0, T0 + ms].map((it) => bad(it));
      return judgedResults(results).judgement.verdict;
    };
    expect(after(24 * HOUR)).toBe('failing');
    expect(after(24 * HOUR + 1)).toBe('undecided');
  },
});

const MAINTENANCE = rowsOf('CHECK-12', {
  'two in a row that call it maintenance fail the check, however many others need': () => {
    expect(verdictOf('gm', { confirmations: 8 })).toEqual(['well', 0]);
    expect(verdictOf('gmm', { confirmations: 8 })).toEqual(['failing', 1]);
    expect(verdictOf('gm-m', { confirmations: 8 })).toEqual(['failing', 1]);
    expect(verdictOf('gbmm', { confirmations: 8 })).toEqual(['failing', 1]);
    expect(verdictOf('gmbm', { confirmations: 8 })).toEqual(['well', 0]);
    expect(verdictOf('gmgm', { confirmations: 8 })).toEqual(['well', 0]);
  },
  'they count as bad beside others': () => expect(verdictOf('gmbb')).toEqual(['failing', 1]),
  'none that was announced': () =>
    expect(verdictOf('gmmm', { covered_from: T0 })).toEqual(['well', 0]),
  '10 s apart at least': () => {
    const at = (...seconds: number[]) =>
      judgedResults(
        seconds.map((it) =>
          bad(T0 + it * SECOND, { outcome: 'maintenance', reason: 'says_maintenance' }),
        ),
        { confirmations: 8 },
      ).judgement.verdict;
    expect(at(0, 9)).toBe('undecided');
    expect(at(0, 10)).toBe('failing');
  },
  'the line asks again until then': () => {
    const confirming = createConfirming(new Map([['c', 8]]), () => 10 * SECOND);
    const says = { outcome: 'maintenance', reason: 'says_maintenance' } as const;
    expect(confirming.note(bad(T0, says)).is_open).toBe(true);
    expect(confirming.note(bad(T0 + 10 * SECOND, says)).is_open).toBe(false);
    expect(confirming.note(bad(T0 + 20 * SECOND)).is_open).toBe(true);
    expect(confirming.note(bad(T0 + 30 * SECOND, says)).is_open).toBe(true);
    expect(confirming.note(result(T0 + 40 * SECOND)).is_open).toBe(false);
    expect(confirming.note(bad(T0 + 50 * SECOND, says)).is_open).toBe(true);
    expect(confirming.note(bad(T0 + 59 * SECOND, says)).is_open).toBe(true);
  },
});

/** A run that hung from its slot until it ended. */
const hung = (slot_at: number, duration_ms: number) =>
  bad(slot_at, { outcome: 'timeout', reason: 'timeout_processing', duration_ms });
const overlap = (slot_at: number) =>
  bad(slot_at, { outcome: 'timeout', reason: 'overlap', duration_ms: 0 });

const OVERLAP = rowsOf('CHECK-9', {
  'an overlap and the run that it waited for count once': () => {
    const at = (n: number) => T0 + n * EVERY;
    const { judgement } = judgedResults([hung(at(0), 3 * EVERY), overlap(at(1)), overlap(at(2))]);
    expect(judgement.bad_run).toBe(1);
    const next = judgedResults([hung(at(0), 2 * EVERY), overlap(at(1)), hung(at(2), 8_000)]);
    expect(next.judgement.bad_run).toBe(2);
  },
  'also when the overlap is known first': () => {
    const first = judgedResults([overlap(T0 + EVERY), overlap(T0 + 2 * EVERY)]);
    expect(first.judgement.bad_run).toBe(1);
    const both = judgedResults([overlap(T0 + EVERY), hung(T0, 3 * EVERY), bad(T0 + 3 * EVERY)]);
    expect(both.judgement).toMatchObject({ bad_run: 2, bad_since: T0 });
  },
  'where that run is ours, so is the overlap': () => {
    const ours = result(T0 + EVERY, { outcome: 'self', reason: 'starved', duration_ms: 2 * EVERY });
    const { judgement } = judgedResults([result(T0), ours, overlap(T0 + 2 * EVERY)]);
    expect(judgement.bad_run).toBe(0);
  },
  'a run that had ended by then was not waited for': () => {
    const rules = { policy: DEFAULT_POLICY, in_window: false };
    const unjudged = { outcome: 'throttled', reason: 'blocked', ended_at: T0 } as const;
    expect(gradeAfter(judgement({ unjudged }), overlap(T0), rules)).toBe('bad');
    expect(gradeAfter(judgement({ unjudged }), overlap(T0 - 1), rules)).toBe('unjudged');
    expect(isCounted(judgement({ last_ended_at: T0 }), overlap(T0))).toBe(true);
    expect(isCounted(judgement({ last_ended_at: T0 }), overlap(T0 - 1))).toBe(false);
  },
});

const COUNTED = rowsOf('CHECK-10', {
  'a check that fails keeps nothing of its run': () => {
    const { history } = judgedLetters('ggbbb');
    expect(history?.run).toEqual([]);
    expect(history?.end.bad).toBe(0);
  },
  'and goes on as if it had not been': () => {
    const { judgement } = judgedLetters('ggbbb');
    const seen = { grade: 'bad', in_window: false, before: judgement, after: judgement } as const;
    expect(historyAfter(null, { ...seen, result: bad(T0 + HOUR) })?.run).toEqual([T0 + HOUR]);
  },
});

export const CHECKS = [
  ...FAILS,
  ...SHARE,
  ...FROZEN,
  ...WELL,
  ...SLOW,
  ...DEGRADED,
  ...EXPIRED,
  ...GOES_ON,
  ...MAINTENANCE,
  ...OVERLAP,
  ...COUNTED.slice(0, 1),
];

import { expect } from 'vitest';
import { judgeComponent } from '../../model/judge/component.ts';
import type { CheckVerdict } from '../../model/judge/judgement.ts';
import { liveLines } from '../../model/judge/line.ts';
import { NO_SHARE } from '../../model/judge/share.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { SECOND } from '../../model/time.ts';
import type { ResultNote } from '../../model/vocabulary.ts';
import { START } from '../collector/configuration.ts';
import { judgedSite, query } from '../collector/judged-site.ts';
import { bad, judgement, result, T0 } from '../model/builders.ts';
import { judgedResults } from './judged.ts';
import { rowsOf } from './row.ts';

const VERDICTS: Record<string, CheckVerdict> = {
  w: 'well',
  f: 'failing',
  u: 'undecided',
  x: 'failing',
};

/** The verdict on a line with these checks: `w`ell, `f`ailing, `u`ndecided, e`x`pired. */
function lineOf(letters: string) {
  const checks = [...letters].map((letter, i) => {
    const valid = letter === 'x' ? { valid_until: T0 - 1 } : {};
    const verdict = VERDICTS[letter] ?? 'undecided';
    return { line: 'a', judgement: judgement({ check: `c${i}`, verdict, ...valid }) };
  });
  return liveLines(checks, T0)[0]?.verdict;
}

/** The state, and what is noticed, of checks with these notes; a failing one with `f`. */
function noticed(...checks: readonly (readonly ['w' | 'f', ...ResultNote[]])[]) {
  const judged = checks.map(([letter, ...notes], i) => ({
    line: 'a',
    judgement: judgement({ check: `c${i}`, verdict: letter === 'f' ? 'failing' : 'well', notes }),
  }));
  const { state, notes } = judgeComponent({
    checks: judged,
    now: T0,
    policy: DEFAULT_POLICY,
    share: NO_SHARE,
    window: null,
    is_after_window: false,
    is_learning: false,
  });
  const said = notes.filter((it) => it.code === 'noticed');
  return { state, said: said.map((it) => [it.note, ...it.checks]) };
}

/** What is kept of results, beside what they decide. */
export const KEPT = [
  ...rowsOf('RESULT-4', {
    'the last result, judged or not': () => {
      const { see, stateOf } = judgedSite();
      const last = () => stateOf('bureau.query')?.last;
      const kept = { check: 'bureau-query', reason: null };
      see(query(START));
      expect(last()).toEqual({ ...kept, outcome: 'ok', ended_at: START + 200, is_judged: true });
      const throttled = { outcome: 'throttled', reason: 'blocked' } as const;
      see(query(START + 15 * SECOND, throttled));
      const ended_at = START + 15_200;
      expect(last()).toEqual({ ...kept, ...throttled, ended_at, is_judged: false });
      expect(stateOf('bureau.query')?.state).toBe('operational');
    },
  }),
  ...rowsOf('LINE-1', {
    'fails when all its checks do': () => {
      expect([lineOf('f'), lineOf('ff')]).toEqual(['failing', 'failing']);
      expect(lineOf('fw')).toBe('partly_failing');
      expect(lineOf('ww')).toBe('working');
    },
    'one that is undecided or has expired is not known to': () =>
      expect([lineOf('fu'), lineOf('fx')]).toEqual(['partly_failing', 'partly_failing']),
  }),
  ...rowsOf('NOTE-1', {
    'a check keeps the notes of its last judged result': () => {
      const weak = result(T0, { notes: ['weak_key'] });
      const later = (s: number, changed = {}) => result(T0 + s * SECOND, changed);
      const throttled = later(15, { outcome: 'throttled', reason: 'blocked', notes: [] });
      const notesOf = (...results: (typeof weak)[]) => judgedResults(results).judgement.notes;
      expect(notesOf(weak)).toEqual(['weak_key']);
      expect(notesOf(weak, throttled)).toEqual(['weak_key']);
      expect(notesOf(weak, later(15))).toEqual([]);
      expect(notesOf(weak, bad(T0 + 15 * SECOND))).toEqual([]);
    },
    'its component shows those of checks that do not fail, which changes no state': () => {
      expect(noticed(['w', 'weak_key'], ['w'])).toEqual({
        state: 'operational',
        said: [['weak_key', 'c0']],
      });
      expect(noticed(['w', 'weak_key'], ['f', 'weak_key'])).toEqual({
        state: 'partial_outage',
        said: [['weak_key', 'c0']],
      });
    },
  }),
  ...rowsOf('NOTE-2', {
    'answered only: where all of its checks are': () => {
      expect(noticed(['w', 'answered_only'], ['w', 'answered_only'])).toEqual({
        state: 'operational',
        said: [['answered_only', 'c0', 'c1']],
      });
      expect(noticed(['w', 'answered_only'], ['w'])).toEqual({ state: 'operational', said: [] });
    },
  }),
];

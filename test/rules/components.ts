import { expect } from 'vitest';
import { judgeComponent } from '../../model/judge/component.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { ailingOf, lapsedOf } from '../../model/judge/lapsed.ts';
import { NO_SHARE } from '../../model/judge/share.ts';
import { coveredUntil, isExpired, refreshDue, validWhileHeld } from '../../model/judge/validity.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { judgement, T0 } from '../model/builders.ts';
import { judgedLetters } from './judged.ts';
import { rowsOf } from './row.ts';

const VERDICTS = {
  w: 'well',
  f: 'failing',
  s: 'slow',
  d: 'degraded',
  u: 'undecided',
  x: 'failing',
  y: 'slow',
  e: 'well',
  r: 'undecided',
} as const;

/**
 * A word a line, a letter a check: `w`ell, `f`ailing, `s`low, `d`egraded, `u`ndecided; expired
 * after it was failing (`x`), slow (`y`) or well (`e`); undecided after it had expired while
 * failing (`r`).
 */
function component(words: string, changed: Partial<Parameters<typeof judgeComponent>[0]> = {}) {
  const checks = words.split(' ').flatMap((word, line) =>
    [...word].map((letter, i) => {
      const known: Partial<CheckJudgement> = {
        check: `c${line}${i}`,
        verdict: VERDICTS[letter as keyof typeof VERDICTS],
        reason: 'http_status',
        lapsed: letter === 'r' ? lapsedOf('failing', T0 - HOUR) : null,
        valid_until: 'xye'.includes(letter) ? T0 - 1 : T0 + HOUR,
      };
      return { line: `line${line}`, judgement: judgement(known) };
    }),
  );
  return judgeComponent({
    checks,
    now: T0,
    policy: DEFAULT_POLICY,
    share: NO_SHARE,
    window: null,
    is_after_window: false,
    is_learning: false,
    ...changed,
  });
}

const stateOf = (words: string) => component(words).state;
const codesOf = (words: string, changed = {}) =>
  component(words, changed).notes.map((it) => it.code);
const affected = { ...NO_SHARE, affected_since: T0, n: 60, bad: 12, window_ms: 30 * MINUTE };

export const COMPONENTS = [
  ...rowsOf('COMPONENT-1', {
    'all live lines fail: major outage': () => {
      for (const words of ['f', 'ff', 'f f', 'f x', 'f u', 'ff f x', 'f xu'])
        expect([words, stateOf(words)]).toEqual([words, 'major_outage']);
    },
  }),
  ...rowsOf('COMPONENT-2', {
    'at least half of the lines, rounded up: partial outage': () => {
      expect(stateOf('f w')).toBe('partial_outage');
      expect(stateOf('f f w')).toBe('partial_outage');
      expect(stateOf('f f w w')).toBe('partial_outage');
      expect(stateOf('f f f w w')).toBe('partial_outage');
    },
    'fewer: as it was, with a note that names the line': () => {
      expect(component('f w w')).toMatchObject({
        state: 'operational',
        notes: [{ code: 'line_failing', lines: ['line0'] }],
      });
      expect(stateOf('f f w w w')).toBe('operational');
    },
  }),
  ...rowsOf('COMPONENT-3', {
    'some checks of a line: partial outage, and they are named': () => {
      expect(component('wf')).toMatchObject({
        state: 'partial_outage',
        notes: [{ code: 'checks_failing', checks: ['c01'] }],
      });
      expect(stateOf('fw w w')).toBe('partial_outage');
    },
    'a check of which nothing is known does not fail': () => {
      for (const words of ['fx', 'fe', 'fu', 'fr', 'fx f', 'ffe w w'])
        expect([words, stateOf(words)]).toEqual([words, 'partial_outage']);
      expect(codesOf('fe')).toEqual(['checks_failing', 'not_known']);
    },
  }),
  ...rowsOf('COMPONENT-4', {
    'too many single failures while no line fails: partial outage': () => {
      expect(component('w', { share: affected })).toMatchObject({
        state: 'partial_outage',
        notes: [{ code: 'some_users_affected', bad: 12, n: 60, window_ms: 30 * MINUTE }],
      });
      expect(component('s', { share: affected }).state).toBe('partial_outage');
    },
    'also with the first result after a time without any, which decides no check yet': () => {
      expect(component('u', { share: affected }).state).toBe('partial_outage');
      expect(component('uu', { share: affected }).state).toBe('partial_outage');
      expect(component('x', { share: affected }).state).toBe('unknown');
      expect(component('r', { share: affected }).state).toBe('unknown');
      expect(component('ur', { share: affected }).state).toBe('unknown');
    },
    'a failing line explains them': () =>
      expect(component('f w w', { share: affected }).state).toBe('operational'),
  }),
  ...rowsOf('COMPONENT-9', {
    'slow on half of the lines: degraded': () => {
      expect(stateOf('s')).toBe('degraded_performance');
      expect(stateOf('s w')).toBe('degraded_performance');
      expect(stateOf('s w w')).toBe('operational');
      expect(codesOf('s')).toEqual(['slow']);
    },
    'and so is degraded, by their own word': () => {
      expect(stateOf('d')).toBe('degraded_performance');
      expect(stateOf('d s w w')).toBe('degraded_performance');
      expect(codesOf('d')).toEqual(['degraded']);
      expect(stateOf('df')).toBe('partial_outage');
    },
  }),
  ...rowsOf('COMPONENT-10', {
    'perhaps our line is said where nothing proves it': () => {
      const checks = [
        { line: 'a', judgement: judgement({ verdict: 'failing', is_perhaps_ours: true }) },
      ];
      expect(codesOf('', { checks })).toEqual(['checks_failing', 'maybe_our_line']);
      expect(codesOf('f')).toEqual(['checks_failing']);
      // Of each line, also where only some checks of another fail.
      const unproven = judgement({ verdict: 'failing', is_perhaps_ours: true });
      const proven = judgement({ verdict: 'failing', valid_until: T0 + HOUR });
      const well = judgement({ verdict: 'well', valid_until: T0 + HOUR });
      const partly = [
        { line: 'a', judgement: proven },
        { line: 'a', judgement: well },
        { line: 'b', judgement: unproven },
        { line: 'c', judgement: well },
        { line: 'd', judgement: well },
      ];
      expect(component('', { checks: partly })).toMatchObject({
        state: 'partial_outage',
        notes: expect.arrayContaining([{ code: 'maybe_our_line', line: 'b' }]),
      });
      const share = { ...affected, is_perhaps_ours: true };
      expect(codesOf('w', { share })).toEqual(['some_users_affected', 'maybe_our_line']);
    },
  }),
  ...rowsOf('COMPONENT-11', {
    'an announced maintenance covers whatever fails in its scope': () =>
      expect(component('f', { window: { maintenance: 'm', from: T0 } })).toMatchObject({
        state: 'under_maintenance',
        notes: [{ code: 'maintenance', maintenance_id: 'm', measured: 'major_outage' }],
      }),
    'also when nothing is measured': () =>
      expect(component('x', { window: { maintenance: 'm', from: T0 } })).toMatchObject({
        state: 'under_maintenance',
        valid_until: T0 + MINUTE,
      }),
    'said for a minute, and anew from half of it on': () => {
      expect(coveredUntil(T0, null)).toBe(T0 + MINUTE);
      expect(coveredUntil(T0, T0 + HOUR)).toBe(T0 + HOUR);
      const said = { state: 'under_maintenance', valid_until: T0 + MINUTE } as const;
      expect(refreshDue(said, T0 + 30 * SECOND)).toBe(false);
      expect(refreshDue(said, T0 + 30 * SECOND + 1)).toBe(true);
    },
  }),
  ...rowsOf('SLOW-3', {
    'T10: while the usual is not known, that is said, and no state': () => {
      expect(component('w', { is_learning: true })).toMatchObject({
        state: 'operational',
        notes: [{ code: 'learning' }],
      });
      expect(codesOf('x', { is_learning: true })).toEqual(['expired']);
    },
  }),
  ...rowsOf('UNKNOWN-1', {
    'without a live line, with the reason': () => {
      expect(component('x')).toMatchObject({ state: 'unknown', notes: [{ code: 'expired' }] });
      expect(stateOf('u')).toBe('unknown');
      expect(stateOf('w x')).toBe('operational');
    },
    'no longer than any check on which it rests': () => {
      const until = (
        first: CheckJudgement['verdict'],
        second: CheckJudgement['verdict'],
        valid_until = T0 + MINUTE,
      ) => {
        const checks = [
          { line: 'a', judgement: judgement({ verdict: first, valid_until }) },
          { line: 'a', judgement: judgement({ verdict: second, valid_until: T0 + HOUR }) },
        ];
        return component('', { checks }).valid_until;
      };
      expect(until('failing', 'well')).toBe(T0 + MINUTE);
      expect(until('failing', 'failing')).toBe(T0 + MINUTE);
      expect(until('failing', 'well', T0)).toBe(T0);
      expect(until('slow', 'well')).toBe(T0 + MINUTE);
      expect(until('well', 'failing')).toBe(T0 + HOUR);
      expect(until('well', 'well')).toBe(T0 + HOUR);
    },
    'longer by what a proof may take beyond the distance of slots': () => {
      const until = (slot_distance_ms: number) =>
        validWhileHeld({ valid_until: T0, slot_distance_ms, proof_wait_ms: 10 * SECOND }) - T0;
      expect(until(5 * SECOND)).toBe(5 * SECOND);
      expect(until(10 * SECOND)).toBe(0);
      expect(until(MINUTE)).toBe(0);
    },
    'a state is past its validity only after it': () => {
      const status = { state: 'operational', valid_until: T0 } as const;
      expect(isExpired(status, T0)).toBe(false);
      expect(isExpired(status, T0 + 1)).toBe(true);
      expect(isExpired({ ...status, state: 'unknown' }, T0 + 1)).toBe(false);
    },
  }),
  ...rowsOf('UNKNOWN-3', {
    'a check that failed when it was last known keeps its component from being well': () => {
      for (const words of ['wx', 'wr', 'wex', 'wx w w', 'wy'])
        expect([words, stateOf(words)]).toEqual([words, 'unknown']);
      const unjudged = { outcome: 'credential', reason: 'error_code', ended_at: T0 } as const;
      const checks = [
        { line: 'a', judgement: judgement({ check: 'other' }) },
        {
          line: 'a',
          judgement: judgement({ verdict: 'failing', valid_until: T0 - 1, unjudged }),
        },
      ];
      expect(component('', { checks }).notes).toEqual([{ code: 'not_judged', ...unjudged }]);
    },
    'whether it was slow, degraded or failed, also when results come that cannot be judged': () => {
      // Known until the second next slot after the last judged one, and the deadline: 30 s and 8 s.
      const known_until = { 'sss---': 30 + 38, 'dd----': 15 + 38, 'bbb---': 30 + 38 };
      const states = { s: 'degraded_performance', d: 'degraded_performance', b: 'partial_outage' };
      for (const [letters, seconds] of Object.entries(known_until)) {
        const ailing = judgedLetters(letters).judgement;
        const checks = [
          { line: 'a', judgement: judgement({ check: 'other' }) },
          { line: 'a', judgement: ailing },
        ];
        const until = T0 + seconds * SECOND;
        expect([letters, component('', { checks, now: until }).state]).toEqual([
          letters,
          states[letters[0] as keyof typeof states],
        ]);
        const why = { outcome: 'throttled', reason: 'error_code', ended_at: T0 + 75_200 };
        for (const of of [checks, checks.slice(1)])
          expect([letters, component('', { checks: of, now: until + 1 })]).toMatchObject([
            letters,
            { state: 'unknown', notes: [{ code: 'not_judged', ...why }] },
          ]);
      }
    },
    'but hides nothing that is worse': () => {
      expect(stateOf('dx')).toBe('degraded_performance');
      expect(stateOf('fxw')).toBe('partial_outage');
      expect(component('wx', { share: affected }).state).toBe('partial_outage');
    },
    'it is remembered until the check is measured well, however often it expires': () => {
      const ailing = (letters: string) => ailingOf(judgedLetters(letters).judgement);
      expect(ailing('bbb......g')).toBe('failing');
      expect(ailing('bbb......g......g')).toBeNull();
      expect(ailing('bbb......g......b')).toBe('failing');
      expect(ailing('sss......g')).toBe('slow');
      expect(ailing('dd......g')).toBe('degraded');
      expect(ailing('dd......g......g')).toBeNull();
      expect(ailing('gb......b')).toBeNull();
    },
    'one that was well, or was never decided, is only named': () => {
      for (const words of ['we', 'wu', 'weu'])
        expect([words, stateOf(words), codesOf(words)]).toEqual([
          words,
          'operational',
          ['not_known'],
        ]);
      expect(component('wue').notes).toEqual([{ code: 'not_known', checks: ['c01', 'c02'] }]);
    },
  }),
  ...rowsOf('UNKNOWN-2', {
    'U1: a check that was measured is never told never to have been': () =>
      expect(codesOf('u')).toEqual(['expired']),
    'the first good result of a check that failed is one of a recovery': () => {
      const lapsed = lapsedOf('failing', T0 - HOUR);
      const known = judgement({ verdict: 'undecided', lapsed, good_run: 1 });
      const checks = [{ line: 'a', judgement: known }];
      expect(component('', { checks }).notes).toEqual([{ code: 'recovering', ended_at: T0 + 200 }]);
    },
    'U1: the last result is the reason when it could not be judged': () => {
      const unjudged = { outcome: 'throttled', reason: 'blocked', ended_at: T0 } as const;
      const known = judgement({ verdict: 'failing', valid_until: T0 - 1, unjudged });
      const checks = [{ line: 'a', judgement: known }];
      expect(component('', { checks }).notes).toEqual([{ code: 'not_judged', ...unjudged }]);
    },
  }),
];

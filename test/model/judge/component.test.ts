import { describe, expect, it } from 'vitest';
import { isAnsweredOnly } from '../../../model/component.ts';
import { judgeComponent } from '../../../model/judge/component.ts';
import type { CheckJudgement } from '../../../model/judge/judgement.ts';
import { NO_SHARE } from '../../../model/judge/share.ts';
import { isExpired } from '../../../model/judge/validity.ts';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import type { ResultNote } from '../../../model/vocabulary.ts';
import { judgement, policy, T0 } from '../builders.ts';

/** One letter a check: `w`ell, `f`ailing, `s`low, `u`ndecided, `x` expired; one word a line. */
function component(words: string, changed: Partial<Parameters<typeof judgeComponent>[0]> = {}) {
  const verdicts = { w: 'well', f: 'failing', s: 'slow', u: 'undecided', x: 'failing' } as const;
  const checks = words.split(' ').flatMap((word, line) =>
    [...word].map((letter, i) => {
      const known: Partial<CheckJudgement> = {
        check: `c${line}${i}`,
        verdict: verdicts[letter as keyof typeof verdicts],
        reason: letter === 'f' ? 'http_status' : null,
        valid_until: letter === 'x' ? T0 - 1 : T0 + HOUR,
      };
      return { line: `line${line}`, judgement: judgement(known) };
    }),
  );
  return judgeComponent({
    checks,
    now: T0,
    policy,
    share: NO_SHARE,
    window: null,
    is_after_window: false,
    is_learning: false,
    ...changed,
  });
}

const failing = (
  check: string,
  reason: 'truncated' | 'digest_mismatch',
  detail: string | null,
) => ({
  line: 'line0',
  judgement: judgement({ check, verdict: 'failing', reason, detail }),
});
const twoReasons = [
  failing('a', 'truncated', 'a.pdf'),
  failing('b', 'digest_mismatch', null),
  failing('c', 'truncated', 'c.pdf'),
];

describe('judging a component', () => {
  it.each([
    ['w', 'operational'],
    ['f', 'major_outage'],
    ['fff', 'major_outage'],
    ['ffw', 'partial_outage'],
    ['fww', 'partial_outage'],
    ['f f', 'major_outage'],
    ['f w', 'partial_outage'], // half of two lines is the quorum
    ['f w w', 'operational'], // one of three is below it: stays, with a note
    ['f f w', 'partial_outage'],
    ['f f w w w', 'operational'],
    ['f f f w w', 'partial_outage'],
    ['fw w w', 'partial_outage'], // some checks of one line fail
    ['f x', 'major_outage'], // only live lines are asked
    ['w x', 'operational'],
    ['x', 'unknown'],
    ['u', 'unknown'],
    ['fx', 'partial_outage'], // of the other one nothing is known
    ['s', 'degraded_performance'],
    ['s w', 'degraded_performance'],
    ['s w w', 'operational'],
    ['sf', 'partial_outage'],
  ])('%s is %s', (words, state) => {
    expect(component(words).state).toBe(state);
  });

  it('names what fails', () => {
    expect(component('wfw').notes).toEqual([
      { code: 'checks_failing', checks: ['c01'], reason: 'http_status', detail: null },
    ]);
    expect(component('ff', { checks: twoReasons }).notes).toEqual([
      { code: 'checks_failing', checks: ['a', 'c'], reason: 'truncated', detail: 'a.pdf' },
      { code: 'checks_failing', checks: ['b'], reason: 'digest_mismatch', detail: null },
    ]);
    expect(component('f w w').notes).toEqual([
      { code: 'line_failing', lines: ['line0'], reason: 'http_status' },
    ]);
    expect(component('s').notes).toEqual([{ code: 'slow', checks: ['c00'] }]);
  });

  it('names a line that fails beside others, too few of all, also where more is said', () => {
    const fails = { code: 'line_failing', lines: ['line0'], reason: 'http_status' };
    expect(component('f s s')).toMatchObject({
      state: 'degraded_performance',
      notes: [{ code: 'slow', checks: ['c10', 'c20'] }, fails],
    });
    expect(component('f wx w')).toMatchObject({
      state: 'unknown',
      notes: [{ code: 'expired' }, fails],
    });
  });

  it('says that it may be our line, without changing the state', () => {
    const judged = judgement({ verdict: 'failing', is_perhaps_ours: true });
    const suspected = component('', { checks: [{ line: 'line0', judgement: judged }] });
    expect(suspected.state).toBe('major_outage');
    expect(suspected.notes).toContainEqual({ code: 'maybe_our_line', line: 'line0' });
  });

  it('says why it is unknown', () => {
    expect(component('x').notes).toEqual([{ code: 'expired', last_slot_at: T0 }]);
    expect(component('', {}).notes).toEqual([{ code: 'never_measured' }]);
    const failed = judgement({
      verdict: 'undecided',
      bad_run: 1,
      reason: 'http_status',
      detail: 'HTTP 500',
    });
    const first_bad = component('', { checks: [{ line: 'line0', judgement: failed }] });
    const { last_ended_at: ended_at } = failed;
    expect(first_bad).toMatchObject({
      state: 'unknown',
      notes: [{ code: 'unconfirmed', reason: 'http_status', detail: 'HTTP 500', ended_at }],
    });
  });

  it('says which result could not be judged, the last of its checks', () => {
    const unjudged = (check: string, ended_at: number) => ({
      line: 'line0',
      judgement: judgement({
        check,
        valid_until: T0 - 1,
        unjudged: { outcome: 'throttled', reason: 'blocked', ended_at },
      }),
    });
    const checks = [unjudged('a', T0 - SECOND), unjudged('b', T0), unjudged('c', T0 - MINUTE)];
    expect(component('', { checks }).notes).toEqual([
      { code: 'not_judged', outcome: 'throttled', reason: 'blocked', ended_at: T0 },
    ]);
  });

  it('is under maintenance inside an announced window, whatever fails in its scope', () => {
    const window = { maintenance: 'm1', from: T0 };
    expect(component('f', { window })).toMatchObject({
      state: 'under_maintenance',
      notes: [{ code: 'maintenance', maintenance_id: 'm1', measured: 'major_outage' }],
    });
    expect(component('w', { window }).notes).toMatchObject([{ measured: 'operational' }]);
    expect(component('x', { window }).notes).toMatchObject([{ measured: 'unknown' }]);
  });

  it('is partly out for some users when single failures are too many for chance', () => {
    const found = { affected_since: T0, n: 60, bad: 12, window_ms: 30 * MINUTE };
    const share = { ...NO_SHARE, ...found };
    expect(component('w', { share })).toMatchObject({
      state: 'partial_outage',
      notes: [{ code: 'some_users_affected', bad: 12, n: 60, window_ms: 30 * MINUTE }],
    });
    expect(component('f w w', { share }).state).toBe('operational'); // a failing line explains them
  });

  it('expires', () => {
    const status = { state: 'operational', valid_until: T0 } as const;
    expect(isExpired(status, T0)).toBe(false);
    expect(isExpired(status, T0 + 1)).toBe(true);
    expect(isExpired({ ...status, state: 'unknown' }, T0 + 1)).toBe(false);
  });
});

describe('what was odd', () => {
  const noted = (...notes: [CheckJudgement['verdict'], ResultNote[]][]) =>
    judgeComponent({
      checks: notes.map(([verdict, them], n) => ({
        line: `line${n}`,
        judgement: judgement({ check: `c${n}`, verdict, notes: them }),
      })),
      now: T0,
      policy,
      share: NO_SHARE,
      window: null,
      is_after_window: false,
      is_learning: false,
    });

  it('is said with the checks that saw it, and changes no state', () => {
    const { state, notes } = noted(['well', ['weak_key']], ['well', ['weak_key', 'repaired']]);
    expect(state).toBe('operational');
    expect(notes).toEqual([
      { code: 'noticed', note: 'weak_key', checks: ['c0', 'c1'] },
      { code: 'noticed', note: 'repaired', checks: ['c1'] },
    ]);
  });

  it('tells what files were checked by, and why they were not, but not of damaged ones', () => {
    const checks = (
      [
        ['well', { verdict: 'sound', checked: 'bytes', reason: null }],
        ['well', { verdict: 'unjudged', checked: 'none', reason: 'encrypted' }],
        ['well', { verdict: 'sound', checked: 'bytes', reason: null }],
        ['well', { verdict: 'corrupt', checked: 'structure', reason: 'truncated' }],
        ['well', null],
      ] as const
    ).map(([verdict, file], n) => ({
      line: 'line0',
      judgement: judgement({ check: `c${n}`, verdict, file }),
    }));
    expect(component('', { checks }).notes).toEqual([
      { code: 'files_checked', checked: 'bytes', reason: null, checks: ['c0', 'c2'] },
      { code: 'files_checked', checked: 'none', reason: 'encrypted', checks: ['c1'] },
    ]);
  });

  it('is not said of checks that fail', () => {
    expect(noted(['failing', ['weak_key']]).notes).toMatchObject([{ code: 'checks_failing' }]);
  });

  it.each<[string, ResultNote[][], boolean]>([
    ['the only check', [['answered_only']], true],
    ['every check', [['answered_only'], ['answered_only', 'weak_key']], true],
    ['one of two', [['answered_only'], []], false],
  ])('that it only answers is said if %s says so', (_, notes, said) => {
    const judged = noted(...notes.map((it): ['well', ResultNote[]] => ['well', it]));
    expect(isAnsweredOnly(judged)).toBe(said);
  });
});

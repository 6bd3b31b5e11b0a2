import { expect } from 'vitest';
import { countsOf } from '../../collector/judging/own-traffic.ts';
import { comparedWithSubmitted } from '../../collector/judging/submitted.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { EventType, InvoiceEvent, OwnResult } from '../../model/event.ts';
import { judgeComponent } from '../../model/judge/component.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { judgeTraffic } from '../../model/judge/own-traffic.ts';
import { NO_SHARE } from '../../model/judge/share.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { type TrafficCount, withCounts } from '../../model/traffic.ts';
import type { Outcome } from '../../model/vocabulary.ts';
import { configuration } from '../collector/configuration.ts';
import { judgement } from '../model/builders.ts';
import { signedBy } from '../model/signed-by.ts';
import { rowsOf } from './row.ts';

/** A whole hour, long after the first one that is known. */
const AT = 20_000 * DAY;
const WINDOW = 5 * MINUTE;

/** So many good and bad events in one second. */
const some = (at: number, good: number, bad = 0, code: string | null = null): TrafficCount => ({
  at: AT + at,
  good,
  bad,
  cause: bad === 0 ? null : { outcome: 'system', code },
});
/** In each window of the time alike, bad ones first. */
const steady = (from: number, to: number, [good, bad]: [number, number]) =>
  Array.from({ length: (to - from) / WINDOW }, (_, i) => some(from + i * WINDOW, good, bad));

function judged(counts: TrafficCount[], now: number) {
  const traffic = withCounts([], counts, 0);
  return judgeTraffic({ check: 'own', traffic, now: AT + now, kept_from: 0, ailed_before: null });
}
const verdict = (counts: TrafficCount[], now: number) => judged(counts, now).judgement.verdict;
/** What was known when, in minutes. */
const course = (counts: TrafficCount[], now: number) =>
  judged(counts, now).spells.map(({ from, verdict: it, is_measured }) => [
    (from - AT) / MINUTE,
    is_measured ? it : 'nothing',
  ]);
/** What is told of an event of a second ago, or of so long ago. */
const event = (outcome: Outcome, ago_ms = SECOND, code: string | null = null): OwnResult => ({
  ...{ check: 'own', at: AT, event: '00', outcome, duration_ms: null, code },
  received_at: AT + ago_ms,
});
/** A day in which this share of each hour's 100 was bad, in every third second of a window. */
const dayWith = (bad: number) =>
  Array.from({ length: 24 }, (_, i) => some(i * HOUR - DAY, 100 - bad, bad));
/** Of own traffic, and of other lines. */
const stateWith = (own: CheckJudgement, lines: ('well' | 'failing')[], later_ms = 0) =>
  judgeComponent({
    checks: [
      { line: 'own_traffic', judgement: own },
      ...lines.map((verdict_of_line, i) => {
        const known = { check: `c${i}`, verdict: verdict_of_line, valid_until: AT + DAY };
        return { line: `line${i}`, judgement: judgement(known) };
      }),
    ],
    now: AT + 6 * MINUTE + later_ms,
    policy: DEFAULT_POLICY,
    share: NO_SHARE,
    window: null,
    is_after_window: false,
    is_learning: false,
  });
/** What an event says of an amount, in yuan. */
const says = (yuan: number) => ({ amount_fen: yuan * 100, tax_id: null });
/** A stage of one invoice, so many minutes later. */
const stage = (type: EventType, minutes: number, yuan?: number): InvoiceEvent => ({
  ...{ id: `${type}${minutes}`, system: 'shop', type, at: AT + minutes * MINUTE, told: null },
  invoice: { number: '26000000000000000001', issued: '20261102080000' },
  says: yuan === undefined ? null : says(yuan),
});
const compared = (events: InvoiceEvent[]) => {
  const by = { installation: 'test', signer: signedBy('test') };
  return comparedWithSubmitted(siteOf(configuration()), events, by, []);
};
const at_6 = (counts: TrafficCount[]) => judged(counts, 6 * MINUTE).judgement;
const WELL = at_6([some(0, 30)]);
const SOME = at_6([some(0, 20, 10)]);
const ALL = at_6([some(0, 0, 20), some(2 * MINUTE, 0, 1)]);

export const OWN_TRAFFIC = [
  ...rowsOf('OWN-1', {
    'what says nothing of the system is in no share': () => {
      const nothing = ['user_data', 'credential', 'throttled'] as const;
      const counts = countsOf(
        ['ok' as const, 'system' as const, 'timeout' as const, ...nothing].map((it) => event(it)),
      );
      const [window] = withCounts([], counts, 0);
      expect([window?.n, window?.n_bad]).toEqual([3, 2]);
    },
    'a stage that says something else than the newest acceptance is a mismatch': () => {
      const reasonAfter = (...before: InvoiceEvent[]) => {
        const events = [...before, stage('verified', 9, 120)];
        return compared(events).at(-1)?.told?.code ?? null;
      };
      expect(reasonAfter(stage('accepted', 1, 120))).toBeNull();
      expect(reasonAfter(stage('accepted', 1, 100))).toBe('amount_differs');
      const again = stage('accepted', 3, 120);
      expect(reasonAfter(stage('accepted', 1, 100), again)).toBeNull();
      expect(reasonAfter(again, stage('accepted', 1, 100))).toBeNull();
      expect(reasonAfter(stage('accepted', 1, 120), stage('accepted', 10, 100))).toBeNull();
      expect(reasonAfter(stage('issued', 1, 100))).toBeNull();
      expect(reasonAfter(stage('accepted', 1, 100), stage('rejected', 2))).toBeNull();
      expect(reasonAfter(stage('accepted', 1, 100), stage('voided', 2))).toBeNull();
    },
    'but never an acceptance, nor what happened before it': () => {
      const first = stage('accepted', 1, 100);
      // Together it does not matter which is told first.
      const turned = compared([first, stage('verified', 9, 120), stage('accepted', 3, 120)]);
      expect(turned.map((it) => it.told)).toEqual([null, null, null]);
      const told = compared([first, stage('accepted', 2, 120), stage('verified', 1, 100)]);
      expect(told.map((it) => it.told)).toEqual([null, null, null]);
      const at_latest = { ...stage('verified', 9, 100), at_latest: true } as const;
      expect(compared([first, stage('accepted', 2, 120), at_latest]).at(-1)?.told).toBeNull();
      expect(compared([first, { ...at_latest, says: says(90) }]).at(-1)?.told).not.toBeNull();
    },
  }),
  ...rowsOf('OWN-2', {
    'a window is judged once it is over': () => {
      expect(verdict([some(0, 30)], 5 * MINUTE - 1)).toBe('undecided');
      expect(verdict([some(0, 30)], 5 * MINUTE)).toBe('well');
      expect(verdict([some(9 * MINUTE, 30)], 10 * MINUTE - 1)).toBe('undecided');
      expect(verdict([some(9 * MINUTE, 30)], 10 * MINUTE)).toBe('well');
    },
    'with those before it, until it has 20': () => {
      expect(verdict(steady(0, 20 * MINUTE, [5, 0]), 20 * MINUTE)).toBe('well');
      expect(verdict(steady(0, 15 * MINUTE, [5, 0]), 15 * MINUTE)).toBe('undecided');
      expect(verdict([some(0, 19)], HOUR / 2)).toBe('undecided');
      expect(verdict([some(0, 20)], HOUR / 2)).toBe('well');
      // Of 100 in the window itself none was bad: what was before is not in it.
      const before = [some(0, 10, 10), some(WINDOW, 100)];
      expect(verdict(before, 10 * MINUTE)).toBe('well');
      expect(verdict([some(0, 10, 10), some(WINDOW, 19)], 10 * MINUTE)).toBe('some_failing');
    },
    'of little traffic, over as long as that takes': () => {
      const slowly = (apart_ms: number, n: number) =>
        verdict(
          Array.from({ length: n }, (_, i) => some(i * apart_ms, 1)),
          (n - 1) * apart_ms + WINDOW,
        );
      expect(slowly(30 * MINUTE, 20)).toBe('well');
      expect(slowly(30 * MINUTE, 19)).toBe('undecided');
    },
    'but not across a time of which nothing is known': () => {
      const morning = (n: number, bad = 0) => [some(0, 300), some(HOUR, n - bad, bad)];
      expect(verdict(morning(19), HOUR + WINDOW)).toBe('undecided');
      expect(verdict(morning(20), HOUR + WINDOW)).toBe('well');
      // 8 of 19 that failed are not thinned out by the 300 of before.
      expect(verdict(morning(19, 8), HOUR + WINDOW)).toBe('undecided');
      expect(verdict(morning(20, 8), HOUR + WINDOW)).toBe('some_failing');
      expect(stateWith(judged(morning(19), HOUR + WINDOW).judgement, [], HOUR)).toMatchObject({
        state: 'unknown',
        notes: [{ code: 'recovering' }],
      });
    },
  }),
  ...rowsOf('OWN-3', {
    // The lower bounds of 4/35 and 5/35 are 4.5 and 6.3 %.
    'some fail above 5 %, since the first bad one': () => {
      const bad = (n: number) => [some(0, 35 - n), some(MINUTE, 0, n)];
      expect(verdict(bad(4), WINDOW)).toBe('well');
      expect(course(bad(5), WINDOW)).toEqual([
        [0, 'undecided'],
        [1, 'some_failing'],
      ]);
    },
    // Usual 3 %: above 9 %. Of 100, 15 and 16 have 9.3 and 10.1 %, 14 have 8.5 %.
    'and above three times what is usual': () => {
      const after = (bad: number) => verdict([...dayWith(3), some(0, 100 - bad, bad)], WINDOW);
      expect([14, 15].map(after)).toEqual(['well', 'some_failing']);
      // 11 of 100 are 6.3 %: too many where less is usual.
      expect(verdict([...dayWith(1), some(0, 89, 11)], WINDOW)).toBe('some_failing');
    },
    // Usual 40 % counts as 5 %: above 15 %. Of 100, 22 and 23 have 15.0 and 15.8 %.
    'what fails day after day does not become usual': () => {
      const after = (bad: number) => verdict([...dayWith(40), some(0, 100 - bad, bad)], WINDOW);
      expect([21, 24].map(after)).toEqual(['well', 'some_failing']);
    },
  }),
  ...rowsOf('OWN-4', {
    'usual is the median of the hours of 24 before that have 20': () => {
      const usual = (hours: number, n: number, back = 0) =>
        Array.from({ length: hours }, (_, i) =>
          some((i - hours - back) * HOUR, n * 0.95, n * 0.05),
        );
      const after = (before: TrafficCount[]) => verdict([...before, some(0, 86, 14)], WINDOW);
      expect(after(usual(4, 20))).toBe('well');
      expect(after(usual(3, 20))).toBe('some_failing');
      expect(after(usual(4, 20, 20))).toBe('well');
      expect(after(usual(4, 20, 21))).toBe('some_failing');
      // Hours with 19 are none.
      const few = Array.from({ length: 20 }, (_, i) => some((i - 20) * HOUR, 18, 1));
      expect(after(few)).toBe('some_failing');
    },
  }),
  ...rowsOf('OWN-5', {
    'the last 10 all fail, over a minute: since the first of them': () => {
      const run = (n: number, over_ms: number) => [
        some(0, 300),
        ...Array.from({ length: n }, (_, i) => some(MINUTE + (i * over_ms) / (n - 1), 0, 1)),
      ];
      const after = (counts: TrafficCount[]) => verdict(counts, 4 * MINUTE);
      expect(after(run(10, MINUTE + 3 * SECOND))).toBe('failing');
      expect(after(run(10, 54 * SECOND))).toBe('undecided');
      expect(after(run(9, MINUTE + 20 * SECOND))).toBe('undecided');
      expect(after(run(21, 100 * SECOND))).toBe('failing');
      expect(course(run(10, MINUTE + 3 * SECOND), 4 * MINUTE)).toEqual([
        [0, 'undecided'],
        [1, 'failing'],
      ]);
    },
    'with what was said most often in the run, not before it and not since': () => {
      const run = (at: number, code: string | null) => some(at, 0, 4, code);
      const counts = [
        some(0, 300, 20, 'BEFORE'),
        ...[run(MINUTE, 'B'), run(MINUTE + 30 * SECOND, 'A'), run(2 * MINUTE, 'A')],
        some(3 * MINUTE, 0, 500, 'SINCE'),
      ];
      const { spells, judgement: it } = judged(counts, 4 * MINUTE);
      expect([it.verdict, it.reason, it.detail]).toEqual(['failing', 'error_code', 'A']);
      expect(spells.at(-1)).toMatchObject({ verdict: 'failing', detail: 'A' });
      // An outage of later does not put its code on it.
      const later = [...counts, some(4 * MINUTE, 300), some(HOUR, 0, 20, 'NEXT')];
      const [, failing] = judged([...later, some(HOUR + MINUTE, 0, 20, 'NEXT')], 2 * HOUR).spells;
      expect(failing).toMatchObject({ verdict: 'failing', detail: 'A' });
    },
    'without a code, with the outcome, if that says more than that it failed': () => {
      const said = (outcome: 'timeout' | 'system') => {
        const cause = { outcome, code: null };
        const counts = [0, MINUTE].map((at) => ({ at: AT + at, good: 0, bad: 9, cause }));
        const { reason, detail } = judged(counts, 2 * MINUTE).judgement;
        return [reason, detail];
      };
      expect(said('timeout')).toEqual([null, 'timeout']);
      expect(said('system')).toEqual([null, null]);
    },
    'until one is good: then some, until a window says more': () => {
      const out = steady(0, 60 * MINUTE, [0, 30]);
      const over = [...out, some(62 * MINUTE, 1), some(63 * MINUTE, 10, 10)];
      expect(course([...steady(-HOUR, 0, [30, 0]), ...over], 64 * MINUTE)).toEqual([
        [-60, 'well'],
        [0, 'failing'],
        [62, 'some_failing'],
      ]);
    },
  }),
  ...rowsOf('OWN-6', {
    'it is over with the first event of the next window that is below': () => {
      const counts = [
        ...steady(0, 10 * MINUTE, [30, 0]),
        ...steady(10 * MINUTE, 20 * MINUTE, [20, 10]),
        some(21 * MINUTE, 30),
      ];
      expect(course(counts, 24 * MINUTE).at(-1)).toEqual([10, 'some_failing']);
      expect(course(counts, 25 * MINUTE)).toEqual([
        [0, 'well'],
        [10, 'some_failing'],
        [21, 'well'],
      ]);
    },
    'not before one was good': () => {
      const counts = [
        ...steady(0, HOUR, [0, 30]),
        ...Array.from({ length: 20 }, (_, i) => some(HOUR + i * SECOND, 0, 1)),
        some(HOUR + 2 * MINUTE, 1_000),
      ];
      expect(course(counts, HOUR + WINDOW).slice(-2)).toEqual([
        [0, 'failing'],
        [62, 'well'],
      ]);
    },
  }),
  ...rowsOf('OWN-7', {
    'after 30 minutes without an event nothing is known, since the last': () => {
      const quiet = (ms: number) => course([some(0, 30), some(ms, 30)], ms + WINDOW);
      expect(quiet(30 * MINUTE)).toEqual([[0, 'well']]);
      expect(quiet(31 * MINUTE)).toEqual([
        [0, 'well'],
        [1 / 60, 'nothing'],
        [31, 'well'],
      ]);
      const { judgement: it } = judged([some(0, 30)], WINDOW);
      expect((it.valid_until ?? 0) - AT).toBe(30 * MINUTE);
    },
    'what failed is not well because it falls silent': () => {
      const { judgement: it } = judged([some(0, 10, 20), some(HOUR, 1)], HOUR);
      expect([it.verdict, it.lapsed?.verdict]).toEqual(['undecided', 'some_failing']);
    },
    'nor beside what is measured: unknown, until it is measured well': () => {
      expect(stateWith(ALL, ['well', 'well']).state).toBe('partial_outage');
      expect(stateWith(ALL, ['well', 'well'], HOUR)).toMatchObject({
        state: 'unknown',
        notes: [{ code: 'expired' }],
      });
      expect(stateWith(SOME, ['well'], HOUR).state).toBe('unknown');
      const back = judged([some(0, 10, 20), some(HOUR, 19)], HOUR + WINDOW).judgement;
      expect(stateWith(back, ['well'], HOUR).state).toBe('unknown');
      const well = judged([some(0, 10, 20), some(HOUR, 20)], HOUR + WINDOW).judgement;
      expect(stateWith(well, ['well'], HOUR).state).toBe('operational');
      expect(stateWith(ALL, ['failing'], HOUR).state).toBe('major_outage');
    },
    'what was well is named as not known': () =>
      expect(stateWith(WELL, ['well'], HOUR)).toMatchObject({
        state: 'operational',
        notes: [{ code: 'not_known', checks: ['own'] }],
      }),
    'how it ailed before all that is kept stays known': () => {
      const traffic = withCounts([], [some(0, 1)], 0);
      const parts = { check: 'own', traffic, now: AT + WINDOW, kept_from: 0 };
      const after = (ailed_before: 'failing' | null) =>
        judgeTraffic({ ...parts, ailed_before }).judgement.lapsed?.verdict ?? null;
      expect(['failing' as const, null].map(after)).toEqual(['failing', null]);
    },
  }),
  ...rowsOf('OWN-8', {
    'in whichever order events come': () => {
      const counts = [
        ...steady(0, HOUR, [30, 0]),
        ...steady(HOUR, 2 * HOUR, [0, 30]),
        ...steady(2 * HOUR, 3 * HOUR, [30, 1]),
      ];
      const late = counts
        .toReversed()
        .reduce((all, it) => withCounts(all, [it], 0), withCounts([], [], 0));
      const now = AT + 3 * HOUR;
      const parts = { check: 'own', now, kept_from: 0, ailed_before: null };
      expect(judgeTraffic({ ...parts, traffic: late })).toEqual(judged(counts, 3 * HOUR));
    },
    'what comes more than a day late counts in figures only': () => {
      expect(countsOf([event('system', DAY)])).toHaveLength(1);
      expect(countsOf([event('system', DAY + 1)])).toEqual([]);
    },
    'of two that failed in one second the same says why, in whichever order': () => {
      const both = [event('timeout', 1, 'T-1'), event('timeout', 1, 'T-2')];
      const causes = (its: OwnResult[]) => withCounts([], countsOf(its), 0).map((it) => it.causes);
      expect(causes(both)).toEqual(causes(both.toReversed()));
    },
    'nothing is judged before it comes': () =>
      expect(judged([some(0, 30), some(HOUR, 0, 30)], 10 * MINUTE)).toEqual(
        judged([some(0, 30)], 10 * MINUTE),
      ),
  }),
  ...rowsOf('OWN-9', {
    'it is a line among others': () => {
      expect(stateWith(ALL, []).state).toBe('major_outage');
      expect(stateWith(ALL, ['failing']).state).toBe('major_outage');
      expect(stateWith(ALL, ['well']).state).toBe('partial_outage');
      expect(stateWith(WELL, ['failing']).state).toBe('partial_outage');
      expect(stateWith(WELL, []).state).toBe('operational');
    },
    'all that fails there is no less than some, and says nothing of networks': () => {
      expect(stateWith(ALL, ['well', 'well'])).toMatchObject({
        state: 'partial_outage',
        notes: [{ code: 'line_failing', lines: ['own_traffic'] }],
      });
      // Where both fail, it is not said that the others are fine.
      expect(stateWith(ALL, ['failing', 'well'])).toMatchObject({
        state: 'partial_outage',
      });
      const codes = stateWith(ALL, ['failing', 'well']).notes.map(({ code }) => code);
      expect(new Set(codes)).toEqual(new Set(['checks_failing']));
      expect(stateWith(SOME, ['failing', 'well', 'well']).notes.map(({ code }) => code)).toEqual([
        'some_users_affected',
        'checks_failing',
      ]);
    },
    'some that fail there are some users, whatever others measure': () => {
      expect(stateWith(SOME, ['well', 'well'])).toMatchObject({
        state: 'partial_outage',
        notes: [
          { code: 'some_users_affected', n: 30, bad: 10, window_ms: WINDOW, source: 'own_traffic' },
        ],
      });
      expect(stateWith(SOME, []).state).toBe('partial_outage');
    },
  }),
];

import { expect } from 'vitest';
import { countsOf } from '../../collector/judging/own-traffic.ts';
import { comparedWithSubmitted } from '../../collector/judging/submitted.ts';
import { ownAlone, siteOf } from '../../collector/state/site.ts';
import { type CountedTrafficReads, usualTraffic } from '../../collector/upkeep/usual-traffic.ts';
import { measuredMeanwhile, saidNotes } from '../../model/component.ts';
import type { EventType, InvoiceEvent, OwnResult } from '../../model/event.ts';
import { judgeComponent } from '../../model/judge/component.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { judgeTraffic } from '../../model/judge/own-traffic.ts';
import { NO_SHARE } from '../../model/judge/share.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { type TrafficCount, withCounts } from '../../model/traffic.ts';
import {
  type CountedHour,
  silenceAfter,
  teachingHours,
  type UsualTraffic,
  usualOf,
} from '../../model/usual-traffic.ts';
import type { Outcome } from '../../model/vocabulary.ts';
import { ANNOUNCED_YEARS, KNOWN_WORKING_DAYS, workingDaysIn } from '../../model/working-days.ts';
import { configuration, START } from '../collector/configuration.ts';
import { ownCheck, ownSettings } from '../collector/own-site.ts';
import { judgement } from '../model/builders.ts';
import { signedBy } from '../model/signed-by.ts';
import { rowsOf } from './row.ts';

/** Midnight of a Monday in China, long after the first hour that is known. */
const AT = Date.parse('2026-03-02T00:00:00+08:00');
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

const PARTS = {
  check: 'own',
  kept_from: 0,
  ailed_before: null,
  well_at: null,
  usual: [],
  calendar: KNOWN_WORKING_DAYS,
};

function judged(counts: TrafficCount[], now: number, usual: UsualTraffic[] = []) {
  const traffic = withCounts([], counts, 0);
  return judgeTraffic({ ...PARTS, traffic, now: AT + now, usual });
}
/** So many an hour, by the hour of the day, on every day. */
const usually = (of: (hour: number) => number | null): UsualTraffic => {
  const counts = Array.from({ length: 24 }, (_, hour) => of(hour));
  return { check: 'own', from: 0, working: counts, other: counts };
};
const NOTHING = usually(() => 0);
/** From 8 to 20. */
const BY_DAY = usually((hour) => (hour >= 8 && hour < 20 ? 100 : 0));
const ON_WORKING_DAYS = { ...BY_DAY, other: NOTHING.other };
/** When the first is due after an event, and is missing: in seconds. */
const silence = (after_ms: number, usual: UsualTraffic[], calendar = KNOWN_WORKING_DAYS) => {
  const { due_at, missing_at } = silenceAfter(AT + after_ms, usual, calendar);
  return [due_at, missing_at].map((at) => (at - AT) / SECOND);
};
const verdict = (counts: TrafficCount[], now: number) => judged(counts, now).judgement.verdict;
/** What was known when, in minutes. */
const course = (counts: TrafficCount[], now: number, usual: UsualTraffic[] = []) =>
  judged(counts, now, usual).spells.map(({ from, verdict: it, is_measured }) => [
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

/** So many events, at 10 in China, so many days after one. */
const at10 = (day: string, days: number, n: number) => ({
  from: Date.parse(`${day}T02:00:00Z`) + days * DAY,
  n,
});
const usualAt10 = (hours: CountedHour[], calendar = KNOWN_WORKING_DAYS) => {
  const { working, other } = usualOf(hours, calendar);
  return [working[10], other[10]];
};

/** From 3 in the night on, so many days ago. */
const lasting = (days: number, ms: number) => {
  const from = START - 7 * HOUR - days * DAY;
  return { from, to: from + ms };
};

interface Weeks {
  /** So many days ago something happened first, each day at 10. */
  first_day: number;
  gaps?: ReturnType<typeof lasting>[];
  incidents?: ReturnType<typeof lasting>[];
  excluded?: ReturnType<typeof lasting>[];
}

/** What is usual at 3 in the night of a working day. */
async function nightBy({ first_day, gaps = [], incidents = [], excluded = [] }: Weeks) {
  const components = ['shop.issue'];
  const days = Array.from({ length: first_day }, (_, i) => START - (i + 1) * DAY).toReversed();
  const store = {
    rollupsAt: async (_: string, [check]: string[], starts: number[]) =>
      days
        .filter((from) => starts.includes(from))
        .map((from) => ({
          check,
          from,
          n: 9,
          outcomes: { ok: 9 },
          delays: null,
          simulated: false,
        })),
    gaps: async () => gaps,
    incidents: async () =>
      incidents.map(({ from, to }) => ({ components, started_at: from, resolved_at: to })),
    excludedTimes: async () => excluded.map((it) => ({ ...it, components })),
    usualTraffic: async () => [],
  } as unknown as CountedTrafficReads;
  const query = { store, site: siteOf(ownSettings()), now: START, from: START };
  const usual = await usualTraffic(query);
  return usual.find(({ check }) => check === 'shop-own-issue')?.working[3];
}

/** A component of which nothing else tells. */
const alone = (
  own: CheckJudgement,
  now: number,
  window: { maintenance: string; from: number } | null = null,
) =>
  judgeComponent({
    checks: [{ line: 'own_traffic', judgement: own }],
    now,
    policy: DEFAULT_POLICY,
    share: NO_SHARE,
    window,
    is_after_window: false,
    is_learning: false,
  });

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
      const parts = { ...PARTS, traffic, now: AT + WINDOW };
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
      const parts = { ...PARTS, now: AT + 3 * HOUR };
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
  ...rowsOf('OWN-10', {
    'the median of the hour, of 5 working days, and of 5 others': () => {
      // A week from Monday, at 10 in China.
      const counts = [50, 10, 40, 20, 30, 7, 9];
      const week = counts.map((n, i) => at10('2026-03-02', i, n));
      expect(usualAt10(week)).toEqual([30, null]);
      expect(usualAt10(week.slice(1))).toEqual([null, null]);
      const weekends = [0, 7, 14].flatMap((days) => [
        at10('2026-03-07', days, 8),
        at10('2026-03-08', days, 12),
      ]);
      expect(usualAt10(weekends)).toEqual([null, 8]);
      expect(usualAt10([...weekends.slice(2), ...week])).toEqual([30, 8]);
    },
    'where the days differ by no more than three times': () => {
      const week = (...counts: number[]) =>
        usualAt10(counts.map((n, i) => at10('2026-03-02', i, n)))[0];
      expect(week(10, 30, 10, 30, 10)).toBe(10);
      expect(week(10, 31, 10, 31, 10)).toBeNull();
      expect(week(10, 99, 10, 10, 10)).toBe(10);
      // Of next to nothing, by no more than three.
      expect([week(0, 3, 0, 3, 0), week(0, 4, 0, 4, 0)]).toEqual([0, null]);
      // People work on Saturdays, and not on Sundays.
      const weekends = [0, 7, 14, 21].flatMap((days) => [
        at10('2026-03-07', days, 90),
        at10('2026-03-08', days, 0),
      ]);
      expect(usualAt10(weekends)).toEqual([null, null]);
    },
    'holidays are others, weekends on which people make up are working days': () => {
      const holiday = [0, 1, 2, 3, 4].map((days) => at10('2026-02-16', days, 3));
      expect(usualAt10(holiday)).toEqual([null, 3]);
      const made_up = [
        at10('2026-02-28', 0, 40),
        ...[2, 3, 4, 5].map((i) => at10('2026-02-28', i, 40)),
      ];
      expect(usualAt10(made_up)).toEqual([40, null]);
    },
    'of a year that nobody announced no weekend is known to be off': () => {
      const week = [0, 1, 2, 3, 4, 5, 6].map((i) => at10('2027-03-01', i, 40 + i));
      const weekends = [7, 14, 21].flatMap((days) => [
        at10('2027-03-06', days, 0),
        at10('2027-03-07', days, 0),
      ]);
      expect(usualAt10([...week, ...weekends])).toEqual([42, null]);
      const announced = workingDaysIn({ ...ANNOUNCED_YEARS, 2027: { off: [], worked: [] } });
      expect(usualAt10([...week, ...weekends], announced)).toEqual([42, 0]);
    },
    'not of a silence over a whole working day, nor where results were missing': () => {
      // 100 in each hour from 8 to 20, from Monday, but none of these, by day and hour.
      const weeks = (...silent: (readonly [day: number, from: number, hours: number])[]) =>
        Array.from({ length: 14 * 24 }, (_, i) => {
          const hour = i % 24;
          const is_off = Math.floor(i / 24) % 7 >= 5 || hour < 8 || hour >= 20;
          const is_out = silent.some(([day, from, n]) => {
            const since = day * 24 + from;
            return since <= i && i < since + n;
          });
          return { from: AT + i * HOUR, n: is_off || is_out ? 0 : 100 };
        });
      const left = (hours: CountedHour[], usual: UsualTraffic[] = []) =>
        hours.length - teachingHours(hours, usual, KNOWN_WORKING_DAYS).length;
      expect(left(weeks())).toBe(0);
      // From Tuesday 15 until Thursday 9; with the night before and after it, 15 to 8 is 17 h.
      expect(left(weeks([1, 15, 17]))).toBe(0);
      expect(left(weeks([1, 15, 42]))).toBe(42);
      // From Thursday 20 over Friday and the weekend, until Monday 8.
      expect(left(weeks([4, 8, 12]))).toBe(4 + 24 + 48 + 8);
      // Until Wednesday 10; 42 are missing: from 15 to 20 and from 8 on, not in the night.
      expect(left(weeks([1, 15, 19]), [ON_WORKING_DAYS])).toBe(5 + 2);
      expect(left(weeks([1, 15, 19]), [{ ...usually(() => 1), other: NOTHING.other }])).toBe(0);
    },
    'without what we did not watch, an incident or maintenance, and before the first': async () => {
      const hours = Array.from({ length: 20 }, (_, i) => i + 1);
      expect(await nightBy({ first_day: 20 })).toBe(0);
      // Five nights from Monday to Friday; what is over for less than a day is told yet.
      expect(await nightBy({ first_day: 8 })).toBe(0);
      expect(await nightBy({ first_day: 7 })).toBeNull();
      const each = (ms: number) => hours.map((days) => lasting(days, ms));
      expect(await nightBy({ first_day: 20, gaps: each(5 * MINUTE) })).toBeNull();
      expect(await nightBy({ first_day: 20, gaps: each(5 * MINUTE - 1) })).toBe(0);
      expect(await nightBy({ first_day: 20, incidents: each(MINUTE) })).toBeNull();
      expect(await nightBy({ first_day: 20, excluded: each(MINUTE) })).toBeNull();
    },
  }),
  ...rowsOf('OWN-11', {
    // 84 an hour are 42 in half an hour, and one in 43 s.
    'missing once 42 were to be expected, since the first of them': () => {
      expect(silence(0, [usually(() => 84)])).toEqual([43, 1_800]);
      expect(silence(0, [usually(() => 10)])).toEqual([360, 252 * 60]);
      expect(
        course([some(0, 30), some(31 * MINUTE, 30)], 36 * MINUTE, [usually(() => 84)]),
      ).toEqual([
        [0, 'well'],
        [expect.closeTo(43 / 60), 'nothing'],
        [31, 'well'],
      ]);
    },
    'by chance once in a million, also at a third of what is usual': () => {
      const by_chance = (results: number) => Math.exp(-results / 3);
      expect(by_chance(NUMBERS.traffic.missing_results)).toBeLessThan(1e-6);
      expect(by_chance(NUMBERS.traffic.missing_results - 1)).toBeGreaterThan(1e-6);
    },
    'not before a quarter of an hour': () =>
      expect(silence(0, [usually(() => 10_000)])).toEqual([1, 900]),
    // From 20:14 nothing is usual; from 8, one in 36 s and 42 in 25 min 12 s.
    'by what is usual in each hour': () => {
      const at_8 = 32 * 3_600;
      expect(silence(20 * HOUR + 14 * MINUTE, [BY_DAY])).toEqual([at_8 + 36, at_8 + 1_512]);
      // Half of the 42 by 20:00, the others from 8.
      expect(silence(20 * HOUR - 756 * SECOND, [BY_DAY])[1]).toBe(at_8 + 756);
    },
    'until it is known, 30 minutes: a part of either is a part of both': () => {
      const until_1 = usually((hour) => (hour === 0 ? 84 : null));
      // In 15 minutes half of the 42, then half of the 30 minutes.
      expect(silence(45 * MINUTE, [until_1])).toEqual([45 * 60 + 43, 75 * 60]);
      expect(silence(0, [{ ...NOTHING, from: AT + 10 * MINUTE }])[0]).toBe(1);
      expect(silence(0, [])).toEqual([1, 1_800]);
    },
    'on a weekend of a year that nobody announced, 30 minutes': () => {
      // From 21:00 on Friday, 5 March 2027.
      const friday = 368 * DAY + 21 * HOUR;
      const saturday = 369 * 86_400;
      expect(silence(friday, [ON_WORKING_DAYS])).toEqual([saturday, saturday + 1_800]);
      const announced = workingDaysIn({ ...ANNOUNCED_YEARS, 2027: { off: [], worked: [] } });
      const monday_at_8 = 371 * 86_400 + 8 * 3_600;
      const known = silence(friday, [ON_WORKING_DAYS], announced);
      expect(known).toEqual([monday_at_8 + 36, monday_at_8 + 1_512]);
    },
    'by what was known by then': () => {
      const later = { ...NOTHING, from: AT + 2 * HOUR };
      const { judgement: it } = judged([some(0, 30)], HOUR, [usually(() => 10), later]);
      expect((it.valid_until ?? 0) - AT).toBe(252 * MINUTE);
    },
  }),
  ...rowsOf('OWN-12', {
    'what was well stays so where fewer are usual': () => {
      const night = [some(0, 30), some(8 * HOUR, 30)];
      expect(course(night, 8 * HOUR + WINDOW, [NOTHING])).toEqual([[0, 'well']]);
      expect(course(night, 8 * HOUR + WINDOW)).toContainEqual([1 / 60, 'nothing']);
    },
    'it is said that nothing came, a minute at a time': () => {
      const { judgement: it } = judged([some(0, 30)], WINDOW, [NOTHING]);
      const told = (ms: number) => {
        const { state, notes, valid_until, measured_at } = alone(it, AT + ms);
        return [state, notes, (valid_until ?? 0) - AT, (measured_at ?? 0) - AT];
      };
      expect(told(10 * MINUTE)).toEqual(['operational', [], 30 * MINUTE, 0]);
      const quiet = [{ code: 'quiet', last_at: AT }];
      expect(told(30 * MINUTE)).toEqual(['operational', [], 31 * MINUTE, 0]);
      expect(told(8 * HOUR)).toEqual(['operational', quiet, 8 * HOUR + MINUTE, 0]);
    },
    'that it was well is not said to be measured in a maintenance of the night': () => {
      const { judgement: it } = judged([some(0, 30)], WINDOW, [NOTHING]);
      const told = (ms: number) => {
        const status = alone(it, AT + ms, { maintenance: 'm', from: AT + MINUTE });
        return measuredMeanwhile(saidNotes(status.notes));
      };
      expect([30 * MINUTE, 31 * MINUTE].map(told)).toEqual(['operational', undefined]);
    },
    'what failed is known for 30 minutes': () => {
      const out = [some(0, 0, 20), some(2 * MINUTE, 0, 1)];
      const { judgement: it } = judged(out, WINDOW, [NOTHING]);
      expect([it.verdict, (it.valid_until ?? 0) - AT]).toEqual(['failing', 32 * MINUTE]);
      expect(course([...out, some(8 * HOUR, 30)], 8 * HOUR, [NOTHING])).toContainEqual([
        expect.closeTo(2 + 1 / 60),
        'nothing',
      ]);
    },
    'where other lines tell of it, silence says no more than before': () => {
      const measured = configuration().checks;
      const beside = ownSettings([...measured, { ...ownCheck('upload'), id: 'shop-own-upload' }]);
      expect(ownAlone(siteOf(beside)).map(({ id }) => id)).toEqual([
        'shop-own-issue',
        'shop-own-deliver',
      ]);
    },
  }),
  ...rowsOf('OWN-13', {
    'failures before a pause of 30 minutes are no run with those after it': () => {
      const bad = (from: number) =>
        Array.from({ length: 5 }, (_, i) => some(from + i * 20 * SECOND, 0, 1));
      const after = (pause_ms: number) =>
        verdict([some(-MINUTE, 300), ...bad(0), ...bad(pause_ms)], pause_ms + 90 * SECOND);
      const quiet = (pause_ms: number) =>
        judged([some(-WINDOW, 300), ...bad(0), ...bad(pause_ms)], pause_ms + 90 * SECOND, [
          NOTHING,
        ]);
      expect(after(20 * MINUTE)).toBe('failing');
      expect(quiet(20 * MINUTE).judgement.verdict).toBe('failing');
      expect(quiet(40 * MINUTE).judgement.verdict).toBe('well');
    },
  }),
];

import { test } from 'vitest';
import { availabilityText, dayFigures, unexcusedText } from '../../../messages/availability.ts';
import {
  delaysText,
  invoicesText,
  runsText,
  toldDelaysText,
  toldText,
  watermarkText,
} from '../../../messages/figures.ts';
import type { RecentDelays, SyncProgress } from '../../../model/component.ts';
import { asRange, type MeasuredDelays, type ValueRange } from '../../../model/delays.ts';
import type { Availability } from '../../../model/figures.ts';
import type { ComponentHistory, DayView } from '../../../model/overview.ts';
import { DAY, HOUR, MINUTE } from '../../../model/time.ts';
import { STATES } from '../../../model/vocabulary.ts';
import { AT, zh } from '../words.ts';
import { expectSaid } from './said.ts';

/** The n around those from which there is a median, and a 95th percentile. */
const COUNTS = [0, 1, 4, 5, 59, 60, 1_234_567];
const DELAYS: (number | ValueRange | null)[] = [null, 320, { from: 5_000, to: 11_000 }];

test('delays are told by as many results as they need', () => {
  const recents = COUNTS.filter((n) => n > 0).flatMap((n) =>
    [0, n].flatMap((bad) =>
      [null, 320].flatMap((median_ms) =>
        [null, 810].flatMap((p95_ms) =>
          [null, AT].map((until) => ({
            until,
            recent: { window_ms: HOUR, n, bad, median_ms, p95_ms } satisfies RecentDelays,
          })),
        ),
      ),
    ),
  );
  type It = (typeof recents)[number];
  const isKnown = ({ recent }: It) => recent.n >= 5 && recent.median_ms !== null;
  const isTail = ({ recent }: It) => recent.n >= 60 && recent.p95_ms !== null;
  expectSaid(recents, (it) => delaysText(it.recent, it.until, zh), {
    families: ['figure.delays', 'figure.median', 'figure.window'],
    allowed: {
      'figure.delays': (it) => isKnown(it) && isTail(it),
      'figure.median': (it) => isKnown(it) && !isTail(it),
      'figure.delays_few': ({ recent }) => recent.n < 5,
      'figure.delays_unknown': ({ recent }) => recent.n >= 5 && recent.median_ms === null,
      'figure.window': ({ until }) => until === null,
      'figure.window_until': ({ until }) => until !== null,
      'figure.n': ({ recent }) => recent.n > 0,
      'figure.bad': ({ recent }) => recent.bad > 0,
    },
  });
  const few = ({ recent }: It) => recent.n < 5;
  expectSaid(recents, (it) => toldDelaysText(it.recent, it.until, zh), {
    families: ['figure.told_few', 'note.own_traffic'],
    allowed: {
      'note.own_traffic': () => true,
      'figure.delays': (it) => isKnown(it) && isTail(it),
      'figure.median': (it) => isKnown(it) && !isTail(it),
      'figure.told_few': few,
      'figure.delays_unknown': (it) => !few(it) && it.recent.median_ms === null,
    },
  });
  const runs = [true, false].map((is_current) => ({
    ...{ n: 3, told: 4, window_ms: HOUR },
    is_current,
  }));
  expectSaid(runs, (it) => toldText(it, zh), {
    families: ['figure.told_until'],
    allowed: {
      'figure.told': (it) => it.is_current,
      'figure.told_until': (it) => !it.is_current,
    },
  });
  expectSaid(runs, (it) => runsText(it, zh), {
    families: ['figure.runs_until'],
    allowed: {
      'figure.runs': (it) => it.is_current,
      'figure.runs_until': (it) => !it.is_current,
    },
  });
});

test('invoices are told by what is known of them', () => {
  const all = COUNTS.flatMap((n) =>
    DELAYS.flatMap((median_ms) =>
      DELAYS.flatMap((p95_ms) =>
        [
          ...(n > 0
            ? [
                { n, overdue: 0 },
                { n, overdue: 1 },
              ]
            : []),
          null,
        ].flatMap((young) =>
          [0, 2].flatMap((count) =>
            STATES.flatMap((state) =>
              [null, AT].map((watermark_at) => ({
                state,
                sync: {
                  watermark_at,
                  stragglers: count > 0 ? [AT - HOUR, AT] : [],
                  waiting: count,
                  oldest_waiting_at: count > 0 ? AT - HOUR : null,
                  sample: Math.max(1, n),
                  young: young && { ...young, limit_ms: 5 * MINUTE },
                  lost: count,
                  last_arrival_at: watermark_at,
                  delays: { n, median_ms, p95_ms, over_ms: HOUR } satisfies MeasuredDelays & {
                    over_ms: number;
                  },
                } satisfies SyncProgress,
              })),
            ),
          ),
        ),
      ),
    ),
  );
  type It = (typeof all)[number];
  const hasMedian = ({ sync: { delays } }: It) => delays.n >= 5 && delays.median_ms !== null;
  const hasTail = ({ sync: { delays } }: It) => delays.n >= 60 && delays.p95_ms !== null;
  const isRange = (it: It) =>
    [it.sync.delays.median_ms, it.sync.delays.p95_ms].some(
      (value) => value !== null && asRange(value).from !== asRange(value).to,
    );
  expectSaid(
    all,
    ({ sync, state }) => [watermarkText(sync, AT, zh), invoicesText(sync, state, zh)],
    {
      families: ['figure.watermark', 'figure.invoice_', 'figure.waiting', 'figure.none_waiting'],
      allowed: {
        'figure.watermark': ({ sync }) => sync.watermark_at !== null,
        'figure.watermark_none': ({ sync }) => sync.watermark_at === null,
        'figure.sample': ({ sync }) => sync.sample > 0,
        'figure.stragglers': ({ sync }) => sync.stragglers.length > 0,
        'figure.waiting': ({ sync }) => sync.waiting > 0,
        'figure.none_waiting': ({ sync, state }) => sync.waiting === 0 && state !== 'unknown',
        'figure.young': ({ sync, state }) => (sync.young?.overdue ?? 0) > 0 && state !== 'unknown',
        'figure.lost': ({ sync }) => sync.lost > 0,
        'figure.accepted': (it) => it.sync.delays.n > 0 && !hasMedian(it),
        'figure.invoice_median': (it) => hasMedian(it) && !hasTail(it),
        'figure.invoice_delays': (it) => hasMedian(it) && hasTail(it),
        'figure.range': isRange,
      },
    },
  );
});

/** Nothing known; all up; some down, some excused; all excused. */
const TIMES: Availability[] = [
  [0, 0, 0, 0, 0],
  [DAY, DAY, 0, 0, 0],
  [DAY - HOUR, DAY, HOUR, MINUTE, 0],
  [DAY - HOUR, DAY - HOUR, 0, 0, HOUR],
  [0, 0, 0, 0, DAY],
].map(([up_ms = 0, valid_ms = 0, down_ms = 0, partial_ms = 0, excluded_ms = 0]) => ({
  up_ms,
  valid_ms,
  down_ms,
  partial_ms,
  excluded_ms,
  raw: { up_ms, valid_ms: valid_ms + excluded_ms },
}));

test('an availability rests on what was measured', () => {
  const day = (availability: Availability, n: number, of_told: number): DayView => ({
    day: '2026-11-21',
    state: 'operational',
    shorter: null,
    known_ms: availability.raw.valid_ms,
    availability,
    n,
    ok: Math.ceil(n / 2),
    told: Math.min(n, of_told),
    gaps: [],
  });
  const all = TIMES.flatMap((availability) =>
    [0, 9].flatMap((n) =>
      [null, AT - DAY].flatMap((known_from) =>
        [0, 1, n].flatMap((told) =>
          [null, { arrived: n, due: n }, { arrived: 0, due: n }].map(
            (promise): ComponentHistory => ({
              from: AT - 2 * DAY,
              known_from,
              days: [day(availability, n, told)],
              availability,
              n,
              ok: n,
              told,
              promise: promise && { ...promise, within_ms: HOUR },
            }),
          ),
        ),
      ),
    ),
  );
  const told = ({ promise, n, availability }: ComponentHistory) =>
    promise === null && n > 0 && availability.valid_ms > 0;
  expectSaid(
    all,
    (it) => [
      availabilityText(it, zh),
      unexcusedText(it, zh),
      it.days.map((of) => dayFigures(of, it.promise !== null, zh)),
    ],
    {
      families: ['figure.available', 'figure.promise', 'figure.unmeasured', 'figure.all_excused'],
      allowed: {
        'figure.available': told,
        'figure.partly': (it) => it.availability.partial_ms > 0,
        'figure.unmeasured': (it) =>
          it.promise === null && (it.n === 0 || it.availability.raw.valid_ms === 0),
        'figure.all_excused': ({ promise, n, availability }) =>
          promise === null && n > 0 && availability.valid_ms === 0 && availability.excluded_ms > 0,
        'figure.promise': ({ promise, n }) => promise !== null && n > 0,
        'figure.nothing_due': ({ promise, n }) => promise !== null && n === 0,
        'figure.overdue': ({ promise }) => promise !== null && promise.due > promise.arrived,
        'figure.invoices': ({ promise, n }) => promise !== null && n > 0,
        'figure.runs_good': (it) => told(it) && it.told === 0,
        'figure.told_good': (it) => told(it) && it.told === it.n,
        'figure.runs_told_good': (it) => told(it) && it.told !== 0 && it.told !== it.n,
        'figure.since': ({ known_from, from }) => known_from !== null && known_from > from,
        'figure.excused': (it) =>
          it.promise === null && it.n > 0 && it.availability.excluded_ms > 0,
        'figure.day_excused': (it) =>
          it.promise === null && it.n > 0 && it.availability.excluded_ms > 0,
        'figure.none': ({ n, availability }) => n === 0 || availability.valid_ms === 0,
        'bars.with_told': ({ days }) => (days[0]?.told ?? 0) > 0,
        'bars.down_none': ({ availability }) =>
          availability.down_ms === 0 || availability.partial_ms === 0,
      },
    },
  );
});

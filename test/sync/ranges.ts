import { asRange, type ValueRange } from '../../model/delays.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { START } from '../collector/configuration.ts';
import { type Delay, drawInvoices, emptiedEvery, lognormal, losing, switched } from './invoices.ts';
import { liveSync } from './lived-sync.ts';

/** What was printed of the median of a sync at an instant, and what is true of it. */
export interface RangeRun {
  what: string;
  n: number;
  waiting_share: number;
  /** null: nothing. */
  median: ValueRange | null;
  true_median_ms: number;
}

interface Kind {
  what: string;
  delay: (random: () => number) => Delay;
  /** The usual distance between arrivals. */
  apart_ms: number;
}

const KINDS: readonly Kind[] = [
  ...[0.5, 1, 2].map((sigma) => ({
    what: `lognormal, σ ${sigma}`,
    delay: (random: () => number) => lognormal(MINUTE * 60 ** random(), sigma),
    apart_ms: MINUTE,
  })),
  { what: 'emptied each hour', delay: () => emptiedEvery(HOUR), apart_ms: HOUR },
  { what: 'emptied each half hour', delay: () => emptiedEvery(HOUR / 2), apart_ms: HOUR / 2 },
  {
    what: 'of another kind since half an hour',
    delay: () => {
      const at = START - 30 * MINUTE;
      return switched(at, lognormal(2 * MINUTE, 0.5), lognormal(20 * MINUTE, 1));
    },
    apart_ms: MINUTE,
  },
  {
    what: 'losing 1 to 8 %',
    delay: (random) => losing(0.01 + 0.07 * random(), lognormal(5 * MINUTE, 1)),
    apart_ms: MINUTE,
  },
];

/** Until when delays are told of, by docs/judging.md (SYNC-12). */
function windowOf({ apart_ms }: Kind): number {
  return Math.ceil((8 * apart_ms) / HOUR) * HOUR;
}

/** Looks every 5 to 600 s, or by age; every third run with 10 minutes in which we were away. */
export function drawRun(random: () => number): RangeRun {
  const kind = KINDS[Math.floor(random() * KINDS.length)] as Kind;
  const over_ms = windowOf(kind);
  const delay = kind.delay(random);
  const n = 10 * 20 ** random();
  // Anywhere between two times at which a queue is emptied.
  const now = START + Math.floor(random() * HOUR);
  const span = { from: now - over_ms, to: now, per_hour: (n * HOUR) / over_ms };
  const invoices = drawInvoices(span, delay, random);
  const away_from = now - over_ms * random();
  const away = random() < 1 / 3 ? [{ from: away_from, to: away_from + 10 * MINUTE }] : [];
  const look_ms = random() < 0.5 ? { look_ms: 5 * SECOND * 120 ** random() } : {};
  const usual = { median_ms: MINUTE, p99_ms: null, apart_ms: kind.apart_ms };
  const read: { median: ValueRange | null; waiting: number } = { median: null, waiting: 0 };
  liveSync({
    invoices,
    usual,
    away: away.filter(({ to }) => to < now),
    ...look_ms,
    until: now,
    judged_from: now,
    seen({ sync }) {
      const { median_ms = null } = sync?.delays ?? {};
      read.median = median_ms === null ? null : asRange(median_ms);
      read.waiting = sync?.waiting ?? 0;
    },
  });
  return {
    what: kind.what,
    n: invoices.length,
    waiting_share: read.waiting / invoices.length,
    median: read.median,
    true_median_ms: trueMedian(span, delay, random),
  };
}

/** Of twenty thousand accepted in the same time. */
function trueMedian(span: { from: number; to: number }, delay: Delay, random: () => number) {
  const many = Array.from({ length: 20_000 }, () => {
    const accepted_at = span.from + random() * (span.to - span.from);
    return delay(accepted_at, random) ?? Number.POSITIVE_INFINITY;
  });
  return many.sort((a, b) => a - b)[10_000] ?? 0;
}

export function covers({ median, true_median_ms }: RangeRun): boolean {
  if (median === null) return true;
  return median.from <= true_median_ms && (median.to === null || true_median_ms <= median.to);
}

/** Shares of the runs, and the ratio of the limits in the median run of about 200 invoices. */
export function rangeFigures(runs: readonly RangeRun[]) {
  const share = (some: readonly RangeRun[], is: (run: RangeRun) => boolean) =>
    some.filter(is).length / some.length;
  const answered = runs.filter((it) => it.n >= 30 && it.waiting_share <= 0.5);
  const ratios = runs
    .filter(({ n }) => n >= 170 && n <= 230)
    .map(({ median }) => (median?.to ?? Number.POSITIVE_INFINITY) / (median?.from ?? 0))
    .sort((a, b) => a - b);
  return {
    covered: share(runs, covers),
    finite: share(answered, ({ median }) => median !== null && median.to !== null),
    ratio: ratios[Math.floor(ratios.length / 2)] ?? Number.NaN,
  };
}

import {
  availabilityFigure,
  type Basis,
  type Figure,
  measuredSince,
  medianFigure,
  p95Figure,
  shareFigure,
} from '../figure.ts';
import { availability, type ExcludedTime } from '../figures.ts';
import { judgedCount } from '../judge/bad.ts';
import type { StateSpan } from '../ledger.ts';
import { mergedRollup } from '../merged-rollup.ts';
import type { Rollup } from '../rollup.ts';
import { decodeSketch, quantile } from '../sketch.ts';
import { DAY, iso, isoOrNull } from '../time.ts';
import type { Period } from './periods.ts';

/** The figures of a component in a period; times in ms, null where there is no figure. */
export type PeriodFigures = {
  from: string;
  to: string;
  /** Since when it was measured, where that is not the whole period. */
  since: string | null;
  /** Judged measurements; of sync invoices that were due. null: they are no longer kept. */
  n: number | null;
  ok: number | null;
  slow: number | null;
  not_judged: number | null;
  ok_percent: number | null;
  /** Those that the quantiles rest on. */
  delays_n: number | null;
  median_ms: number | null;
  p95_ms: number | null;
  availability_percent: number | null;
  /** The same with nothing excused. */
  unadjusted_percent: number | null;
  known_ms: number;
  down_ms: number;
  partial_ms: number;
  excused_ms: number;
  simulated: boolean;
  /** Of n: events of own traffic, of which nothing was measured. */
  told: number | null;
};

/** In the order of the columns of a table. */
export const PERIOD_COLUMNS = [
  'from',
  'to',
  'since',
  'n',
  'ok',
  'slow',
  'not_judged',
  'ok_percent',
  'delays_n',
  'median_ms',
  'p95_ms',
  'availability_percent',
  'unadjusted_percent',
  'known_ms',
  'down_ms',
  'partial_ms',
  'excused_ms',
  'simulated',
  'told',
] as const satisfies (keyof PeriodFigures)[];

export interface PeriodParts {
  /** Of a period that goes on, what has passed of it. */
  period: Period;
  /** The states in it. */
  spans: readonly StateSpan[];
  excluded: readonly ExcludedTime[];
  /** All of it; null: some are no longer kept. */
  rollups: readonly Rollup[] | null;
  /** The checks of own traffic. */
  own_checks: ReadonlySet<string>;
  is_sync: boolean;
}

/** No figure rests on less than it says: those of too few measurements are null. */
export function periodFigures(parts: PeriodParts): PeriodFigures {
  const { period, spans, excluded, rollups, own_checks, is_sync } = parts;
  const { from, to } = period;
  const known_from = spans.find(({ state }) => state !== 'unknown')?.from ?? null;
  const since = measuredSince({ from, known_from });
  const whole = rollups && mergedRollup('', from, rollups);
  const n = whole && judgedCount(whole);
  const ok = whole && (whole.outcomes.ok ?? 0);
  const basis: Basis = { n: n ?? 0, window: { days: (to - from) / DAY }, since };
  const time = availability(spans, excluded);
  const share = valueIn(shareFigure(ok ?? 0, basis));
  const measured = rollups?.filter(({ check }) => !own_checks.has(check)) ?? [];
  const runs = measured.length === rollups?.length ? whole : mergedRollup('', from, measured);
  // What a step of a company took is no delay of a probe, and is told only where there is none.
  const timed = runs && judgedCount(runs) > 0 ? runs : whole;
  const delays = timed && !is_sync ? delaysOf(timed) : null;
  return {
    from: iso(from),
    to: iso(to),
    since: isoOrNull(since),
    n,
    ok,
    slow: whole?.slow ?? null,
    not_judged: whole && whole.n - judgedCount(whole),
    ok_percent: share,
    delays_n: delays?.n ?? null,
    median_ms: delays && valueIn(medianFigure(delays, basis)),
    p95_ms: delays && valueIn(p95Figure(delays, basis)),
    // Sync keeps its promise to invoices, or does not.
    availability_percent: is_sync ? share : valueIn(availabilityFigure(time, basis)),
    unadjusted_percent: is_sync
      ? share
      : valueIn(availabilityFigure({ ...time.raw, excluded_ms: 0 }, basis)),
    known_ms: time.raw.valid_ms,
    down_ms: time.down_ms,
    partial_ms: time.partial_ms,
    excused_ms: time.excluded_ms,
    simulated: whole?.simulated ?? false,
    told: whole && judgedCount(whole) - judgedCount(runs ?? whole),
  };
}

function valueIn(figure: Figure): number | null {
  return figure.is_known && typeof figure.value === 'number' ? figure.value : null;
}

/**
 * Quantiles (nearest rank) of all judged results: a bad one counts as longer than any good one, and
 * those that our own delay is part of do not count.
 */
function delaysOf(rollup: Rollup): { n: number; median_ms: number | null; p95_ms: number | null } {
  const { ok = 0 } = rollup.outcomes;
  const sketch = rollup.delays && decodeSketch(rollup.delays);
  const good = sketch?.count ?? 0;
  const n = good + judgedCount(rollup) - ok;
  const quantileOf = (q: number) => {
    const rank = Math.ceil(q * n);
    if (!sketch || rank < 1 || rank > good) return null;
    const value = quantile(sketch, good === 1 ? 0 : (rank - 1) / (good - 1));
    return value === null ? null : Math.round(value);
  };
  return { n, median_ms: quantileOf(0.5), p95_ms: quantileOf(0.95) };
}

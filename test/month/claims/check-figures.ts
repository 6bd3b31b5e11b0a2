import { availableShare, dayTruth, truncated } from '../oracle/days.ts';
import { quantileBetween } from '../oracle/quantiles.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../site.ts';
import type { Claim } from './claim.ts';
import { type Instant, stateOf } from './instant.ts';
import { ALL_OF_MONTH, type Checks, type Context, judgedOf, scopeOf } from './reading.ts';

/** Numbers of results, delays and shares. */
export const FIGURE_CHECKS: Checks = {
  // What left the window before the clock was set back is counted again once it is judged again.
  runs: (claim, context) => (context.is_set_back ? null : wrongRuns(claim, context)),
  all_runs: (claim, context) => (context.is_set_back ? null : wrongRunsOfAll(claim, context)),
  some_fail: wrongShare,
  median: ({ value }, context) => wrongDelay(0.5, value, context),
  p95: ({ value }, context) => wrongDelay(0.95, value, context),
  available: wrongAvailability,
};

/** Each function by one of its last results. */
function wrongRunsOfAll(
  { window_ms, n }: Extract<Claim, { says: 'all_runs' }>,
  { instant }: Context,
): string | null {
  const of_each = ALL_OF_MONTH.map((it) => countsOf(it, window_ms, instant).map((one) => one.n));
  const least = of_each.reduce((sum, its) => sum + (its.length > 0 ? Math.min(...its) : 0), 0);
  const most = of_each.reduce((sum, its) => sum + Math.max(0, ...its), 0);
  return least <= n && n <= most ? null : `${n}, not ${least}–${most}`;
}

/** Those that failed a check in a row are left out, so that there may be more of both. */
function wrongShare(claim: Extract<Claim, { says: 'some_fail' }>, context: Context): string | null {
  const judged = judgedOf(scopeOf(context), context.instant).toSorted(
    (a, b) => a.slot_at - b.slot_at,
  );
  const is_so = judged.some(({ slot_at }) => {
    const its = judged.filter(
      (it) => it.slot_at > slot_at - claim.window_ms && it.slot_at <= slot_at,
    );
    const bad = its.filter(({ found }) => found === 'bad').length;
    return claim.bad <= bad && its.length - bad >= claim.n - claim.bad;
  });
  return is_so ? null : `${claim.bad} of ${claim.n}`;
}

function wrongRuns(
  { window_ms, n, bad }: Extract<Claim, { says: 'runs' }>,
  context: Context,
): string | null {
  const { instant } = context;
  const counts = scopeOf(context).flatMap((it) => countsOf(it, window_ms, instant));
  const is_right = counts.some((it) => it.n === n && it.bad === bad);
  return is_right ? null : `${n}/${bad}, not ${JSON.stringify(counts.at(-1))}`;
}

/** Judged and bad results in the window before each of the last of them. */
function countsOf(component: string, window_ms: number, { judged }: Instant) {
  const all = judged(component);
  return all.slice(-20).map(({ slot_at }) => {
    const its = all.filter((it) => it.slot_at > slot_at - window_ms && it.slot_at <= slot_at);
    return { n: its.length, bad: its.filter(({ found }) => found === 'bad').length };
  });
}

/** Of so many days all is known that a text is compared with. */
const KNOWN_MS = 3 * DAY_MS;

/** By the states and results of the whole time, as they were a moment ago or are now. */
function wrongAvailability(
  said: Extract<Claim, { says: 'available' }>,
  context: Context,
): string | null {
  const { instant, excused } = context;
  const [component] = scopeOf(context);
  const first = component === undefined ? undefined : instant.judged(component)[0];
  if (component === undefined || first === undefined) return 'nothing is known';
  // Counted up to the last upkeep, which is long ago while nobody is there.
  if (instant.at - said.since.from > KNOWN_MS || instant.is_idle) return null;
  const parts = {
    measured: instant
      .measuredSpans(component)
      .map(({ how, ...it }) => ({ ...it, state: stateOf(how) })),
    excused: excused.filter((it) => it.components.includes(component)),
    findings: instant.judged(component),
  };
  const of_each = [0, 1, 2, 3, 4].map((minutes) => {
    const to = instant.at - minutes * MINUTE_MS;
    const day = dayTruth(parts, { from: said.since.from, to: to + 1 });
    const share = availableShare(day);
    return {
      share: share && `${share}%`,
      n: day.n,
      good: day.n === 0 ? null : truncated(day.good, day.n),
      partial_ms: day.partial_ms,
    };
  });
  const is_right =
    of_each.some((it) => it.n === said.n && `${it.good}%` === said.good) &&
    of_each.some(
      (it) => Math.abs(Number.parseFloat(it.share ?? '') - Number.parseFloat(said.percent)) <= 0.02,
    );
  return is_right
    ? null
    : `${JSON.stringify(said)}, not ${of_each.map((it) => `${it.n} ${it.good} ${it.share}`)}`;
}

function wrongDelay(q: number, value: string, context: Context): string | null {
  const said = Number(value.split(' ')[0]) * (value.endsWith('毫秒') ? 1 : 1_000);
  const judged = judgedOf(scopeOf(context), context.instant);
  const is_right = judged.slice(-20).some(({ slot_at }) => {
    const its = judged.filter((it) => it.slot_at > slot_at - HOUR_MS && it.slot_at <= slot_at);
    // A bad run counts as longer than any good one.
    const range = quantileBetween(
      its.map((it) => (it.found === 'bad' ? Infinity : it.duration_ms)),
      q,
    );
    return range !== null && said >= range.from * 0.97 - 10 && said <= range.to * 1.03 + 10;
  });
  return is_right ? null : `${value}`;
}

import { NUMBERS } from '../../model/numbers.ts';
import { decodeSketch, emptySketch, mergeInto, quantile, type Sketch } from '../../model/sketch.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { UsualDelay } from '../../model/usual-delay.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import { offsetMs } from '../../model/zone.ts';
import type { ExcludedTimeReads } from '../../store/ports/excluded-times.ts';
import type { GapReads } from '../../store/ports/gaps.ts';
import type { IncidentReads } from '../../store/ports/incidents.ts';
import type { JourneyReads } from '../../store/ports/journeys.ts';
import type { RollupReads } from '../../store/ports/rollups.ts';
import type { MeasuredComponent, Site } from '../state/site.ts';
import { type DisturbedHours, disturbedHours, undisturbed } from './disturbed-hours.ts';
import { usualDistanceMs } from './usual-arrivals.ts';

/** Roll-ups read between yields: a few ms. */
const SLICE = 200;

export type UsualStore = RollupReads &
  ExcludedTimeReads &
  IncidentReads &
  Pick<GapReads, 'gaps'> &
  Pick<JourneyReads, 'arrivals'>;

export interface UsualQuery {
  store: UsualStore;
  site: Site;
  zone: string;
  /** Start of the hour. */
  from: EpochMs;
  /** Of syncs, by check: what is known of the days before already, and not read again. */
  of_days?: ReadonlyMap<string, UsualOfDays>;
}

/** What does not follow the hour. */
type UsualOfDays = Pick<UsualDelay, 'p99_ms' | 'apart_ms'>;

/**
 * The usual median delay of each check in the hour that starts at `from`: over the same hour of the
 * zone on each of the last 28 days, without announced maintenance, incidents of its component, and
 * simulated history, from 200 results (20 journeys) on. Until then over all those hours, if its
 * results stretch over at least 24 h. Of a sync also the distance between arrivals and, if nothing
 * else says what is overdue, the 99th percentile, from 200 journeys on. Omits checks with less. In
 * slices, so that measuring continues.
 */
export async function usualHour(query: UsualQuery): Promise<Map<string, UsualDelay>> {
  const checks = checksWithoutLimit(query.site);
  const usual = new Map<string, UsualDelay>();
  const { from, zone, of_days = new Map<string, UsualOfDays>() } = query;
  const disturbed = await disturbedHours(query.store, from);
  const same = await delaysIn(query, disturbed, checks, sameHours(zone, from));
  for (const [check, delays] of same) keep(check, 'same', delays);
  const asked = [...checks].filter(
    ([check, it]) => !usual.has(check) || (asksForOverdue(it) && !of_days.has(check)),
  );
  const all = await delaysIn(query, disturbed, new Map(asked), allHours(from));
  for (const [check, delays] of all) if (isLong(delays)) keep(check, 'all', delays);
  return withDistances(query, disturbed, usual);

  function keep(check: string, hours: UsualDelay['hours'], { sketch }: Delays): void {
    const component = checks.get(check);
    const median_ms = quantile(sketch, 0.5);
    if (median_ms === null || sketch.count < minimumOf(component)) return;
    const { p99_ms = null, apart_ms = null } = of_days.get(check) ?? {};
    const first = { check, from, to: from + HOUR, median_ms, hours, p99_ms, apart_ms };
    const known = usual.get(check) ?? first;
    // Of all hours: in its own, of what is delivered at another, only the fast ones arrive.
    const is_limit = hours === 'all' && asksForOverdue(component);
    usual.set(check, is_limit ? { ...known, p99_ms: p99Of(sketch) } : known);
  }
}

function asksForOverdue(component: MeasuredComponent | undefined): boolean {
  return isSync(component) && component?.policy.overdue_after_ms === null;
}

function p99Of(sketch: Sketch): number | null {
  return sketch.count >= NUMBERS.sync.overdue_journeys ? quantile(sketch, 0.99) : null;
}

function isSync(component: MeasuredComponent | undefined): boolean {
  return component?.function === 'sync';
}

/** The results of all hours tell something once they stretch over a day. */
function isLong({ first, last }: Delays): boolean {
  return last + HOUR - first >= NUMBERS.usual.all_hours_over_ms;
}

/**
 * With the distance between the arrivals of each sync. Where `stalled_after` is configured too: how
 * far back delays are told of (SYNC-12) rests on it.
 */
async function withDistances(
  { store, site, from, of_days }: UsualQuery,
  disturbed: DisturbedHours,
  usual: ReadonlyMap<string, UsualDelay>,
): Promise<Map<string, UsualDelay>> {
  const known = new Map(usual);
  const gaps = await store.gaps(from - NUMBERS.usual.days * DAY, from);
  for (const component of site.components.values()) {
    const its = component.checks.flatMap(({ id }) => usual.get(id) ?? []);
    if (!isSync(component) || its.every(({ check }) => of_days?.has(check))) continue;
    const query = { store, disturbed, gaps, component: component.id, before: from };
    const apart_ms = await usualDistanceMs(query);
    for (const it of its) known.set(it.check, { ...it, apart_ms });
  }
  return known;
}

/** The checks with a limit that is not configured, with their components. */
function checksWithoutLimit({ measured_by }: Site): Map<string, MeasuredComponent> {
  return new Map(
    [...measured_by].filter(([, { function: fn, policy }]) =>
      fn === 'sync'
        ? [policy.slow_wait_ms, policy.overdue_after_ms, policy.stalled_after_ms].includes(null)
        : policy.slow_ms === null,
    ),
  );
}

function minimumOf(component: MeasuredComponent | undefined): number {
  return isSync(component) ? NUMBERS.usual.journeys : NUMBERS.usual.results;
}

/** The delays of a check, and the first and the last hour that has any. */
interface Delays {
  sketch: Sketch;
  first: EpochMs;
  last: EpochMs;
}

/** The delays of these checks over these hours, given by their beginning in order. */
async function delaysIn(
  { store }: UsualQuery,
  disturbed: DisturbedHours,
  checks: ReadonlyMap<string, MeasuredComponent>,
  starts: readonly EpochMs[],
): Promise<Map<string, Delays>> {
  const delays = new Map<string, Delays>();
  const counted = countedHours(new Set(checks.values()), starts, disturbed);
  const at_once = Math.ceil(SLICE / checks.size);
  for (let i = 0; i < starts.length && checks.size > 0; i += at_once) {
    const slice = starts.slice(i, i + at_once);
    for (const rollup of await store.rollupsAt('hour', [...checks.keys()], slice)) {
      const { check, from: at } = rollup;
      const is_counted = counted.get(checks.get(check)?.id ?? '')?.has(at);
      if (!is_counted || rollup.simulated || rollup.delays === null) continue;
      const known = delays.get(check) ?? { sketch: emptySketch(), first: at, last: at };
      mergeInto(known.sketch, decodeSketch(rollup.delays));
      delays.set(check, { ...known, last: at });
    }
    await yieldToOthers();
  }
  return delays;
}

/** Of each component the hours that nothing disturbed. */
function countedHours(
  components: ReadonlySet<MeasuredComponent>,
  starts: readonly EpochMs[],
  disturbed: DisturbedHours,
): Map<ComponentId, Set<EpochMs>> {
  const hours = starts.map((from) => ({ from, to: from + HOUR }));
  return new Map(
    [...components].map(({ id }) => {
      const counted = undisturbed(hours, id, disturbed);
      return [id, new Set(counted.map(({ from }) => from))];
    }),
  );
}

function allHours(from: EpochMs): EpochMs[] {
  const hours = (NUMBERS.usual.days * DAY) / HOUR;
  return Array.from({ length: hours }, (_, i) => from - (hours - i) * HOUR);
}

function sameHours(zone: string, from: EpochMs): EpochMs[] {
  const { days } = NUMBERS.usual;
  return Array.from({ length: days }, (_, i) => sameHour(zone, from, days - i));
}

/**
 * The hour with the same local time on an earlier day; the next full one of UTC, as those are that
 * are counted, where clocks were set by less than an hour.
 */
function sameHour(zone: string, from: EpochMs, days: number): EpochMs {
  const at = from - days * DAY;
  return Math.ceil((at + offsetMs(zone, from) - offsetMs(zone, at)) / HOUR) * HOUR;
}

function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

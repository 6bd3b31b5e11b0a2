import { NUMBERS } from '../../model/numbers.ts';
import { decodeSketch, emptySketch, mergeInto, quantile, type Sketch } from '../../model/sketch.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { UsualDelay } from '../../model/usual-delay.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { offsetMs } from '../../model/zone.ts';
import type { ExcludedTimeReads } from '../../store/ports/excluded-times.ts';
import type { IncidentReads } from '../../store/ports/incidents.ts';
import type { JourneyReads } from '../../store/ports/journeys.ts';
import type { RollupReads } from '../../store/ports/rollups.ts';
import type { MeasuredComponent, Site } from '../state/site.ts';
import { type DisturbedHours, disturbedHours, wasDisturbed } from './disturbed-hours.ts';
import { usualDistanceMs } from './usual-arrivals.ts';

/** Roll-ups read between yields: a few ms. */
const SLICE = 100;
/** Where all hours are asked for, so many are read at once: of a hundred checks a few ms. */
const HOURS_AT_ONCE = 6;

export type UsualStore = RollupReads &
  ExcludedTimeReads &
  IncidentReads &
  Pick<JourneyReads, 'arrivals'>;

export interface UsualQuery {
  store: UsualStore;
  site: Site;
  zone: string;
  /** Start of the hour. */
  from: EpochMs;
}

/**
 * The usual median delay of each check in the hour that starts at `from`: over the same hour of the
 * zone on each of the last 28 days, without announced maintenance, incidents of its component, and
 * simulated history, from 200 results (20 journeys) on. Until then over all those hours, if its
 * results stretch over at least 24 h. Of a sync also the 99th percentile, from 200 journeys on, and
 * the distance between arrivals. Omits checks with less. In slices, so that measuring continues.
 */
export async function usualHour(query: UsualQuery): Promise<Map<string, UsualDelay>> {
  const checks = checksWithoutLimit(query.site);
  const usual = new Map<string, UsualDelay>();
  if (checks.size === 0) return usual;
  const { from, zone } = query;
  const disturbed = await disturbedHours(query.store, from);
  const same_hours = Array.from({ length: NUMBERS.usual.days }, (_, day) =>
    hoursFrom(sameHour(zone, from, day + 1), 1),
  );
  const same = await delaysIn(query, disturbed, checks, same_hours);
  for (const [check, delays] of same) keep(check, 'same', delays);
  const unknown = new Map([...checks].filter(([check, it]) => !usual.has(check) || isSync(it)));
  if (unknown.size === 0) return usual;
  const all = await delaysIn(query, disturbed, unknown, allHours(from));
  for (const [check, delays] of all) if (isLong(delays)) keep(check, 'all', delays);
  return withDistances(query, disturbed, usual);

  function keep(check: string, hours: UsualDelay['hours'], { sketch }: Delays): void {
    const component = checks.get(check);
    const median_ms = quantile(sketch, 0.5);
    if (median_ms === null || sketch.count < minimumOf(component)) return;
    const known = usual.get(check) ?? { check, from, to: from + HOUR, median_ms, hours };
    // Of all hours: in its own, of what is delivered at another, only the fast ones arrive.
    const is_limit = hours === 'all' && isSync(component);
    const p99_ms =
      is_limit && sketch.count >= NUMBERS.sync.overdue_journeys ? quantile(sketch, 0.99) : null;
    usual.set(check, { ...known, p99_ms, apart_ms: null });
  }
}

function isSync(component: MeasuredComponent | undefined): boolean {
  return component?.function === 'sync';
}

/** The results of all hours tell something once they stretch over a day. */
function isLong({ first, last }: Delays): boolean {
  return last + HOUR - first >= NUMBERS.usual.all_hours_over_ms;
}

/** With the distance between the arrivals of each sync. */
async function withDistances(
  { store, site, from }: UsualQuery,
  disturbed: DisturbedHours,
  usual: ReadonlyMap<string, UsualDelay>,
): Promise<Map<string, UsualDelay>> {
  const known = new Map(usual);
  for (const component of site.components.values()) {
    const its = component.checks.flatMap(({ id }) => usual.get(id) ?? []);
    if (!isSync(component) || its.length === 0) continue;
    const query = { store, disturbed, component: component.id, before: from };
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

interface Span {
  from: EpochMs;
  to: EpochMs;
}

/** The delays of these checks over the hours that begin in these spans. */
async function delaysIn(
  { store }: UsualQuery,
  disturbed: DisturbedHours,
  checks: ReadonlyMap<string, MeasuredComponent>,
  spans: readonly Span[],
): Promise<Map<string, Delays>> {
  const delays = new Map<string, Delays>();
  for (const span of spans) {
    const rollups = await store.rollups('hour', span.from, span.to);
    for (const [index, rollup] of rollups.entries()) {
      const component = checks.get(rollup.check);
      if (!component || rollup.simulated || rollup.delays === null) continue;
      const at = rollup.from;
      if (wasDisturbed(component.id, { from: at, to: at + HOUR }, disturbed)) continue;
      const known = delays.get(rollup.check) ?? { sketch: emptySketch(), first: at, last: at };
      mergeInto(known.sketch, decodeSketch(rollup.delays));
      const [first, last] = [Math.min(known.first, at), Math.max(known.last, at)];
      delays.set(rollup.check, { sketch: known.sketch, first, last });
      if (index % SLICE === SLICE - 1) await yieldToOthers();
    }
    await yieldToOthers();
  }
  return delays;
}

function allHours(from: EpochMs): Span[] {
  const spans = (NUMBERS.usual.days * DAY) / (HOURS_AT_ONCE * HOUR);
  return Array.from({ length: spans }, (_, i) =>
    hoursFrom(from - (i + 1) * HOURS_AT_ONCE * HOUR, HOURS_AT_ONCE),
  );
}

function hoursFrom(from: EpochMs, hours: number): Span {
  return { from, to: from + hours * HOUR };
}

/** The start of the hour with the same local time on an earlier day. */
function sameHour(zone: string, from: EpochMs, days: number): EpochMs {
  const at = from - days * DAY;
  return at + offsetMs(zone, from) - offsetMs(zone, at);
}

function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

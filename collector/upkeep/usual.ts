import type { IncidentWithUpdates } from '../../model/incident.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { decodeSketch, emptySketch, mergeInto, quantile, type Sketch } from '../../model/sketch.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { UsualDelay } from '../../model/usual-delay.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { offsetMs } from '../../model/zone.ts';
import type { ExcludedMaintenance, ExcludedTimeReads } from '../../store/ports/excluded-times.ts';
import type { IncidentReads } from '../../store/ports/incidents.ts';
import type { RollupReads } from '../../store/ports/rollups.ts';
import type { MeasuredComponent, Site } from '../state/site.ts';

/** Roll-ups read between yields: a few ms. */
const SLICE = 100;
/** Where all hours are asked for, so many are read at once: of a hundred checks a few ms. */
const HOURS_AT_ONCE = 6;

export type UsualStore = RollupReads & ExcludedTimeReads & IncidentReads;

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
 * results stretch over at least 24 h. Omits checks with less. In slices, so that measuring
 * continues.
 */
export async function usualHour(query: UsualQuery): Promise<Map<string, UsualDelay>> {
  const checks = checksWithoutLimit(query.site);
  const usual = new Map<string, UsualDelay>();
  if (checks.size === 0) return usual;
  const { from, zone } = query;
  const past = await pastOf(query);
  const same_hours = Array.from({ length: NUMBERS.usual.days }, (_, day) =>
    hoursFrom(sameHour(zone, from, day + 1), 1),
  );
  keep(await delaysIn(query, past, checks, same_hours), 'same');
  const unknown = new Map([...checks].filter(([check]) => !usual.has(check)));
  if (unknown.size > 0) keep(await delaysIn(query, past, unknown, allHours(from)), 'all');
  return usual;

  function keep(delays: ReadonlyMap<string, Delays>, hours: UsualDelay['hours']): void {
    for (const [check, { sketch, first, last }] of delays) {
      const median_ms = quantile(sketch, 0.5);
      const is_long = hours === 'same' || last + HOUR - first >= NUMBERS.usual.all_hours_over_ms;
      const is_enough = sketch.count >= minimumOf(checks.get(check)) && is_long;
      if (is_enough && median_ms !== null)
        usual.set(check, { check, from, to: from + HOUR, median_ms, hours });
    }
  }
}

/** The checks without a configured slow limit, with their components. */
function checksWithoutLimit({ measured_by }: Site): Map<string, MeasuredComponent> {
  return new Map(
    [...measured_by].filter(
      ([, { function: fn, policy }]) =>
        (fn === 'sync' ? policy.slow_wait_ms : policy.slow_ms) === null,
    ),
  );
}

function minimumOf(component: MeasuredComponent | undefined): number {
  return component?.function === 'sync' ? NUMBERS.usual.journeys : NUMBERS.usual.results;
}

/** What makes an hour unusual. */
interface Past {
  excluded: readonly ExcludedMaintenance[];
  incidents: readonly IncidentWithUpdates[];
}

async function pastOf({ store, from }: UsualQuery): Promise<Past> {
  // An hour more where clocks were set meanwhile.
  const since = from - NUMBERS.usual.days * DAY - HOUR;
  return {
    excluded: await store.excludedTimes(since, from),
    incidents: await store.incidents({ lasting_after: since }),
  };
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
  past: Past,
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
      if (isDisturbed(component, at, past)) continue;
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

/**
 * Whether maintenance or an incident of the component overlaps the hour, which is then excluded.
 */
function isDisturbed(
  { id }: MeasuredComponent,
  at: EpochMs,
  { excluded, incidents }: Past,
): boolean {
  const overlaps = (from: EpochMs, to: EpochMs) => from < at + HOUR && to > at;
  return (
    excluded.some((it) => it.components.includes(id) && overlaps(it.from, it.to)) ||
    incidents.some(
      (it) =>
        it.components.includes(id) &&
        overlaps(it.started_at, it.resolved_at ?? Number.POSITIVE_INFINITY),
    )
  );
}

function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

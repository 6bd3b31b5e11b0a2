import type { IncidentWithUpdates } from '../../model/incident.ts';
import { decodeSketch, emptySketch, mergeInto, quantile, type Sketch } from '../../model/sketch.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { offsetMs } from '../../model/zone.ts';
import type { ExcludedMaintenance, ExcludedTimeReads } from '../../store/ports/excluded-times.ts';
import type { IncidentReads } from '../../store/ports/incidents.ts';
import type { RollupReads } from '../../store/ports/rollups.ts';
import type { UsualHour } from '../state/live-state.ts';
import type { MeasuredComponent, Site } from '../state/site.ts';

/** Number of days over which the usual delay is determined. */
const DAYS = 28;
const MINIMUM_RESULTS = 200;
const MINIMUM_JOURNEYS = 20;
/** Roll-ups read between yields: a few ms. */
const SLICE = 100;
/** Bounds the read of a huge database; more than four weeks have. */
const MOST_INCIDENTS = 1_000;

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
 * simulated history. Omits checks with fewer than 200 results (20 journeys). In slices, so that
 * measuring continues.
 */
export async function usualHour(query: UsualQuery): Promise<Map<string, UsualHour>> {
  const checks = checksWithoutLimit(query.site);
  const usual = new Map<string, UsualHour>();
  if (checks.size === 0) return usual;
  for (const [check, delays] of await sameHoursDelays(query, checks)) {
    const { from } = query;
    const median_ms = quantile(delays, 0.5);
    const minimum = minimumOf(checks.get(check));
    if (delays.count >= minimum && median_ms !== null) usual.set(check, { from, median_ms });
  }
  return usual;
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
  return component?.function === 'sync' ? MINIMUM_JOURNEYS : MINIMUM_RESULTS;
}

/** The delays of these checks over all considered days. */
async function sameHoursDelays(
  { store, zone, from }: UsualQuery,
  checks: ReadonlyMap<string, MeasuredComponent>,
): Promise<Map<string, Sketch>> {
  const excluded = await store.excludedTimes(from - (DAYS + 1) * DAY, from);
  const incidents = await store.incidents({ limit: MOST_INCIDENTS });
  const delays = new Map<string, Sketch>();
  for (let days = 1; days <= DAYS; days += 1) {
    const at = sameHour(zone, from, days);
    const rollups = await store.rollups('hour', at, at + HOUR);
    for (const [index, rollup] of rollups.entries()) {
      const component = checks.get(rollup.check);
      if (!component || rollup.simulated || rollup.delays === null) continue;
      if (isDisturbed(component, at, excluded, incidents)) continue;
      const sketch = delays.get(rollup.check) ?? emptySketch();
      mergeInto(sketch, decodeSketch(rollup.delays));
      delays.set(rollup.check, sketch);
      if (index % SLICE === SLICE - 1) await yieldToOthers();
    }
    await yieldToOthers();
  }
  return delays;
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
  excluded: readonly ExcludedMaintenance[],
  incidents: readonly IncidentWithUpdates[],
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

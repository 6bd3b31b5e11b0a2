import type { IncidentWithUpdates } from '../../model/incident.ts';
import { decodeSketch, emptySketch, mergeInto, quantile, type Sketch } from '../../model/sketch.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { offsetMs } from '../../model/zone.ts';
import type { Window } from '../../store/ports/windows.ts';
import type { Store } from '../../store/store.ts';
import type { UsualHour } from '../state/live-state.ts';
import type { MeasuredComponent, Site } from '../state/site.ts';

/** What is usual is what was so at the same hour of these days. */
const DAYS = 28;
const MINIMUM_RESULTS = 200;
const MINIMUM_JOURNEYS = 20;
/** Roll-ups read between two turns of others: a few ms. */
const SLICE = 100;
/** More than four weeks have; bounds what a huge database can make us read. */
const MOST_INCIDENTS = 1_000;

type UsualStore = Pick<Store, 'rollups' | 'windows' | 'incidents'>;

/** A check for which "slow" must be found out, and the component it measures. */
interface Asked {
  component: MeasuredComponent;
  minimum: number;
}

/** The checks whose slowness nobody configured. */
export function askedChecks(site: Site): Map<string, Asked> {
  const asked = [...site.measured_by].filter(
    ([, { function: fn, policy }]) =>
      (fn === 'sync' ? policy.slow_wait_ms : policy.slow_ms) === null,
  );
  return new Map(
    asked.map(([check, component]) => [
      check,
      {
        component,
        minimum: component.function === 'sync' ? MINIMUM_JOURNEYS : MINIMUM_RESULTS,
      },
    ]),
  );
}

/**
 * The median delay of each check in the hour that starts at `from`, as it was at the same hour of
 * the zone on each of the last 28 days: outside announced maintenance and incidents of its
 * component, without made-up history. A check with fewer than 200 results (20 journeys) there is
 * left out: nothing is said of it. In slices, so that measuring goes on.
 */
export async function usualHour({
  store,
  site,
  zone,
  from,
}: {
  store: UsualStore;
  site: Site;
  zone: string;
  from: EpochMs;
}): Promise<Map<string, UsualHour>> {
  const asked = askedChecks(site);
  if (asked.size === 0) return new Map();
  const since = from - (DAYS + 1) * DAY;
  const windows = await store.windows(since, from);
  const incidents = await store.incidents({ limit: MOST_INCIDENTS });
  const delays = new Map<string, Sketch>();
  for (let days = 1; days <= DAYS; days += 1) {
    const at = sameHour(zone, from, days);
    const rollups = await store.rollups('hour', at, at + HOUR);
    for (const [index, rollup] of rollups.entries()) {
      const component = asked.get(rollup.check)?.component;
      if (!component || rollup.simulated || rollup.delays === null) continue;
      if (isDisturbed(component, at, { windows, incidents })) continue;
      const sketch = delays.get(rollup.check) ?? emptySketch();
      mergeInto(sketch, decodeSketch(rollup.delays));
      delays.set(rollup.check, sketch);
      if (index % SLICE === SLICE - 1) await othersTurn();
    }
    await othersTurn();
  }
  const usual = new Map<string, UsualHour>();
  for (const [check, sketch] of delays) {
    const median_ms = quantile(sketch, 0.5);
    const enough = sketch.count >= (asked.get(check)?.minimum ?? Number.POSITIVE_INFINITY);
    if (enough && median_ms !== null) usual.set(check, { from, median_ms });
  }
  return usual;
}

/** The start of the hour on an earlier day at which the clocks of the zone show the same time. */
function sameHour(zone: string, from: EpochMs, days: number): EpochMs {
  const at = from - days * DAY;
  return at + offsetMs(zone, from) - offsetMs(zone, at);
}

/**
 * An hour in which maintenance or an incident touched the component tells nothing of what is usual.
 */
function isDisturbed(
  { id }: MeasuredComponent,
  at: EpochMs,
  { windows, incidents }: { windows: Window[]; incidents: IncidentWithUpdates[] },
): boolean {
  const overlaps = (from: EpochMs, to: EpochMs) => from < at + HOUR && to > at;
  return (
    windows.some((it) => it.components.includes(id) && overlaps(it.from, it.to)) ||
    incidents.some(
      (it) =>
        it.components.includes(id) &&
        overlaps(it.started_at, it.resolved_at ?? Number.POSITIVE_INFINITY),
    )
  );
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

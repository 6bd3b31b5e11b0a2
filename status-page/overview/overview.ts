import type { Configuration } from '../../model/configuration.ts';
import type {
  ComponentHistory,
  ComponentView,
  IncidentView,
  StatusOverview,
} from '../../model/overview.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import { type Day, daysOf } from '../../model/zone.ts';
import type { IncidentWithUpdates, StoreReader } from '../../store/store.ts';
import { componentsOf } from './components.ts';
import { type Counts, loadCounts } from './counts.ts';
import { headlineOf } from './headline.ts';
import { historyOf, type PastOf } from './history.ts';

/** How many days the bars show, and how far back recent incidents go. */
export const HISTORY_DAYS = 90;
const INCIDENTS_LIMIT = 50;
/** Nothing public depends on figures being younger than this; a change makes them anew at once. */
const FIGURES_LIVE_MS = 60_000;
/** Counts only tell how much stands behind the figures. */
const COUNTS_LIVE_MS = 5 * 60_000;

export type OverviewBuilder = (now: EpochMs) => Promise<StatusOverview>;

/**
 * Returns the function that builds the overview as of `now`. It remembers the past between calls: that changes only
 * with a public change, and else moves on by the minute, so a mere new measurement costs one small query.
 */
export function createOverviewBuilder({
  reader,
  configuration,
}: {
  reader: StoreReader;
  configuration: Configuration;
}): OverviewBuilder {
  const counts = remember<Counts>();
  const pasts = remember<Past>();
  const incidents = remember<IncidentWithUpdates[]>();
  return async (now) => {
    const seq = await reader.changeSeq();
    const days = daysOf({ zone: configuration.page.zone, now, count: HISTORY_DAYS });
    const today = days.at(-1)?.day;
    const count = await counts(`${today} ${Math.floor(now / COUNTS_LIVE_MS)}`, () =>
      loadCounts({ reader, checks: configuration.checks, days }),
    );
    const past = await pasts(`${seq} ${Math.floor(now / FIGURES_LIVE_MS)}`, () =>
      loadPast({ reader, days, now }),
    );
    const statuses = new Map((await reader.components()).map((it) => [it.component, it]));
    const systems = configuration.systems
      .filter((it) => !it.neutral)
      .map((system) => ({
        system,
        components: componentsOf({ system, configuration, statuses, now }),
      }));
    const all_incidents = await incidents(String(seq), () =>
      reader.incidents({ limit: INCIDENTS_LIMIT }),
    );
    return {
      seq,
      page: configuration.page,
      demo: configuration.demo,
      lines: configuration.lines.map((line) => line.name),
      headline: headlineOf(
        systems.flatMap((it) => it.components),
        configuration,
      ),
      systems: systems.map(({ system, components }) => ({
        id: system.id,
        name: system.name,
        environment: system.environment,
        components: components.map((component) => ({
          ...component,
          history: past.historyOf(component, count, configuration),
        })),
      })),
      ...incidentViews(all_incidents, configuration, days[0]?.from ?? now),
    };
  };
}

interface Past {
  historyOf(
    component: ComponentView,
    counts: Counts,
    configuration: Configuration,
  ): ComponentHistory;
}

async function loadPast({
  reader,
  days,
  now,
}: {
  reader: StoreReader;
  days: readonly Day[];
  now: EpochMs;
}): Promise<Past> {
  const from = days[0]?.from ?? now;
  const [transitions, windows] = await Promise.all([
    reader.transitions(from, now),
    reader.windows(from, now),
  ]);
  const by_component = Map.groupBy(transitions, (it) => it.component);
  const made = new Map<
    ComponentId,
    { known_until: EpochMs; counts: Counts; is: ComponentHistory }
  >();
  return {
    historyOf(component, counts, configuration) {
      const known_until = knownUntil(component, now);
      const before = made.get(component.id);
      if (before?.known_until === known_until && before.counts === counts) return before.is;
      const past: PastOf = {
        component: component.id,
        transitions: by_component.get(component.id) ?? [],
        excluded: windows.filter((it) => it.components.includes(component.id)),
        counts: counts.get(component.id) ?? new Map(),
        promise_ms:
          component.function === 'sync'
            ? (configuration.policies[component.id] ?? DEFAULT_POLICY).visible_within_ms
            : null,
      };
      const is = historyOf({ past, days, known_until });
      made.set(component.id, { known_until, counts, is });
      return is;
    },
  };
}

/** An expired component is known until it expired, though no transition says so yet. */
function knownUntil({ state, valid_until }: ComponentView, now: EpochMs): EpochMs {
  return state === 'unknown' && valid_until !== null ? Math.min(now, valid_until) : now;
}

function incidentViews(
  incidents: readonly IncidentWithUpdates[],
  configuration: Configuration,
  since: EpochMs,
): Pick<StatusOverview, 'open_incidents' | 'recent_incidents'> {
  const views = incidents.map((it) => incidentView(it, configuration));
  return {
    open_incidents: views.filter((it) => it.resolved_at === null),
    recent_incidents: views.filter((it) => it.resolved_at !== null && it.resolved_at >= since),
  };
}

/** An incident with its system's name; a system no longer configured goes by its id. */
export function incidentView(
  incident: IncidentWithUpdates,
  configuration: Configuration,
): IncidentView {
  const system = configuration.systems.find((it) => it.id === incident.system);
  return {
    ...incident,
    system_name: system?.name ?? { 'zh-CN': incident.system, en: incident.system },
  };
}

/** Keeps the last value made, for as long as the key stays the same. A failure is not kept. */
function remember<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  let last: { key: string; value: T } | null = null;
  return async (key, make) => {
    if (last?.key !== key) last = { key, value: await make() };
    return last.value;
  };
}

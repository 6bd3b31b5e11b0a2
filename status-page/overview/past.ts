import type { Transition } from '../../model/component.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { ComponentHistory, ComponentView } from '../../model/overview.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { Day } from '../../model/zone.ts';
import type { Window } from '../../store/ports/windows.ts';
import type { StoreReader } from '../../store/store.ts';
import { type Counts, loadCounts } from './counts.ts';
import { type DaysKnown, dayViews, joinHistory } from './history.ts';

/**
 * The days that a change can still touch; what lies before moves only when a gap is written
 * back-dated.
 */
const RECENT_DAYS = 2;

/** The history of a component as of the instant for which the past was loaded. */
export type HistoryOf = (component: ComponentView) => ComponentHistory;

interface Sources {
  reader: StoreReader;
  configuration: Configuration;
}

/**
 * Returns the function that loads the past. It keeps the earlier days until midnight, a new gap or
 * the next hour (in case roll-ups came late), and the recent ones until a public change or the next
 * minute: figures older than that matter to nobody, and the cost stays the same however much has
 * been measured.
 */
export function createPast({
  reader,
  configuration,
}: Sources): (at: { seq: number; days: readonly Day[]; now: EpochMs }) => Promise<HistoryOf> {
  const earlier = remember<Stretch>();
  const recent = remember<{ history: HistoryOf }>();
  const load = (days: readonly Day[], to: EpochMs) =>
    loadStretch({ reader, configuration, days, to });

  return async ({ seq, days, now }) => {
    const today = days.at(-1)?.day;
    const { history } = await recent(`${seq} ${today} ${Math.floor(now / MINUTE)}`, async () => {
      const recent_days = days.slice(-RECENT_DAYS);
      const border = recent_days[0]?.from ?? now;
      const gaps = await reader.gaps(days[0]?.from ?? now, now);
      const gaps_key = `${gaps.length} ${gaps.at(-1)?.to}`;
      const before = await earlier(`${today} ${Math.floor(now / HOUR)} ${gaps_key}`, () =>
        load(days.slice(0, -RECENT_DAYS), border),
      );
      const lately = await load(recent_days, now + 1);
      return { history: historyOf([before, lately], configuration, now) };
    });
    return history;
  };
}

/** Some days of all components. */
type Stretch = (component: ComponentId, known_until: EpochMs) => DaysKnown;

interface StretchSources extends Sources {
  days: readonly Day[];
  to: EpochMs;
}

async function loadStretch({ reader, configuration, days, to }: StretchSources): Promise<Stretch> {
  const from = days[0]?.from ?? to;
  const [transitions, windows, counts] = await Promise.all([
    reader.transitions(from, to),
    reader.windows(from, to),
    loadCounts({ reader, checks: configuration.checks, days }),
  ]);
  return stretchOf({ transitions, windows, counts, days, to });
}

interface StretchRows {
  transitions: readonly Transition[];
  windows: readonly Window[];
  counts: Counts;
  days: readonly Day[];
  to: EpochMs;
}

/** Works a component's days out when asked for, once for each instant until which it is known. */
function stretchOf({ transitions, windows, counts, days, to }: StretchRows): Stretch {
  const by_component = Map.groupBy(transitions, (it) => it.component);
  const computed = new Map<ComponentId, { until: EpochMs; is: DaysKnown }>();
  return (component, known_until) => {
    const until = Math.min(known_until, to);
    const before = computed.get(component);
    if (before?.until === until) return before.is;
    const is = dayViews({
      component,
      transitions: by_component.get(component) ?? [],
      excluded: windows.filter((it) => it.components.includes(component)),
      counts: counts.get(component) ?? new Map(),
      days,
      known_until: until,
    });
    computed.set(component, { until, is });
    return is;
  };
}

function historyOf(
  stretches: readonly Stretch[],
  configuration: Configuration,
  now: EpochMs,
): HistoryOf {
  const computed = new Map<ComponentId, { until: EpochMs; is: ComponentHistory }>();
  return (component) => {
    const until = knownUntil(component, now);
    const before = computed.get(component.id);
    if (before?.until === until) return before.is;
    const is = joinHistory(
      stretches.map((stretch) => stretch(component.id, until)),
      promiseOf(component, configuration),
    );
    computed.set(component.id, { until, is });
    return is;
  };
}

/** An expired component is known until it expired, though no transition says so yet. */
function knownUntil({ state, valid_until }: ComponentView, now: EpochMs): EpochMs {
  return state === 'unknown' && valid_until !== null ? Math.min(now, valid_until) : now;
}

/** Sync is judged by what was promised. */
function promiseOf(
  { id, function: fn }: ComponentView,
  { policies }: Configuration,
): number | null {
  return fn === 'sync' ? (policies[id] ?? DEFAULT_POLICY).visible_within_ms : null;
}

/** Keeps the last value computed, for as long as the key stays the same. A failure is not kept. */
export function remember<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  let last: { key: string; value: T } | null = null;
  return async (key, make) => {
    if (last?.key !== key) last = { key, value: await make() };
    return last.value;
  };
}

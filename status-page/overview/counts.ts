import type { Check } from '../../model/configuration.ts';
import type { Rollup } from '../../model/rollup.ts';
import { type ComponentId, componentId } from '../../model/vocabulary.ts';
import type { Day } from '../../model/zone.ts';
import type { StoreReader } from '../../store/store.ts';

/** Measurements of one component (sync: invoices due), and those of them that were ok. */
export interface Count {
  n: number;
  ok: number;
}

/** Counts by component, then by day (YYYY-MM-DD). */
export type Counts = ReadonlyMap<ComponentId, ReadonlyMap<string, Count>>;

/** A day's roll-up may appear a while after midnight; until then its hours stand in. */
const OPEN_DAYS = 2;

/** How many measurements stand behind each day: from the days' roll-ups, and the hours' where a day has none yet. */
export async function loadCounts({
  reader,
  checks,
  days,
}: {
  reader: StoreReader;
  checks: readonly Check[];
  days: readonly Day[];
}): Promise<Counts> {
  const first = days[0];
  const today = days.at(-1);
  const first_open = days.at(-OPEN_DAYS) ?? first;
  if (!first || !today || !first_open) return new Map();
  const [daily, hourly] = await Promise.all([
    reader.rollups('day', first.from, today.from),
    reader.rollups('hour', first_open.from, today.to),
  ]);
  const components = new Map(checks.map((it) => [it.id, componentId(it.system, it.function)]));
  const counts = new Map<ComponentId, Map<string, Count>>();
  const add = (rollup: Rollup, day: string) => {
    const component = components.get(rollup.check);
    if (component === undefined) return;
    const of_component = counts.get(component) ?? new Map<string, Count>();
    counts.set(component, of_component);
    const count = of_component.get(day) ?? { n: 0, ok: 0 };
    of_component.set(day, { n: count.n + rollup.n, ok: count.ok + (rollup.outcomes.ok ?? 0) });
  };

  const day_by_start = new Map(days.map((it) => [it.from, it.day]));
  const rolled_up = new Set<string>();
  for (const rollup of daily) {
    const day = day_by_start.get(rollup.from);
    if (day === undefined) continue;
    rolled_up.add(`${rollup.check} ${day}`);
    add(rollup, day);
  }
  const open = days.slice(-OPEN_DAYS);
  for (const rollup of hourly) {
    const day = open.find((it) => rollup.from >= it.from && rollup.from < it.to)?.day;
    if (day !== undefined && !rolled_up.has(`${rollup.check} ${day}`)) add(rollup, day);
  }
  return counts;
}

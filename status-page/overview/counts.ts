import { type Check, isOwnTraffic } from '../../model/configuration.ts';
import { type ComponentId, componentId } from '../../model/vocabulary.ts';
import type { Day } from '../../model/zone.ts';
import type { StoreReader } from '../../store/store.ts';

/** Judged measurements of one component (sync: invoices due), and those of them that were ok. */
export interface Count {
  n: number;
  ok: number;
  /** Of them events of own traffic, of which nothing was measured. */
  told: number;
}

export const NONE_COUNTED: Count = { n: 0, ok: 0, told: 0 };

/** Counts by component, then by day (YYYY-MM-DD). */
export type Counts = ReadonlyMap<ComponentId, ReadonlyMap<string, Count>>;

/** The number of measurements of each day, from daily roll-ups; today's as far as written. */
export async function loadCounts(
  reader: StoreReader,
  checks: readonly Check[],
  days: readonly Day[],
): Promise<Counts> {
  const first = days[0];
  const today = days.at(-1);
  if (!first || !today) return new Map();
  const components = new Map(checks.map((it) => [it.id, componentId(it.system, it.function)]));
  const own = new Set(checks.filter(isOwnTraffic).map(({ id }) => id));
  const day_by_start = new Map(days.map((it) => [it.from, it.day]));
  const counts = new Map<ComponentId, Map<string, Count>>();
  for (const { check, from, n, ok } of await reader.rollupCounts('day', first.from, today.to)) {
    const component = components.get(check);
    const day = day_by_start.get(from);
    if (component === undefined || day === undefined) continue;
    const of_component = counts.get(component) ?? new Map<string, Count>();
    counts.set(component, of_component);
    const count = of_component.get(day) ?? NONE_COUNTED;
    const told = count.told + (own.has(check) ? n : 0);
    of_component.set(day, { n: count.n + n, ok: count.ok + ok, told });
  }
  return counts;
}

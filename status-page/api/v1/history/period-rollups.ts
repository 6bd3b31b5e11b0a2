import { COUNTED_FOR_MS } from '../../../../model/history/kept.ts';
import { type Period, periodsOf } from '../../../../model/history/periods.ts';
import type { Rollup } from '../../../../model/rollup.ts';
import { readMinutes } from './minutes.ts';
import type { ComponentQuery, HistoryParts } from './parts.ts';

/** All roll-ups of a period; null when some of it is no longer kept. */
export type RollupsOf = (period: Period) => readonly Rollup[] | null;

/**
 * What was counted in these periods: months and years from their days, minutes from the results,
 * which are hardly more than their sums would be.
 */
export async function readRollups(
  parts: HistoryParts,
  query: ComponentQuery,
  periods: readonly Period[],
): Promise<RollupsOf> {
  const { reader, configuration, inTurn } = parts;
  const { zone } = configuration.page;
  const { retention } = configuration;
  const { component, grain, checks, now } = query;
  if (grain === 'minute') {
    // Invoices are counted by the hour in which they were due.
    if (component.endsWith('.sync')) return () => null;
    const kept_from = now - Math.max(retention.results_ms, COUNTED_FOR_MS);
    return keptSince(kept_from, await readMinutes(parts, query, periods));
  }
  if (grain === 'hour') {
    const starts = periods.map(({ from }) => from);
    const rollups = await inTurn(() => reader.rollupsAt('hour', checks, starts));
    return keptSince(now - retention.hourly_ms, rollups);
  }
  const days = periods.flatMap((period) => periodsOf('day', period, zone)).map((it) => it.from);
  const rollups = await inTurn(() => reader.rollupsAt('day', checks, days));
  return keptSince(now - retention.daily_ms, rollups);
}

/** In their order, as the periods are. */
function keptSince(kept_from: number, rollups: readonly Rollup[]): RollupsOf {
  let first = 0;
  return ({ from, to }) => {
    if (from < kept_from) return null;
    while (first < rollups.length && (rollups[first] as Rollup).from < from) first += 1;
    let end = first;
    while (end < rollups.length && (rollups[end] as Rollup).from < to) end += 1;
    return rollups.slice(first, end);
  };
}

import type { Period } from '../../../../model/history/periods.ts';
import { delayMs, type Result } from '../../../../model/result.ts';
import { emptyRollup, type Rollup } from '../../../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch } from '../../../../model/sketch.ts';
import type { ComponentQuery, HistoryParts } from './parts.ts';
import { readResults } from './read-results.ts';

/** What was counted in these minutes, one roll-up each; results alone, not slow ones. */
export async function readMinutes(
  parts: HistoryParts,
  query: ComponentQuery,
  periods: readonly Period[],
): Promise<Rollup[]> {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return [];
  const results: Result[] = [];
  for await (const some of readResults(parts, query, { from: first.from, to: last.to }))
    results.push(...some);
  let at = 0;
  return periods.map(({ from, to }) => {
    const begin = at;
    while (at < results.length && (results[at] as Result).slot_at < to) at += 1;
    return rollupOf(from, results.slice(begin, at));
  });
}

function rollupOf(from: number, results: readonly Result[]): Rollup {
  const rollup = emptyRollup('', from);
  const delays = emptySketch();
  for (const result of results) {
    rollup.n += 1;
    rollup.outcomes[result.outcome] = (rollup.outcomes[result.outcome] ?? 0) + 1;
    rollup.simulated ||= result.simulated;
    const delay_ms = result.outcome === 'ok' ? delayMs(result) : null;
    if (delay_ms !== null) addDelay(delays, delay_ms);
  }
  return { ...rollup, delays: delays.count === 0 ? null : encodeSketch(delays) };
}

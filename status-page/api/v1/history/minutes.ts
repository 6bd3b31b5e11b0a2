import type { Period } from '../../../../model/history/periods.ts';
import { delayMs } from '../../../../model/result.ts';
import { emptyRollup, type Rollup } from '../../../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch, type Sketch } from '../../../../model/sketch.ts';
import { MINUTE } from '../../../../model/time.ts';
import type { EpochMs, Outcome } from '../../../../model/vocabulary.ts';
import { type ComponentQuery, type HistoryParts, ownChecksOf } from './parts.ts';
import { readOwnResults } from './read-own-results.ts';
import { readResults } from './read-results.ts';

interface Minute {
  rollup: Rollup;
  delays: Sketch;
}

/**
 * What was counted in these minutes, one roll-up each, and one for each check of own traffic;
 * results alone, not slow ones.
 */
export async function readMinutes(
  parts: HistoryParts,
  query: ComponentQuery,
  periods: readonly Period[],
): Promise<Rollup[]> {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return [];
  const span = { from: first.from, to: last.to };
  const minutesOf = (check: string) =>
    periods.map(
      ({ from }): Minute => ({ rollup: emptyRollup(check, from), delays: emptySketch() }),
    );
  const minuteAt = (minutes: readonly Minute[], at: EpochMs) =>
    minutes[Math.floor((at - span.from) / MINUTE)];
  const measured = minutesOf('');
  for await (const some of readResults(parts, query, span))
    for (const result of some) {
      const minute = minuteAt(measured, result.slot_at);
      count(minute, result.outcome, delayMs(result));
      if (minute) minute.rollup.simulated ||= result.simulated;
    }
  const all = [measured];
  for (const check of ownChecksOf(parts, query)) {
    const told = minutesOf(check);
    for await (const some of readOwnResults(parts, check, span))
      for (const { at, outcome, duration_ms } of some)
        count(minuteAt(told, at), outcome, duration_ms);
    all.push(told);
  }
  return periods.flatMap((_, i) => all.flatMap((minutes) => rollupOf(minutes[i]) ?? []));
}

function rollupOf(minute: Minute | undefined): Rollup | null {
  if (minute === undefined) return null;
  const { rollup, delays } = minute;
  return { ...rollup, delays: delays.count === 0 ? null : encodeSketch(delays) };
}

/** Of good ones their delay; null: it is not known. */
function count(minute: Minute | undefined, outcome: Outcome, delay_ms: number | null): void {
  if (minute === undefined) return;
  const { rollup, delays } = minute;
  rollup.n += 1;
  rollup.outcomes[outcome] = (rollup.outcomes[outcome] ?? 0) + 1;
  if (outcome === 'ok' && delay_ms !== null) addDelay(delays, delay_ms);
}

import { isOwnTraffic } from '../../../../model/configuration.ts';
import type { OwnResult } from '../../../../model/event.ts';
import type { Period } from '../../../../model/history/periods.ts';
import { delayMs } from '../../../../model/result.ts';
import { emptyRollup, type Rollup } from '../../../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch, type Sketch } from '../../../../model/sketch.ts';
import { MINUTE } from '../../../../model/time.ts';
import type { EpochMs, Outcome } from '../../../../model/vocabulary.ts';
import type { ComponentQuery, HistoryParts } from './parts.ts';
import { readResults } from './read-results.ts';

interface Minute {
  rollup: Rollup;
  delays: Sketch;
}

/** What was counted in these minutes, one roll-up each; results alone, not slow ones. */
export async function readMinutes(
  parts: HistoryParts,
  query: ComponentQuery,
  periods: readonly Period[],
): Promise<Rollup[]> {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return [];
  const span = { from: first.from, to: last.to };
  const minutes = periods.map(
    ({ from }): Minute => ({ rollup: emptyRollup('', from), delays: emptySketch() }),
  );
  const minuteOf = (at: EpochMs) => minutes[Math.floor((at - span.from) / MINUTE)];
  for await (const some of readResults(parts, query, span))
    for (const result of some) {
      const minute = minuteOf(result.slot_at);
      count(minute, result.outcome, delayMs(result));
      if (minute) minute.rollup.simulated ||= result.simulated;
    }
  for await (const some of readOwnResults(parts, query, span))
    for (const { at, outcome, duration_ms } of some) count(minuteOf(at), outcome, duration_ms);
  return minutes.map(({ rollup, delays }) => ({
    ...rollup,
    delays: delays.count === 0 ? null : encodeSketch(delays),
  }));
}

/** Of good ones their delay; null: it is not known. */
function count(minute: Minute | undefined, outcome: Outcome, delay_ms: number | null): void {
  if (minute === undefined) return;
  const { rollup, delays } = minute;
  rollup.n += 1;
  rollup.outcomes[outcome] = (rollup.outcomes[outcome] ?? 0) + 1;
  if (outcome === 'ok' && delay_ms !== null) addDelay(delays, delay_ms);
}

/** A few ms. */
const AT_A_TIME = 1_000;

/** Those of own traffic of the component's checks, in slices. */
async function* readOwnResults(
  { reader, configuration, inTurn }: HistoryParts,
  { checks }: ComponentQuery,
  { from, to }: Period,
): AsyncGenerator<OwnResult[]> {
  const own = configuration.checks.filter((it) => isOwnTraffic(it) && checks.includes(it.id));
  for (const { id: check } of own)
    for (let after: OwnResult | undefined; ; ) {
      const rows = { check, from, to, after, limit: AT_A_TIME };
      const found = await inTurn(() => reader.ownResults(rows));
      yield found;
      after = found.at(-1);
      if (found.length < AT_A_TIME) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
}

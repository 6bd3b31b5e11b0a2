import type { Grain, Rollup } from '../../model/rollup.ts';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import type { LivedMonth } from './lived-month.ts';
import { quantileBetween } from './oracle/quantiles.ts';
import { COMPONENTS_OF_MONTH, DAY_MS, HOUR_MS } from './site.ts';

const QUANTILES = [0.5, 0.95];
/** How far a quantile may be off. */
const WITHIN = 0.02;
const LENGTHS: Record<Grain, number> = { hour: HOUR_MS, day: DAY_MS };

/** Roll-ups of hours and days whose n or quantiles are not those of the results behind them. */
export async function wrongRollups({ store, truth, lived }: LivedMonth) {
  const checks = COMPONENTS_OF_MONTH.flatMap((it) => it.checks.map(({ check }) => check));
  const wrong: string[] = [];
  let compared = 0;
  for (const grain of ['hour', 'day'] as const) {
    const length_ms = LENGTHS[grain];
    const stored = await store.rollups(grain, truth.from, lived.ended_at);
    const by_place = new Map(stored.map((it) => [`${it.check} ${it.from}`, it]));
    for (let from = truth.from; from < lived.ended_at; from += length_ms)
      for (const check of checks) {
        compared += 1;
        const said = differs(by_place.get(`${check} ${from}`), resultsOf(check, from, length_ms));
        if (said !== null)
          wrong.push(`${check}, ${grain} of ${new Date(from).toISOString()}: ${said}`);
      }
  }
  return { wrong, compared };

  function resultsOf(check: string, from: number, length_ms: number) {
    const its = lived.findings.filter(
      (it) =>
        it.check === check &&
        it.void_at === null &&
        it.slot_at >= from &&
        it.slot_at < from + length_ms,
    );
    const good = its.filter(({ found }) => found === 'good' || found === 'slow');
    return { n: its.length, delays: good.map(({ duration_ms }) => duration_ms) };
  }
}

/** How a roll-up differs from the results; null: not at all. */
function differs(
  rollup: Rollup | undefined,
  { n, delays }: { n: number; delays: number[] },
): string | null {
  if (n !== (rollup?.n ?? 0)) return `n = ${rollup?.n ?? 0}, not ${n}`;
  if (!rollup?.delays || delays.length === 0) return null;
  const sketch = decodeSketch(rollup.delays);
  for (const q of QUANTILES) {
    const said = quantile(sketch, q) ?? 0;
    const range = quantileBetween(delays, q);
    if (range === null) continue;
    const is_near = said >= range.from * (1 - WITHIN) && said <= range.to * (1 + WITHIN);
    if (!is_near) return `p${100 * q} ${said}, not ${range.from}–${range.to}`;
  }
  return null;
}

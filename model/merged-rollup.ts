import { emptyRollup, type Rollup, type RollupPart } from './rollup.ts';
import { decodeSketch, emptySketch, encodeSketch, mergeInto, takeFrom } from './sketch.ts';
import type { EpochMs, Outcome } from './vocabulary.ts';

/** The same results in one roll-up of the check, from the instant. */
export function mergedRollup(check: string, from: EpochMs, parts: readonly RollupPart[]): Rollup {
  const whole = emptyRollup(check, from);
  const delays = emptySketch();
  for (const part of parts) {
    whole.n += part.n;
    whole.slow += part.slow;
    whole.simulated ||= part.simulated;
    for (const [outcome, count] of Object.entries(part.outcomes) as [Outcome, number][])
      whole.outcomes[outcome] = (whole.outcomes[outcome] ?? 0) + count;
    if (part.delays !== null) mergeInto(delays, decodeSketch(part.delays));
  }
  for (const { without } of parts) if (without) takeFrom(delays, decodeSketch(without));
  whole.outcomes = Object.fromEntries(Object.entries(whole.outcomes).filter(([, n]) => n > 0));
  return { ...whole, delays: delays.count === 0 ? null : encodeSketch(delays) };
}

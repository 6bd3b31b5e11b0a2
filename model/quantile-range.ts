import type { ValueRange } from './delays.ts';

/**
 * The 95 % range of a quantile of delays of which each is known to lie in a bracket, or not to be
 * over yet. Waiting ones count: to leave them out would report a fast sync exactly while it stalls.
 * Sources: Brookmeyer, Crowley, "A Confidence Interval for the Median Survival Time", Biometrics
 * 38(1), 1982, with limits of the survival function by log(−log) (Kalbfleisch, Prentice, 1980)
 * and Greenwood's variance; Kaplan, Meier, JASA 53(282), 1958.
 */

/** After `from_ms`, and by `to_ms`; null: it is not over yet. */
export interface BracketedDelay {
  from_ms: number;
  to_ms: number | null;
}

/**
 * The range of a quantile `q`, in ms; 0 to null: nothing is known of it. Its lower limit is of the
 * curve in which each delay is as short as it may be, its upper one of that in which each is as
 * long.
 */
export function quantileRanges(
  delays: readonly BracketedDelay[],
  confidence: Confidence = CONFIDENCE_95,
): (q: number) => ValueRange {
  const least = stepsOf(delays, ({ from_ms }) => from_ms, confidence);
  const most = stepsOf(delays, ({ from_ms, to_ms }) => to_ms ?? from_ms, confidence);
  return (q) => ({ from: lowerLimit(least, 1 - q), to: upperLimit(most, 1 - q) });
}

/** Two-sided: the quantile of the normal distribution, and the probability beyond one limit. */
interface Confidence {
  z: number;
  one_side: number;
}
const CONFIDENCE_95: Confidence = { z: 1.959963984540054, one_side: 0.025 };
/** For what is asked again and again, day after day. */
export const CONFIDENCE_99: Confidence = { z: 2.5758293035489004, one_side: 0.005 };

/** Until when the share that takes longer is surely above `share`. */
function lowerLimit(steps: readonly Step[], share: number): number {
  return steps.find((it) => it.lower <= share)?.after_ms ?? steps.at(-1)?.after_ms ?? 0;
}

/** From when on the share that takes longer is surely not above `share`. */
function upperLimit(steps: readonly Step[], share: number): number | null {
  return steps.find((it) => it.is_end && it.upper <= share)?.after_ms ?? null;
}

/** The limits of the share that takes longer than `after_ms`. */
interface Step {
  after_ms: number;
  lower: number;
  upper: number;
  /** Some delay is over there; else only the number at risk is less from there on. */
  is_end: boolean;
}

/** Shortest first, from 0 on. One that is not over at an instant is at risk at it. */
function stepsOf(
  delays: readonly BracketedDelay[],
  lengthOf: (delay: BracketedDelay) => number,
  confidence: Confidence,
): Step[] {
  const sorted = delays
    .map((it) => ({ after_ms: lengthOf(it), is_over: it.to_ms !== null }))
    .sort((a, b) => a.after_ms - b.after_ms);
  let survival = 1;
  let sum = 0;
  const none = { survival, sum, at_risk: sorted.length, left: sorted.length };
  const steps: Step[] = [{ after_ms: 0, ...limitsOf(none, confidence), is_end: false }];
  for (let first = 0; first < sorted.length; ) {
    const at_risk = sorted.length - first;
    const after_ms = sorted[first]?.after_ms ?? 0;
    let ended = 0;
    for (; sorted[first]?.after_ms === after_ms; first += 1) if (sorted[first]?.is_over) ended += 1;
    survival *= 1 - ended / at_risk;
    sum += ended / (at_risk * (at_risk - ended));
    const left = sorted.length - first;
    steps.push({
      after_ms,
      ...limitsOf({ survival, sum, at_risk, left }, confidence),
      is_end: ended > 0,
    });
  }
  return steps;
}

interface Risk {
  survival: number;
  /** Greenwood's sum. */
  sum: number;
  /** How many were not over before, and are not over after. */
  at_risk: number;
  left: number;
}

/** Where all are longer, or all have ended, by what as many leave possible (Clopper, Pearson). */
function limitsOf(
  { survival, sum, at_risk, left }: Risk,
  { z, one_side }: Confidence,
): Pick<Step, 'lower' | 'upper'> {
  if (survival === 1) return { lower: left === 0 ? 0 : one_side ** (1 / left), upper: 1 };
  if (survival <= 0) return { lower: 0, upper: 1 - one_side ** (1 / at_risk) };
  const spread = Math.exp((z * Math.sqrt(sum)) / -Math.log(survival));
  return { lower: survival ** spread, upper: survival ** (1 / spread) };
}

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
  const least = curveOf(delays, ({ from_ms }) => from_ms);
  const most = curveOf(delays, ({ from_ms, to_ms }) => to_ms ?? from_ms);
  return (q) => ({
    from: lowerLimit(least, 1 - q, confidence),
    to: upperLimit(most, 1 - q, confidence),
  });
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
function lowerLimit(curve: Curve, share: number, confidence: Confidence): number {
  let known = 1;
  let last_ms = 0;
  for (const step of stepsOf(curve)) {
    // Where none has ended the same share is left.
    if (step.is_end || step.survival === 1) known = lowerOf(step, confidence);
    if (known <= share) return step.after_ms;
    last_ms = step.after_ms;
  }
  return last_ms;
}

/** From when on the share that takes longer is surely not above `share`. */
function upperLimit(curve: Curve, share: number, confidence: Confidence): number | null {
  for (const step of stepsOf(curve))
    if (step.is_end && upperOf(step, confidence) <= share) return step.after_ms;
  return null;
}

/** Lengths, shortest first: a company may follow thousands, and they are asked for often. */
interface Curve {
  ended: Float64Array;
  /** Of those that are not over yet. */
  waiting: Float64Array;
}

function curveOf(
  delays: readonly BracketedDelay[],
  lengthOf: (delay: BracketedDelay) => number,
): Curve {
  return {
    ended: sorted(delays, ({ to_ms }) => to_ms !== null),
    waiting: sorted(delays, ({ to_ms }) => to_ms === null),
  };

  /** `Float64Array.from` takes several times as long. */
  function sorted(of: typeof delays, isIn: (delay: BracketedDelay) => boolean): Float64Array {
    const lengths = new Float64Array(of.length);
    let n = 0;
    for (const delay of of) {
      if (!isIn(delay)) continue;
      lengths[n] = lengthOf(delay);
      n += 1;
    }
    return lengths.subarray(0, n).sort();
  }
}

/** Where delays end, or the number at risk is less from there on. */
interface Step extends Risk {
  after_ms: number;
  is_end: boolean;
}

const LONGER = Number.POSITIVE_INFINITY;

/** Shortest first, from 0 on. One that is not over at an instant is at risk at it. */
function* stepsOf({ ended, waiting }: Curve): Generator<Step> {
  let left = ended.length + waiting.length;
  let survival = 1;
  let sum = 0;
  yield { after_ms: 0, survival, sum, at_risk: left, left, is_end: false };
  for (let end = 0, wait = 0; left > 0; ) {
    const after_ms = Math.min(ended[end] ?? LONGER, waiting[wait] ?? LONGER);
    const [at_risk, ended_before] = [left, end];
    while (ended[end] === after_ms) end += 1;
    while (waiting[wait] === after_ms) wait += 1;
    const its = end - ended_before;
    survival *= 1 - its / at_risk;
    sum += its / (at_risk * (at_risk - its));
    left = ended.length + waiting.length - end - wait;
    yield { after_ms, survival, sum, at_risk, left, is_end: its > 0 };
  }
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
function lowerOf({ survival, sum, left }: Risk, { z, one_side }: Confidence): number {
  if (survival === 1) return left === 0 ? 0 : one_side ** (1 / left);
  return survival <= 0 ? 0 : survival ** spreadOf(survival, sum, z);
}

function upperOf({ survival, sum, at_risk }: Risk, { z, one_side }: Confidence): number {
  if (survival === 1) return 1;
  if (survival <= 0) return 1 - one_side ** (1 / at_risk);
  return survival ** (1 / spreadOf(survival, sum, z));
}

function spreadOf(survival: number, sum: number, z: number): number {
  return Math.exp((z * Math.sqrt(sum)) / -Math.log(survival));
}

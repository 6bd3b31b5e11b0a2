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
 * The range of the quantile `q`, in ms; 0 to null: nothing is known of it. Its lower limit is of
 * the curve in which each delay is as short as it may be, its upper one of that in which each is as
 * long.
 */
export function quantileRange(delays: readonly BracketedDelay[], q: number): ValueRange {
  const least = stepsOf(delays, ({ from_ms }) => from_ms);
  const most = stepsOf(delays, ({ from_ms, to_ms }) => to_ms ?? from_ms);
  return { from: lowerLimit(least, 1 - q), to: upperLimit(most, 1 - q) };
}

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

/** Shortest first. One that is not over at an instant is at risk at it. */
function stepsOf(
  delays: readonly BracketedDelay[],
  lengthOf: (delay: BracketedDelay) => number,
): Step[] {
  const sorted = delays
    .map((it) => ({ after_ms: lengthOf(it), is_over: it.to_ms !== null }))
    .sort((a, b) => a.after_ms - b.after_ms);
  const steps: Step[] = [];
  let survival = 1;
  let sum = 0;
  for (let first = 0; first < sorted.length; ) {
    const at_risk = sorted.length - first;
    const after_ms = sorted[first]?.after_ms ?? 0;
    let ended = 0;
    for (; sorted[first]?.after_ms === after_ms; first += 1) if (sorted[first]?.is_over) ended += 1;
    survival *= 1 - ended / at_risk;
    sum += ended / (at_risk * (at_risk - ended));
    const left = sorted.length - first;
    steps.push({ after_ms, ...limitsOf({ survival, sum, at_risk, left }), is_end: ended > 0 });
  }
  return steps;
}

/** Two-sided 95 %. */
const Z = 1.959963984540054;
const ONE_SIDE = 0.025;

interface Risk {
  survival: number;
  /** Greenwood's sum. */
  sum: number;
  /** How many were not over before, and are not over after. */
  at_risk: number;
  left: number;
}

/** Where all are longer, or all have ended, by what as many leave possible (Clopper, Pearson). */
function limitsOf({ survival, sum, at_risk, left }: Risk): Pick<Step, 'lower' | 'upper'> {
  if (survival === 1) return { lower: left === 0 ? 0 : ONE_SIDE ** (1 / left), upper: 1 };
  if (survival <= 0) return { lower: 0, upper: 1 - ONE_SIDE ** (1 / at_risk) };
  const spread = Math.exp((Z * Math.sqrt(sum)) / -Math.log(survival));
  return { lower: survival ** spread, upper: survival ** (1 / spread) };
}

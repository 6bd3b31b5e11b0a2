/**
 * Survival analysis of durations of which some are not complete yet. Ignoring waiting journeys
 * would report a fast sync exactly while it stalls; counting them at their age would underestimate.
 * Source: Kaplan, Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53(282),
 * 1958.
 */

/** One observation: a completed duration, or (censored) the wait so far. */
export interface Observation {
  duration_ms: number;
  censored: boolean;
}

/** A step of the survival function: the share that takes longer than `after_ms`. */
export interface SurvivalStep {
  after_ms: number;
  share: number;
}

/**
 * The steps of the Kaplan–Meier estimate, shortest duration first. An observation censored at a
 * duration was still at risk at it.
 */
export function survivalFunction(observations: readonly Observation[]): SurvivalStep[] {
  const sorted = observations.toSorted(
    (a, b) => a.duration_ms - b.duration_ms || Number(a.censored) - Number(b.censored),
  );
  const steps: SurvivalStep[] = [];
  let share = 1;
  for (let first = 0; first < sorted.length; ) {
    const at_risk = sorted.length - first;
    const after_ms = sorted[first]?.duration_ms ?? 0;
    let ended = 0;
    for (; sorted[first]?.duration_ms === after_ms; first += 1)
      if (!sorted[first]?.censored) ended += 1;
    if (ended === 0) continue;
    share *= 1 - ended / at_risk;
    steps.push({ after_ms, share });
  }
  return steps;
}

/**
 * Whether the median is longer than `limit_ms`. Already known before the median: as soon as more
 * than half have waited longer. False when nothing has been observed for that long.
 */
export function medianExceeds(observations: readonly Observation[], limit_ms: number): boolean {
  if (!observations.some(({ duration_ms }) => duration_ms > limit_ms)) return false;
  const until = survivalFunction(observations).findLast(({ after_ms }) => after_ms <= limit_ms);
  return (until?.share ?? 1) > HALF;
}

/** Tolerates the rounding error of products of fractions. */
const HALF = 0.5 + 1e-9;

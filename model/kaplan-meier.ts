/**
 * How long something takes, when part of it has not happened yet. Leaving out what still waits
 * would call a sync quick exactly while it stalls; counting it at its age would call it quicker
 * than it is. Source: Kaplan, Meier, "Nonparametric Estimation from Incomplete Observations", JASA
 * 53(282), 1958.
 */

/** One observation: it took this long, or (censored) it has not happened after this long. */
export interface Observation {
  duration_ms: number;
  censored: boolean;
}

/**
 * The share that takes longer than `after_ms`: the survival function, falling from 1 at each
 * duration observed.
 */
export interface SurvivalStep {
  after_ms: number;
  share: number;
}

/**
 * The steps of the Kaplan–Meier estimate, shortest duration first. One censored at a duration was
 * still at risk at it.
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
 * The duration that half of them exceed; null when it is not known yet, because more than half
 * still wait.
 */
export function medianMs(observations: readonly Observation[]): number | null {
  return survivalFunction(observations).find(({ share }) => share <= HALF)?.after_ms ?? null;
}

/**
 * Whether the median is longer than `limit_ms`. Known before the median is: as soon as more than
 * half have waited longer than that. Where nobody has been observed for so long it is not.
 */
export function medianExceeds(observations: readonly Observation[], limit_ms: number): boolean {
  if (!observations.some(({ duration_ms }) => duration_ms > limit_ms)) return false;
  const until = survivalFunction(observations).findLast(({ after_ms }) => after_ms <= limit_ms);
  return (until?.share ?? 1) > HALF;
}

/** Products of fractions miss an exact half by a rounding error. */
const HALF = 0.5 + 1e-9;

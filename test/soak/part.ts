import type { Figure } from '../../bench/figure.ts';

/** One long test that can be run by name. */
export interface SoakPart {
  name: string;
  /** What it does, in a sentence. */
  about: string;
  /**
   * Throws when something must never happen and did; figures carry the bounds that machines can
   * miss.
   */
  run(seed: number): Promise<Figure[]>;
}

/** Makes figures that are counts of something in `n` tries. */
export function countOf(n: number) {
  return (what: string, value: number, budget: Figure['budget']): Figure => ({
    what,
    value,
    unit: '',
    n,
    budget,
  });
}

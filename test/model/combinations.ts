import type { State } from '../../model/vocabulary.ts';

/** Each state by a letter. */
export const LETTERS = {
  j: 'major_outage',
  p: 'partial_outage',
  m: 'under_maintenance',
  d: 'degraded_performance',
  u: 'unknown',
  o: 'operational',
} as const satisfies Record<string, State>;

const STATES = Object.values(LETTERS);

/** The states of up to so many functions in all ways there are. */
export function combinations(most: number): State[][] {
  const found: State[][] = [];
  let last: State[][] = [[]];
  for (let count = 1; count <= most; count += 1) {
    last = last.flatMap((states) => STATES.map((state) => [...states, state]));
    found.push(...last);
  }
  return found;
}

/** Which states there are among them, each once, in the order of the letters. */
export function lettersOf(states: readonly State[]): string {
  return Object.entries(LETTERS)
    .filter(([, state]) => states.includes(state))
    .map(([letter]) => letter)
    .join('');
}

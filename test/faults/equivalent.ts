import type { Fault } from './fault.ts';

/**
 * Faults that change nothing which anybody could see, each looked at by a person. A line is known
 * by its words, so that an entry ends with the line that it excuses.
 */
const EQUIVALENT: readonly { path: string; after: string; because: string }[] = [];

export function isEquivalent({ path, after }: Fault): boolean {
  return EQUIVALENT.some((it) => it.path === path && it.after === after);
}

/** Entries that no longer excuse anything. */
export function staleEntries(faults: readonly Fault[]): string[] {
  return EQUIVALENT.filter(
    ({ path, after }) => !faults.some((it) => it.path === path && it.after === after),
  ).map(({ path, after }) => `${path}: ${after}`);
}

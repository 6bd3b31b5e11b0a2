import { it } from 'vitest';
import { refusalOfStages } from './run-drills.ts';

const refusal = refusalOfStages();

/**
 * A test that drills. Where the machine refuses namespaces, as some containers do, nothing can be
 * drilled: it is skipped, and its title says so.
 */
export function drillTest(title: string, drill: () => Promise<void>, limit_ms: number): void {
  if (refusal === null) it.concurrent(title, drill, limit_ms);
  else it.skip(`NOT DRILLED, for want of namespaces (${refusal}): ${title}`, () => {});
}

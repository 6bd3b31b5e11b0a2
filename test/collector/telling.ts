import { START } from './configuration.ts';
import { ANY, event, post } from './posting.ts';
import type { World } from './world.ts';

/** So long after the start of the tests. */
export const isoAt = (ms: number) => new Date(START + ms).toISOString();

type Line = ReturnType<typeof event>;

/** An invoice that the shop accepted, and the event of when the bureau has it. */
export function arriving(accepted_ms: number, queryable_ms: number): [Line, Line] {
  const accepted = event({ issued: '20261101080000', at: isoAt(accepted_ms) });
  const queryable = { ...accepted, system: 'bureau', type: 'queryable', at: isoAt(queryable_ms) };
  return [accepted, { ...queryable, key: `${accepted.key}/q` }];
}

/** Posts for all systems. */
export function tellOf(world: World, events: readonly unknown[]) {
  return post(world, [...events], ANY);
}

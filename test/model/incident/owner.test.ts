import { expect, it } from 'vitest';
import type { KnownIncident } from '../../../model/incident/change.ts';
import { isToldBy, owningIncident } from '../../../model/judge/incident/owner.ts';
import type { State } from '../../../model/vocabulary.ts';
import { incident, incidentUpdate, T0 } from '../builders.ts';

/** One that tells of these states. */
function known(id: string, states: Record<string, State>): KnownIncident {
  const affected = Object.entries(states).map(([component, to]) => ({
    component,
    from: 'operational' as const,
    to,
  }));
  const components = Object.keys(states);
  return { incident: incident({ id, components }), updates: [incidentUpdate({ affected })] };
}

const FAILS = 'major_outage';
const WELL = 'operational';

// Oldest first; `query` is the one that fails now.
it.each<[string, Record<string, State>[], number | null]>([
  ['none where none is open', [], null],
  ['none where others were and are well', [{ login: WELL }], null],
  ['the one in which it still fails', [{ query: FAILS }, { login: FAILS }], 0],
  ['the one in which it is not known', [{ query: 'unknown' }, { login: FAILS }], 0],
  ['of two in which it still fails, the later', [{ query: FAILS }, { query: FAILS }], 1],
  ['of two in which others fail, the later', [{ login: FAILS }, { apply: FAILS }], 1],
  ['one in which another fails, before one it was in', [{ login: FAILS }, { query: WELL }], 0],
  ['of two that it was in, the later', [{ query: WELL }, { query: WELL }], 1],
])('of the open incidents, what fails is of %s', (_, states, owner) => {
  const open = states.map((it, n) => known(`${n}`, it));
  const found = owningIncident({ component: 'query' }, { open });
  expect(found?.incident.id ?? null).toBe(owner === null ? null : `${owner}`);
});

it.each([
  ['it was over when that began', T0 - 9, T0, false],
  ['it was still so when that began', T0 - 9, T0 + 1, true],
  ['it began before that was told to be over', T0 + 9, T0 + 20, true],
  ['it began when that was told to be over', T0 + 10, T0 + 20, false],
])('whether an incident tells of what is over by now: %s', (_, since, until, is_told) => {
  const told = incident({ components: ['query'], started_at: T0, monitoring_at: T0 + 10 });
  const over = { state: FAILS, since, until, notes: [], simulated: false } as const;
  expect(isToldBy(told, 'query', over)).toBe(is_told);
  expect(isToldBy(told, 'login', over)).toBe(false);
});

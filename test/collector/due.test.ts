import { expect, test } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import { emptySyncMemory } from '../../collector/state/sync-memory.ts';
import type { Counted } from '../../collector/upkeep/counted.ts';
import { createDueJourneys } from '../../collector/upkeep/due.ts';
import type { Journey } from '../../model/journey.ts';
import { DAY } from '../../model/time.ts';
import { journey } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';

const DUE: Omit<Counted, 'at'> = {
  check: 'bureau-sync',
  outcome: 'ok',
  slow: false,
  delay_ms: null,
  simulated: false,
};

/** Due journeys of a site in which these wait, and what is counted of them. */
function open(...waiting: Journey[]) {
  const counted: (readonly [what: string, at: number])[] = [];
  const keep = (what: string) => (due: Counted) =>
    void counted.push([`${what} ${due.outcome}`, due.at - START]);
  const memory = { ...emptySyncMemory(), waiting: new Map(waiting.map((it) => [it.id, it])) };
  const live = { syncs: new Map([['bureau.sync', memory]]), last_gaps: [] };
  const journeys = createDueJourneys({ site: siteOf(configuration()), live }, START, {
    add: keep('+'),
    addLate: keep('late'),
    takeBack: keep('-'),
  });
  return { journeys, counted };
}

const dueAt = (ms: number) =>
  journey(START - DAY + ms, { component: 'bureau.sync', check: 'bureau-sync' });

test('a journey that ended is counted once, when it is due, and at once if it was due', () => {
  const { journeys, counted } = open();
  for (const ms of [-1, 0, 1, 2])
    journeys.changed({ id: `due ${ms}`, state: 'arrived' }, { ...DUE, at: START + ms }, true);
  expect(counted).toEqual([['late ok', -1]]);
  journeys.count(START + 1);
  expect(counted.slice(1)).toEqual([['+ ok', 0]]);
  journeys.count(START + 3);
  expect(counted.slice(2)).toEqual([
    ['+ ok', 1],
    ['+ ok', 2],
  ]);
  journeys.count(START + 9);
  expect(counted).toHaveLength(4);
});

test('one that waits is counted once, when its promise has passed', () => {
  const { journeys, counted } = open(dueAt(0));
  journeys.count(START);
  expect(counted).toEqual([]);
  journeys.count(START + 1);
  expect(counted).toEqual([['+ timeout', 0]]);
  journeys.count(START + 2);
  expect(counted).toHaveLength(1);
  // What was counted since is void.
  journeys.setBack(START);
  journeys.count(START + 2);
  expect(counted).toHaveLength(2);
});

test('one that was due while it waited is counted again as what became of it', () => {
  const waiting = [-1, -2, -3, 0].map(dueAt);
  const { journeys, counted } = open(...waiting);
  const [in_time, withdrawn, lost, due_now] = waiting;
  if (!in_time || !withdrawn || !lost || !due_now) throw new Error('none waits');
  journeys.changed({ ...in_time, state: 'arrived' }, { ...DUE, at: START - 1 }, true);
  journeys.changed({ ...withdrawn, state: 'rejected' }, null, true);
  const late = { ...DUE, outcome: 'timeout' } as const;
  journeys.changed({ ...lost, state: 'lost' }, { ...late, at: START - 3 }, true);
  expect(counted).toEqual([
    ['- timeout', -1],
    ['late ok', -1],
    ['- timeout', -2],
  ]);
  // While rows are read, that of the journey is, too.
  journeys.count(START + 1);
  journeys.changed({ ...due_now, state: 'arrived' }, { ...DUE, at: START }, false);
  expect(counted.slice(3)).toEqual([['+ timeout', 0]]);
});

test('one that is told of when it was due already is counted then, and once', () => {
  const { journeys, counted } = open();
  const missing = { ...DUE, outcome: 'timeout', at: START - 1 } as const;
  journeys.changed(dueAt(-1), missing, true);
  journeys.changed(dueAt(-1), missing, true);
  expect(counted).toEqual([['late timeout', -1]]);
});

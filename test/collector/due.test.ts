import { expect, test } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import { emptySyncMemory } from '../../collector/state/sync-memory.ts';
import type { Counted } from '../../collector/upkeep/counted.ts';
import { createDueJourneys } from '../../collector/upkeep/due.ts';
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

test('a journey that ended is counted once, when it is due and that is not counted yet', () => {
  const counted: number[] = [];
  const live = { syncs: new Map(), last_gaps: [] };
  const journeys = createDueJourneys({ site: siteOf(configuration()), live }, START, ({ at }) =>
    counted.push(at),
  );
  for (const at of [START - 1, START, START + 1, START + 2])
    journeys.ended(`due ${at}`, { ...DUE, at });
  journeys.count(START + 1);
  expect(counted).toEqual([START]);
  journeys.count(START + 3);
  expect(counted).toEqual([START, START + 1, START + 2]);
  // Counted until then, and no longer waited for.
  journeys.ended('late', { ...DUE, at: START + 2 });
  journeys.count(START + 9);
  expect(counted).toHaveLength(3);
});

test('one that waits is counted once, when its promise has passed', () => {
  const counted: number[] = [];
  const waiting = journey(START - DAY, { component: 'bureau.sync', check: 'bureau-sync' });
  const memory = { ...emptySyncMemory(), waiting: new Map([[waiting.id, waiting]]) };
  const live = { syncs: new Map([['bureau.sync', memory]]), last_gaps: [] };
  const journeys = createDueJourneys({ site: siteOf(configuration()), live }, START, ({ at }) =>
    counted.push(at),
  );
  journeys.count(START);
  expect(counted).toEqual([]);
  journeys.count(START + 1);
  expect(counted).toEqual([START]);
  journeys.count(START + 2);
  expect(counted).toHaveLength(1);
  // What was counted since is void.
  journeys.setBack(START);
  journeys.count(START + 2);
  expect(counted).toEqual([START, START]);
});

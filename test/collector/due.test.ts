import { expect, test } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import type { Counted } from '../../collector/upkeep/counted.ts';
import { createDueJourneys } from '../../collector/upkeep/due.ts';
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

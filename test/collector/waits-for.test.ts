import { expect, test } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import { configuration } from './configuration.ts';
import { HTTP_503, resultsOf, startWorld, statusOf, stopTime, stopWorld } from './world.ts';

/** Both fail at once, for 4 minutes, and are well again. */
async function afterBothFail(depends_on: Record<string, string[]>) {
  stopTime();
  const world = await startWorld({ settings: { ...configuration(), depends_on } });
  await world.pass(2 * MINUTE);
  world.script.runs = { 'shop-upload': HTTP_503, 'bureau-query': HTTP_503 };
  await world.pass(4 * MINUTE);
  const upload = await statusOf(world, 'shop.upload');
  const query = await statusOf(world, 'bureau.query');
  world.script.runs = {};
  await world.pass(2 * MINUTE);
  const recovered = await statusOf(world, 'shop.upload');
  const incidents = await world.store.incidents({});
  const results = await resultsOf(world, 'shop-upload');
  await stopWorld(world);
  const outcomes = new Set(results.map(({ outcome }) => outcome));
  return { upload, query, recovered, outcomes, told: incidents.map(({ system }) => system) };
}

test('what depends on a function that fails is unknown, says why, and is no incident', async () => {
  const { upload, query, recovered, outcomes, told } = await afterBothFail({
    'shop.upload': ['bureau.query'],
  });
  expect(query).toMatchObject({ state: 'major_outage' });
  expect(upload).toMatchObject({
    state: 'unknown',
    notes: [
      {
        code: 'not_judged',
        outcome: 'prerequisite',
        reason: 'waits_for_query',
        waits_for: 'bureau.query',
      },
    ],
    last: { outcome: 'prerequisite', is_judged: false },
  });
  expect(recovered).toMatchObject({ state: 'operational' });
  expect(outcomes).toEqual(new Set(['ok', 'prerequisite']));
  expect(told).toEqual(['bureau']);
});

test('what is not declared fails by itself', async () => {
  const { upload, outcomes, told } = await afterBothFail({});
  expect(upload).toMatchObject({ state: 'major_outage' });
  expect(outcomes).toEqual(new Set(['ok', 'system']));
  expect(told.toSorted()).toEqual(['bureau', 'shop']);
});

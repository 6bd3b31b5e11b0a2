import { expect, test } from 'vitest';
import { START } from './configuration.ts';
import { startFunctions } from './functions.ts';
import { FAILED, query } from './judged-site.ts';
import { at, QUERY, startTwoChecks } from './two-checks.ts';

/** One state for two reasons, one after the other. Times are seconds since the start. */

const SAYS_MAINTENANCE = {
  outcome: 'maintenance',
  reason: 'says_maintenance',
  detail: null,
} as const;

async function rowsOf(store: Awaited<ReturnType<typeof startFunctions>>['store']) {
  const all = await store.transitions(START, Number.MAX_SAFE_INTEGER);
  return all
    .filter(({ component }) => component === 'bureau.query')
    .map(({ to, since }) => `${(since - START) / 1_000} ${to}`);
}

test('what says maintenance and then fails plainly is told as both', async () => {
  const { store, measure, restart, incidents, live } = await startFunctions(['query']);
  await measure(0, 120, {});
  await measure(120, 190, { query: SAYS_MAINTENANCE });
  const alert = () => [...live().open_alerts.values()].at(0)?.notes;
  expect(alert()).toMatchObject([{ reason: 'says_maintenance' }]);
  await measure(190, 300, { query: FAILED });
  expect(alert()).toMatchObject([{ reason: 'http_status' }]);
  expect(await incidents()).toMatchObject([{ title: 'bureau：查询中断' }]);
  // A collector that starts anew learns the same of the results.
  await restart(300, 310, ['query']);
  await measure(310, 1_390, { query: FAILED });
  await measure(1_390, 1_800, {});
  expect(await rowsOf(store)).toEqual([
    '0 operational',
    '120 major_outage',
    '190 major_outage',
    '1390 operational',
  ]);
  const [incident] = await incidents();
  expect(incident?.title).toBe('bureau：查询曾中断');
  expect(incident?.updates).toEqual([
    '130 opened told, query: operational to major_outage',
    // It has held for a minute.
    '250 worse told, query: major_outage to major_outage',
    '1450 recovered, query: major_outage to operational',
    '1690 resolved told',
  ]);
});

test('a reason that comes and goes is told to nobody', async () => {
  const { measure, incidents, live } = await startFunctions(['query']);
  await measure(0, 120, {});
  for (let s = 120; s < 600; s += 40) {
    await measure(s, s + 20, { query: SAYS_MAINTENANCE });
    await measure(s + 20, s + 40, { query: FAILED });
  }
  const [alert] = live().open_alerts.values();
  expect(alert?.notes).toMatchObject([{ reason: 'says_maintenance' }]);
  const [incident] = await incidents();
  expect(incident?.updates).toEqual(['130 opened told, query: operational to major_outage']);
});

test('a result that is known late makes no further rows of it', async () => {
  const { store, measure, handOver } = await startTwoChecks();
  await measure(0, 120, {}, {});
  await measure(120, 240, SAYS_MAINTENANCE, SAYS_MAINTENANCE);
  await measure(240, 270, null, FAILED);
  await handOver(269, [query(at(240), FAILED)]);
  await measure(270, 360, FAILED, FAILED);
  const rows = await store.transitions(START, Number.MAX_SAFE_INTEGER);
  const known = rows.filter(({ component, since }) => component === QUERY && since >= at(120));
  expect(known.map(({ to, since }) => [to, (since - START) / 1_000])).toEqual([
    // The first check was the first that failed.
    ['partial_outage', 120],
    ['major_outage', 120],
    ['major_outage', 240],
  ]);
});

import { beforeEach, expect, test } from 'vitest';
import type { DayView } from '../../model/overview.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { createOverviewBuilder } from '../../status-page/overview/overview.ts';
import type { Recording } from '../../store/record.ts';
import { aCompletedMaintenance } from './maintenances.ts';
import { ask } from './request.ts';
import {
  aTransition,
  fakeClock,
  NOW,
  openSite,
  RUNS_A_DAY,
  type Site,
  seedHistory,
  startPage,
} from './site.ts';

const QUERY = 'beijing.query';
const CHECK = 'beijing-query';

let site: Site;
let build: ReturnType<typeof createOverviewBuilder>;

beforeEach(async () => {
  site = await openSite();
  await seedHistory(site);
  build = createOverviewBuilder(site);
  await build(NOW);
  return () => site.close();
});

/** The query's day, as published `later_ms` after what is recorded now. */
async function dayAfter(recording: Recording, day: string, later_ms = SECOND): Promise<DayView> {
  await site.store.record(recording);
  const { systems } = await build(NOW + later_ms);
  const found = systems
    .flatMap((it) => it.components)
    .find((it) => it.id === QUERY)
    ?.history.days.find((it) => it.day === day);
  if (!found) throw new Error(`There is no ${day}`);
  return found;
}

const STATE = { kind: 'state', ref: QUERY, at: NOW } as const;
const DOWN_AT = NOW - 10 * DAY;
const LATE_OUTAGE = [
  aTransition(QUERY, 'operational', 'major_outage', DOWN_AT),
  aTransition(QUERY, 'major_outage', 'operational', DOWN_AT + 20 * MINUTE),
];

test('an outage of an earlier day that was recorded late is in that day at once', async () => {
  const day = await dayAfter({ transitions: LATE_OUTAGE, changes: [STATE] }, '2026-11-11');
  expect(day).toMatchObject({ state: 'major_outage', availability: { down_ms: 20 * MINUTE } });
});

test('a correction does not wait for one that was seen before it', async () => {
  const [down, well] = LATE_OUTAGE.map((it) => ({ transitions: [it], changes: [STATE] }));
  await dayAfter(down ?? {}, '2026-11-11');
  const day = await dayAfter(well ?? {}, '2026-11-11');
  expect(day.availability.down_ms).toBe(20 * MINUTE);
});

test('measurements of an earlier day that came late are counted in it at once', async () => {
  const from = Date.parse('2026-11-11T00:00:00+08:00');
  const [rollup] = await site.store.rollups('day', from, from + 1);
  if (!rollup) throw new Error('There is no roll-up');
  const more = { ...rollup, check: CHECK, n: RUNS_A_DAY + 7, outcomes: { ok: RUNS_A_DAY + 7 } };
  const day = await dayAfter(
    {
      rollups: { grain: 'day', rollups: [more] },
      changes: [{ kind: 'history', ref: 'day', at: NOW }],
    },
    '2026-11-11',
  );
  expect(day.n).toBe(RUNS_A_DAY + 7);
});

test('maintenance of earlier days excuses what it covers at once', async () => {
  const down = [
    aTransition(QUERY, 'operational', 'major_outage', NOW - 9 * DAY),
    aTransition(QUERY, 'major_outage', 'operational', NOW - 9 * DAY + HOUR),
  ];
  const before = await dayAfter({ transitions: down, changes: [STATE] }, '2026-11-12');
  expect(before.availability.down_ms).toBe(HOUR);
  const maintenance = aCompletedMaintenance({ components: [QUERY], published_at: NOW - 20 * DAY });
  const day = await dayAfter(
    {
      maintenances: [{ maintenance, expected_updated_at: null }],
      changes: [{ kind: 'maintenance', ref: maintenance.id, at: NOW }],
    },
    '2026-11-12',
  );
  expect(day.availability).toMatchObject({ down_ms: 0, excluded_ms: HOUR });
});

test('an incident that began earlier than was told begins there in every place', async () => {
  const told_at = NOW - 19 * DAY - 3 * HOUR;
  const began_at = told_at - 10 * MINUTE;
  await site.store.record({
    transitions: [
      aTransition('beijing.download', 'operational', 'major_outage', began_at),
      aTransition('beijing.download', 'major_outage', 'operational', told_at + 2 * HOUR),
    ],
    changes: [{ kind: 'state', ref: 'beijing.download', at: NOW }],
  });
  const page = await startPage({ site, clock: fakeClock(NOW + SECOND) });
  const text = async (path: string) => (await ask(page.url + path)).text;
  const [front, incident, feed] = await Promise.all(
    ['/zh-CN/', '/zh-CN/incidents/old000000001', '/history.atom'].map(text),
  );
  const { incidents } = JSON.parse(await text('/api/v2/incidents.json'));
  await page.stop();
  const began = new Date(began_at).toISOString();
  const row = front?.split('<li').find((it) => it.includes('/incidents/old000000001'));
  expect(row).toContain(`<time datetime="${began}">`);
  expect(incident).toContain(`<time datetime="${began}">`);
  expect(incidents).toMatchObject([{ id: 'old000000001', started_at: began }]);
  const told = new Date(told_at).toISOString();
  for (const place of [row, incident, feed]) expect(place).not.toContain(told);
});

test('an incident that is over is as long as its corrected ledger at once', async () => {
  const lengthOf = async () =>
    (await build(NOW + SECOND)).recent_incidents.find(({ id }) => id === 'old000000001')?.bad_time;
  expect(await lengthOf()).toMatchObject({ bad_ms: 2 * HOUR });
  const begun = NOW - 19 * DAY - 3 * HOUR;
  await site.store.record({
    transitions: [
      aTransition('beijing.download', 'operational', 'operational', begun + HOUR),
      aTransition('beijing.download', 'operational', 'operational', begun + 2 * HOUR),
    ],
    changes: [{ kind: 'state', ref: 'beijing.download', at: NOW }],
  });
  expect(await lengthOf()).toMatchObject({ bad_ms: HOUR });
});

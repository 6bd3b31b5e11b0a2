import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import { availability } from '../../model/figures.ts';
import { spansOf } from '../../model/ledger.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { daysOf } from '../../model/zone.ts';
import { loadPayload } from '../../notify/payload.ts';
import { loadConfiguration } from '../../platform/config/load.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { loadBadTimes } from '../../status-page/overview/bad-times.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store, StoreReader } from '../../store/store.ts';
import { temporaryPath } from '../store/temporary.ts';
import { HTTP_503, startWorld, stopTime, stopWorld } from './world.ts';

/**
 * The database that the demo of version 0.1.0 left when it was stopped during an outage: it opens,
 * and measuring goes on where it was, with nothing forgotten and nothing made up.
 */
const LEFT = new URL('../store/fixtures/demo-0.1.0.sql', import.meta.url);
const HEARTBEAT = 1_795_709_338_133;
const RESTART = HEARTBEAT + 2 * MINUTE;
const ZONE = 'Asia/Shanghai';

const OPEN_INCIDENT = 'pkzcx89os8k0';
const ENDED_INCIDENT = 'vfa6k3pxu5h0';
const OPEN_ALERT = 'vo9h3nkyy8oj';
const SUBSCRIBERS = ['rqnpz9g2pwtv', 'oc58luosthjh', 'jhneyhjx7vnb'];
const MAINTENANCES = ['h3yrnrp2vhhr', 'sba9jjp1btsi', 'ier2z26fm2se'];

/** The file as 0.1.0 left it. */
function rebuilt(): string {
  const path = temporaryPath();
  const handle = new Database(path);
  handle.exec(readFileSync(LEFT, 'utf8'));
  handle.close();
  return path;
}

async function reopened(path = rebuilt()): Promise<Store> {
  const store = await openStore({ path });
  onTestFinished(() => store.close());
  return store;
}

function demo(): Configuration {
  return loadConfiguration({ argv: [], env: {}, drivers: SYSTEMS });
}

/** Down time in ms of each earlier day that had some, by component. */
async function downDays(reader: StoreReader): Promise<Record<string, Record<string, number>>> {
  const days = daysOf({ zone: ZONE, now: HEARTBEAT, count: 90 }).slice(0, -1);
  const from = days[0]?.from ?? 0;
  const transitions = await reader.transitions(from, HEARTBEAT);
  const excluded = await reader.excludedTimes(from, HEARTBEAT);
  const components = await reader.components();
  return Object.fromEntries(
    components.map(({ component }) => {
      const own = excluded.filter((it) => it.components.includes(component));
      const down = days.flatMap(({ day, ...span }) => {
        const { down_ms } = availability(spansOf({ transitions, component, ...span }), own);
        return down_ms > 0 ? [[day, down_ms] as const] : [];
      });
      return [component, Object.fromEntries(down)];
    }),
  );
}

/** Everything that must be the same before and after, whatever is measured meanwhile. */
async function kept(reader: StoreReader) {
  const today = daysOf({ zone: ZONE, now: HEARTBEAT, count: 1 })[0]?.from ?? 0;
  return {
    subscribers: await Promise.all(SUBSCRIBERS.map((id) => reader.subscriber(id))),
    maintenances: await Promise.all(MAINTENANCES.map((id) => reader.maintenance(id))),
    ended: await reader.incident(ENDED_INCIDENT),
    days: plain(await reader.rollups('day', 0, today)),
    transitions: await reader.transitions(0, HEARTBEAT),
    down: await downDays(reader),
    pending: await reader.pendingDeliveries(),
    token: await reader.adminTokenId(),
  };
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

/**
 * Of what it recorded, what is down by the rules of today: neither a partial outage, nor the
 * maintenance of which it did not keep what was measured.
 */
const DOWN_DAYS = {
  'beijing.download': {
    '2026-09-17': 2_881_252,
    '2026-09-18': 2_818_748,
    '2026-09-30': 11_400_000,
  },
  'beijing.query': { '2026-09-17': 2_881_252, '2026-09-18': 2_818_748, '2026-11-21': 1_200_000 },
  'beijing.sync': {},
  'erp.reach': {},
  'erp.sync': {},
  'inv-veri.reach': {},
  'pinduoduo.upload': { '2026-09-05': 2_400_000, '2026-11-14': 1_500_000 },
};

test('it opens: everything is there, and what it did not keep yet is filled in', async () => {
  const store = await reopened();
  expect(await store.integrityProblems()).toEqual([]);
  const { heartbeat_at, alerts, waiting } = await store.resume();
  const incidents = await store.incidents({ unresolved: true });
  expect(heartbeat_at).toBe(HEARTBEAT);
  expect(incidents.map(({ id, status }) => [id, status])).toEqual([
    [OPEN_INCIDENT, 'investigating'],
  ]);
  expect(alerts.map(({ id, subject }) => [id, subject])).toEqual([[OPEN_ALERT, 'inv-veri.reach']]);
  expect(waiting).toHaveLength(7);
  expect(waiting.every(({ number }) => number !== null)).toBe(true);
  expect((await store.alerts({ limit: 10 })).map(({ kind, incident }) => [kind, incident])).toEqual(
    expect.arrayContaining([
      ['state', OPEN_INCIDENT],
      ['state', ENDED_INCIDENT],
      ['stale', null],
    ]),
  );
  const { subscribers, maintenances, down, pending } = await kept(store);
  expect(subscribers).toMatchObject([
    { address: 'reader@example.com', status: 'active', locale: 'en', systems: null },
    { address: 'pending@example.com', status: 'pending', systems: ['beijing', 'inv-veri'] },
    { channel: 'webhook', status: 'active', secret: expect.stringMatching(/^whsec_/) },
  ]);
  expect(maintenances.map((it) => it?.status)).toEqual(['scheduled', 'draft', 'completed']);
  expect(maintenances[2]?.updates.map(({ code }) => code)).toEqual([
    'announced',
    'started',
    'ended',
    'completed',
  ]);
  expect(down).toEqual(DOWN_DAYS);
  expect(pending).toMatchObject([{ channel: 'webhook', count: 12 }]);
  expect(await store.ensureAdminToken()).toBeNull();
});

/**
 * From the transitions that it left, by hand: 0.1.0 told lengths until it had noticed, of the last
 * one 111,511 ms.
 */
const LENGTHS_MS = {
  xnkurkex31u7: 2_400_000,
  ubpefllyex7k: 5_700_000,
  zcmlp9gvpipz: 11_400_000,
  fbz18c0kxe5w: 3_300_000,
  f3rin3nxjsbx: 21_600_000,
  jvnqh4hx468c: 1_500_000,
  '7wt5odmdmolw': 1_200_000,
  '8gm0hu85btyb': 2_100_000,
  [ENDED_INCIDENT]: 96_122,
};

test('its incidents and alerts are as long as their states lasted', async () => {
  const store = await reopened();
  const incidents = await store.incidents({});
  const lengths = await loadBadTimes(store, incidents, HEARTBEAT);
  const of_checks = incidents.filter(({ id }) => id in LENGTHS_MS);
  expect(
    Object.fromEntries(of_checks.map(({ id }) => [id, lengths.get(id)?.bad_time?.bad_ms])),
  ).toEqual(LENGTHS_MS);
  const { ended, notice } = await endedAlert(store);
  const payload = await loadPayload(store, notice, HEARTBEAT);
  if (payload?.subject !== 'alert') throw new Error(`${ended.id} is gone`);
  expect(payload.bad_time?.bad_ms).toBe(LENGTHS_MS[ENDED_INCIDENT]);
  expect(payload.alert).toMatchObject({ since: 1_795_709_083_332, subject: 'beijing.download' });
});

async function endedAlert(store: Store) {
  const ended = (await store.alerts({ limit: 10 })).find(
    ({ incident }) => incident === ENDED_INCIDENT,
  );
  if (!ended) throw new Error('no alert of the incident that is over');
  const notice = { id: 'n', kind: 'alert_resolved', ref: ended.id, update: null } as const;
  return { ended, notice: { ...notice, created_at: HEARTBEAT } };
}

test('it goes on: a gap, nothing green in it; the outage ends when measured well', async () => {
  stopTime(RESTART);
  const path = rebuilt();
  const before = await reopened(path);
  const left = await kept(before);
  const { waiting } = await before.resume();
  const counted_before = await today(before);
  const script = {
    runs: { 'inv-veri-reach': HTTP_503 },
    finding: 'failed',
    shows_after_ms: 0,
  } as const;
  const world = await startWorld({ path, settings: demo(), script: { ...script } });
  const { store } = world;

  // From the last heartbeat on nobody knew, and each state holds only as long as it was said to.
  expect(await store.gaps(HEARTBEAT, RESTART)).toEqual([
    { from: HEARTBEAT, to: RESTART, cause: 'restart' },
  ]);
  const unknown = (await store.transitions(HEARTBEAT, RESTART)).filter(
    ({ recorded_at }) => recorded_at === RESTART,
  );
  expect(unknown.map(({ component }) => component).sort()).toEqual(Object.keys(DOWN_DAYS));
  for (const { to, cause, since } of unknown) {
    expect([to, cause]).toEqual(['unknown', 'gap']);
    expect(since).toBeGreaterThan(HEARTBEAT);
    expect(since).toBeLessThan(HEARTBEAT + 40 * SECOND);
  }

  // The verification platform still does not answer: the same incident and the same alert go on.
  await world.pass(MINUTE);
  expect(await openOf(store)).toEqual({ incidents: [OPEN_INCIDENT], alerts: [OPEN_ALERT] });
  expect((await store.incident(OPEN_INCIDENT))?.status).toBe('investigating');
  const same = await store.journeys({ state: 'waiting', limit: 100 });
  expect(same.map(({ id, number, accepted_at }) => [id, number, accepted_at])).toEqual(
    waiting.map(({ id, number, accepted_at }) => [id, number, accepted_at]),
  );
  expect(same.every(({ looks }, n) => looks > (waiting[n]?.looks ?? 0))).toBe(true);

  // It answers again, and what was waited for arrives.
  world.script.runs = {};
  world.script.finding = 'found';
  await world.pass(MINUTE);
  expect(await openOf(store)).toEqual({ incidents: [], alerts: [] });
  const { updates, resolved_at } = (await store.incident(OPEN_INCIDENT)) ?? {};
  const codes = ['opened', 'unclear', 'known', 'recovered', 'resolved'];
  expect(updates?.map(({ code }) => code)).toEqual(codes);
  expect(resolved_at).toBeGreaterThan(RESTART + MINUTE);
  expect(await store.journeys({ state: 'waiting', limit: 100 })).toEqual([]);
  expect((await store.components()).map(({ state }) => state)).toEqual(
    Array(7).fill('operational'),
  );

  // Nobody was alerted of our own downtime.
  expect(await store.alerts({ limit: 10 })).toHaveLength(3);

  expect(await kept(store)).toEqual(left);
  expect(await store.integrityProblems()).toEqual([]);
  const counted = await today(store);
  // Invoices that arrived today are due tomorrow; 0.1.0 counted them when they arrived.
  const measured = [...counted_before].filter(([check]) => !check.endsWith('-sync'));
  expect(measured.length).toBeGreaterThan(3);
  for (const [check, n] of measured) expect(counted.get(check)).toBeGreaterThan(n);
  await stopWorld(world);
});

/** By hand, of the rows that it left: until when each state was valid, after the last heartbeat. */
const VALID_FOR_MS = {
  'beijing.download': 29_321,
  'beijing.query': 35_485,
  'beijing.sync': 8_927,
  'erp.reach': 27_874,
  'erp.sync': 7_965,
  'inv-veri.reach': 32_458,
  'pinduoduo.upload': 16_047,
};

test.each([
  ['2 minutes', 2 * MINUTE],
  ['33 hours', 33 * HOUR],
  ['10 days', 10 * DAY],
])('started %s later: each state ended where it ran out', async (_, after_ms) => {
  const restart = HEARTBEAT + after_ms;
  const script = { runs: {}, finding: 'failed', shows_after_ms: 0 } as const;
  stopTime(restart);
  const world = await startWorld({ path: rebuilt(), settings: demo(), script });
  const { store } = world;
  await world.pass(SECOND);
  const ended = (await store.transitions(HEARTBEAT, restart)).filter(
    ({ recorded_at }) => recorded_at >= restart,
  );
  expect(ended.every(({ to, cause }) => to === 'unknown' && cause === 'gap')).toBe(true);
  expect(Object.fromEntries(ended.map((it) => [it.component, it.since - HEARTBEAT]))).toEqual(
    VALID_FOR_MS,
  );
  const incidents = await store.incidents({ unresolved: true, limit: 10 });
  const length = (await loadBadTimes(store, incidents, restart)).get(OPEN_INCIDENT);
  expect(length?.bad_time).toMatchObject({ end: 'not_seen', bad_ms: 143_000 });
  await stopWorld(world);
});

/** How many were counted today, by check. */
async function today(reader: StoreReader): Promise<Map<string, number>> {
  const [day] = daysOf({ zone: ZONE, now: HEARTBEAT, count: 1 });
  const counts = await reader.rollupCounts('day', day?.from ?? 0, day?.to ?? 0);
  return new Map(counts.map(({ check, n }) => [check, n]));
}

async function openOf(store: StoreReader) {
  const incidents = await store.incidents({ unresolved: true, limit: 10 });
  const alerts = await store.alerts({ open: true, limit: 10 });
  return { incidents: incidents.map(({ id }) => id), alerts: alerts.map(({ id }) => id) };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedHistory } from '../../demo/history/seed.ts';
import { availability } from '../../model/figures.ts';
import { spansOf } from '../../model/ledger.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { quiet } from '../platform/quiet.ts';
import { configuration, START } from './configuration.ts';

/** Stands still, so that history ends at a known instant. */
const clock = { now: () => START, monotonic: () => 0 };

const folder = mkdtempSync(join(tmpdir(), 'piaokuang-history-'));

/** Making up 90 days takes seconds, so the tests read one database. */
let store: Store;

async function seeded(name: string): Promise<Store> {
  const fresh = await openStore({ path: join(folder, name) });
  const demo = { ...configuration(), demo: true };
  await seedHistory({ store: fresh, configuration: demo, clock, log: quiet });
  return fresh;
}

beforeAll(async () => {
  store = await seeded('one.db');
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an empty demo gets 90 days of history that end where measuring begins', async () => {
  expect(await store.integrityProblems()).toEqual([]);
  const transitions = await store.transitions(0, START);
  expect(transitions.every((it) => it.simulated)).toBe(true);
  const components = await store.components();
  expect(components.map((it) => it.component).sort()).toEqual([
    'bureau.query',
    'bureau.sync',
    'shop.upload',
  ]);
  for (const { component, state, since, measured_at, valid_until } of components) {
    expect(state).toBe('operational');
    expect(since).toBeLessThan(START - DAY);
    expect(measured_at).toBeGreaterThan(START - 10 * SECOND);
    expect(measured_at).toBeLessThanOrEqual(START);
    expect(valid_until).toBe(START + MINUTE);
    const spans = spansOf({ transitions, component, from: START - 90 * DAY, to: START });
    const { up_ms, valid_ms, down_ms, partial_ms } = availability(spans, []);
    expect(valid_ms).toBeGreaterThan(89 * DAY);
    expect(down_ms + partial_ms).toBeGreaterThan(10 * MINUTE);
    expect(up_ms / valid_ms).toBeGreaterThan(0.995);
  }
  const days = await store.rollups('day', 0, START * 2);
  for (const check of ['shop-upload', 'bureau-query', 'bureau-sync']) {
    const mine = days.filter((it) => it.check === check);
    expect(mine).toHaveLength(90);
    expect(mine.every((it) => it.simulated)).toBe(true);
    // Of the invoices of the first day none was due on it.
    const whole = mine.slice(check === 'bureau-sync' ? 1 : 0, -1);
    expect(whole.every((it) => it.n >= 250 && it.n <= 300)).toBe(true);
  }
});

test('its incidents are resolved, told in order, and nobody gets a notice', async () => {
  const incidents = await store.incidents({ limit: 100 });
  expect(incidents.length).toBeGreaterThanOrEqual(5);
  for (const { status, simulated, updates, started_at, resolved_at } of incidents) {
    expect(status).toBe('resolved');
    expect(simulated).toBe(true);
    expect(updates[0]?.code).toBe('opened');
    expect(updates.at(-1)?.code).toBe('resolved');
    expect(resolved_at).toBeGreaterThan(started_at);
    expect(resolved_at).toBeLessThan(START - DAY);
    const times = updates.map((it) => it.created_at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  }
  const operators = [{ id: 'operators', channel: 'log' }];
  expect(await store.fanOut({ now: START, limit: 100, operators })).toBe(false);
});

test('the last two days are raw rows, and today counted again is the same roll-up', async () => {
  const day = (await store.rollups('day', START - DAY, START)).find(
    (it) => it.check === 'bureau-query',
  );
  const raw = await store.results({
    check: 'bureau-query',
    from: day?.from ?? 0,
    to: START,
    limit: 10_000,
  });
  expect(day?.n).toBe(raw.length);
  expect(raw.every((it) => it.simulated)).toBe(true);
  const two_days = await store.results({
    check: 'bureau-query',
    from: START - 49 * HOUR,
    to: START,
    limit: 10_000,
  });
  expect(two_days.length).toBe(49 * 12);
});

test('it is the same for everybody on the same day, and never written twice', async () => {
  const other = await seeded('other.db');
  expect(await other.transitions(0, START)).toEqual(await store.transitions(0, START));
  expect(await other.rollups('day', 0, START)).toEqual(await store.rollups('day', 0, START));
  const seq = await store.changeSeq();
  await seedHistory({ store, configuration: configuration(), clock, log: quiet });
  expect(await store.changeSeq()).toBe(seq);
  await other.close();
});

import { expect, test } from 'vitest';
import type { Check } from '../../model/configuration.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { configuration } from './configuration.ts';
import {
  HTTP_503,
  resultsOf,
  startWorld,
  statusOf,
  stopTime,
  stopWorld,
  transitionsOf,
} from './world.ts';

test('everything is measured at its slots from the start on', async () => {
  stopTime();
  const world = await startWorld();
  expect((await statusOf(world, 'bureau.query')).state).toBe('unknown');
  await world.pass(16 * SECOND);
  expect((await statusOf(world, 'bureau.query')).state).toBe('operational');
  expect((await statusOf(world, 'shop.upload')).state).toBe('operational');
  await world.pass(5 * MINUTE);
  const slots = (await resultsOf(world, 'bureau-query')).map((it) => it.slot_at);
  const regular = slots.slice(1).map((at, i) => at - (slots[i] ?? 0));
  expect(regular.slice(1).every((distance) => distance === 15 * SECOND)).toBe(true);
  expect(slots.length).toBeGreaterThanOrEqual(20);
  // A result speaks until the second next slot, plus the deadline.
  const query = await statusOf(world, 'bureau.query');
  expect(query?.valid_until).toBe((slots.at(-1) ?? 0) + 2 * 15 * SECOND + 8 * SECOND);
  expect(await world.store.integrityProblems()).toEqual([]);
  await stopWorld(world);
});

test('a fault is an incident after a confirming slot, over after two good results', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(2 * MINUTE);
  world.script.runs['bureau-query'] = HTTP_503;
  const injected_at = Date.now();
  await world.pass(15 * SECOND + 10 * SECOND + 8 * SECOND);
  const [opened] = await world.store.incidents({ limit: 10 });
  const failing = (await resultsOf(world, 'bureau-query')).filter((it) => it.outcome !== 'ok');
  expect(failing[1]).toMatchObject({
    confirming: true,
    slot_at: (failing[0]?.slot_at ?? 0) + 10 * SECOND,
  });
  expect(opened).toMatchObject({ system: 'bureau', status: 'investigating', impact: 'critical' });
  const [down] = (await transitionsOf(world, 'bureau.query')).slice(-1);
  expect(down).toMatchObject({
    to: 'major_outage',
    since: failing[0]?.slot_at,
    cause_ref: `bureau-query@${failing[1]?.slot_at}`,
  });
  // The budget: interval + max(10 s, deadline) + deadline.
  expect((down?.recorded_at ?? 0) - injected_at).toBeLessThanOrEqual(33 * SECOND);

  delete world.script.runs['bureau-query'];
  await world.pass(MINUTE);
  const [closed] = await world.store.incidents({ limit: 10 });
  expect(closed?.updates.map((it) => it.code)).toEqual(['opened', 'recovered', 'resolved']);
  expect(await world.store.integrityProblems()).toEqual([]);
  await stopWorld(world);
});

test('no confirming slot where a regular one comes first, none once the check fails', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(30 * SECOND);
  world.script.runs['shop-upload'] = HTTP_503;
  await world.pass(2 * MINUTE);
  const bad = (await resultsOf(world, 'shop-upload')).filter((it) => it.outcome !== 'ok');
  expect(bad.length).toBeGreaterThan(5);
  expect(bad.every((it) => !it.confirming)).toBe(true);
  await stopWorld(world);
});

test('a slot that finds its predecessor hanging is a timeout', async () => {
  stopTime();
  const settings = configuration();
  const checks = settings.checks.map((check) => ({ ...check, deadline_ms: 9.5 * SECOND }));
  const world = await startWorld({ settings: { ...settings, checks } });
  await world.pass(MINUTE);
  world.script.runs['shop-upload'] = { duration_ms: 10.4 * SECOND };
  await world.pass(35 * SECOND);
  const overlaps = (await resultsOf(world, 'shop-upload')).filter((it) => it.reason === 'overlap');
  expect(overlaps[0]).toMatchObject({ outcome: 'timeout', duration_ms: 0 });
  await stopWorld(world);
});

test('a confirming run, slow but in time, is no overlap for the slot after it', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(MINUTE);
  world.script.runs['bureau-query'] = HTTP_503;
  const bad = async () =>
    (await resultsOf(world, 'bureau-query')).filter((it) => it.outcome !== 'ok');
  while ((await bad()).length === 0) await world.pass(SECOND);
  world.script.runs['bureau-query'] = { duration_ms: 7 * SECOND };
  await world.pass(MINUTE);
  const confirmed = (await resultsOf(world, 'bureau-query')).find((it) => it.confirming);
  expect(confirmed).toMatchObject({ outcome: 'ok', duration_ms: 7 * SECOND });
  expect(await bad()).toHaveLength(1);
  expect(await world.store.incidents({ limit: 9 })).toEqual([]);
  await stopWorld(world);
});

test('a download that is still being judged at the next slot has not hung', async () => {
  stopTime();
  const settings = configuration();
  const [upload] = settings.checks;
  if (!upload) throw new Error('no check');
  const download = { ...upload, id: 'bureau-download', system: 'bureau', function: 'download' };
  const checks = [...settings.checks, { ...download, options: { format: 'pdf' } }] as Check[];
  const world = await startWorld({ settings: { ...settings, checks } });
  // Deadline 5 s, every 10 s: the answer took 4.9 s and judging the file nearly 10 s.
  world.script.runs['bureau-download'] = { duration_ms: 14_800 };
  await world.pass(MINUTE);
  const results = await resultsOf(world, 'bureau-download');
  expect(results.length).toBeGreaterThan(3);
  expect(results.map((it) => it.outcome)).toEqual(results.map(() => 'ok'));
  const text = await world.telemetry.text();
  const labels = 'system="bureau",check="bureau-download",line="local",format="pdf"';
  expect(text).toContain(
    `fapiao_download_integrity_total{${labels},result="corrupt",checked="bytes"} 0`,
  );
  await stopWorld(world);
});

test('what stops being measured expires, since the first slot that was not judged', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(MINUTE);
  world.script.runs['bureau-query'] = { outcome: 'throttled', reason: 'http_status' };
  const before = await statusOf(world, 'bureau.query');
  const judged = (await resultsOf(world, 'bureau-query')).at(-1);
  await world.pass(90 * SECOND);
  const [last] = (await transitionsOf(world, 'bureau.query')).slice(-1);
  expect(last).toMatchObject({ to: 'unknown', cause: 'expired' });
  expect(last?.since).toBe((judged?.slot_at ?? 0) + 15 * SECOND);
  expect((last?.recorded_at ?? 0) - (before?.valid_until ?? 0)).toBeLessThanOrEqual(1_001);
  await stopWorld(world);
});

test('what is scraped names every function from the start and tells the last result', async () => {
  stopTime();
  const world = await startWorld();
  expect(await world.telemetry.text()).toContain(
    'fapiao_function_state{system="bureau",function="sync"} 0',
  );
  world.script.runs['bureau-query'] = HTTP_503;
  await world.pass(16 * SECOND);
  const text = await world.telemetry.text();
  const labels = 'system="bureau",function="query",check="bureau-query",line="local"';
  expect(text).toContain(`probe_success{${labels}} 0`);
  expect(text).toContain(`probe_duration_seconds{${labels}} 0.2`);
  expect(text).toContain(`probe_http_status_code{${labels}} 503`);
  expect(text).toContain(`fapiao_check_total{${labels},outcome="system"} 1`);
  expect(text).toContain('fapiao_function_state{system="shop",function="upload"} 1');
  // A run that was spoilt here counts, but is no measurement.
  world.script.runs['bureau-query'] = { outcome: 'self', reason: 'worker_died' };
  await world.pass(20 * SECOND);
  const spoilt = await world.telemetry.text();
  expect(spoilt).toMatch(new RegExp(`fapiao_check_total\\{${labels},outcome="self"\\} [1-9]`));
  expect(spoilt).toContain(`probe_http_status_code{${labels}} 503`);
  expect(text).toContain('fapiao_invoice_pending{system="bureau",stage="queryable"} 1');
  await stopWorld(world);
});

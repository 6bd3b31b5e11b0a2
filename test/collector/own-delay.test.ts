import { expect, test, vi } from 'vitest';
import { emptyLiveState } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import { countedResult } from '../../collector/upkeep/counted.ts';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { configuration, START } from './configuration.ts';
import { query } from './judged-site.ts';
import { resultsOf, startWorld, statusOf, stopTime, stopWorld, type World } from './world.ts';

const PAUSE_MS = 7 * SECOND;
const CHECK = 'bureau-query';

/** Every run of the check that is under way as this process stands still takes so much longer. */
async function pauseInRun({ line, script, pass }: World): Promise<void> {
  const before = line.runs.length;
  script.runs[CHECK] = { duration_ms: PAUSE_MS + 200 };
  while (!line.runs.slice(before).some(({ check }) => check === CHECK)) await pass(50);
  delete script.runs[CHECK];
  vi.setSystemTime(Date.now() + PAUSE_MS);
  await pass(PAUSE_MS + SECOND);
}

/** Of the check, in seconds. */
async function gauged({ telemetry }: World): Promise<string[]> {
  const lines = (await telemetry.text()).split('\n');
  const ours = lines.filter((it) => it.includes(CHECK) && /^probe_(http_)?duration/.test(it));
  return ours.map((it) => it.slice(it.lastIndexOf(' ') + 1)).sort();
}

test('a good result with a pause of ours in it is good, and has no delay anywhere', async () => {
  stopTime();
  const first = await startWorld();
  await first.pass(MINUTE);
  const before = await statusOf(first, 'bureau.query');
  const gauges = await gauged(first);
  await pauseInRun(first);
  const paused = (await resultsOf(first, CHECK)).find((it) => it.duration_ms > PAUSE_MS);
  expect(paused).toMatchObject({ outcome: 'ok', notes: ['our_delay'] });
  const after = await statusOf(first, 'bureau.query');
  expect(after).toMatchObject({ state: 'operational', since: before.since });
  expect(after.recent?.p95_ms).toBeLessThan(SECOND);
  expect(await gauged(first)).toEqual(gauges);
  await first.pass(30 * SECOND);
  await stopWorld(first);

  // Nor is it read back from what was recorded.
  const second = await startWorld({ path: first.path });
  await second.pass(30 * SECOND);
  expect((await statusOf(second, 'bureau.query')).recent?.p95_ms).toBeLessThan(SECOND);
  await second.pass(10 * MINUTE);
  const hours = await second.store.rollups('hour', START - HOUR, START + HOUR);
  const hour = hours.find(({ check, delays }) => check === CHECK && delays !== null);
  const sketch = decodeSketch(hour?.delays ?? new Uint8Array());
  expect(quantile(sketch, 1)).toBeLessThan(SECOND);
  expect(sketch.count).toBeLessThan(hour?.n ?? 0);
  await stopWorld(second);
});

test('a pause of ours ages the delays of the last hour as any result does', async () => {
  stopTime();
  const world = await startWorld({ policy: { slow_ms: 1_000 } });
  await world.pass(MINUTE);
  world.script.runs[CHECK] = { notes: ['our_delay'] };
  await world.pass(HOUR + MINUTE);
  const { recent } = await statusOf(world, 'bureau.query');
  expect(recent).toMatchObject({ n: 0, median_ms: null, p95_ms: null });
  expect(recent?.measured).toBeGreaterThan(100);
  await stopWorld(world);
});

test('it is counted as a measurement, not as a slow one', () => {
  const site = siteOf(configuration({ slow_ms: 1_000 }));
  const slow = query(START, { duration_ms: PAUSE_MS });
  const counted = (result: typeof slow) => countedResult(site, emptyLiveState(site, START), result);
  expect(counted(slow)).toMatchObject({ slow: true, delay_ms: PAUSE_MS });
  const ours = counted({ ...slow, notes: ['our_delay'] });
  expect(ours).toMatchObject({ outcome: 'ok', slow: false, delay_ms: null });
});

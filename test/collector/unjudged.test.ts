import { expect, test, vi } from 'vitest';
import { createWords } from '../../messages/catalogue.ts';
import { stateName, verdictSentence, whySentences } from '../../messages/index.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { verdict } from '../../model/verdict.ts';
import type { LineRun } from '../../probes/line/line.ts';
import { createOverviewBuilder } from '../../status-page/overview/overview.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { configuration } from './configuration.ts';
import { startWorld, stopTime, stopWorld, type World } from './world.ts';

const zh = createWords({ locale: 'zh-CN', zone: 'Asia/Shanghai', now: () => 0 });

/** The component as the page shows it. */
async function shown(world: World, id: string) {
  const reader = await openStoreReader({ path: world.path });
  const build = createOverviewBuilder({ reader, configuration: configuration() });
  const overview = await build(Date.now());
  await reader.close();
  const view = overview.systems.flatMap((it) => it.components).find((it) => it.id === id);
  if (!view) throw new Error(`${id} is not on the page`);
  const only = {
    verdict: verdict([view.state]),
    measured_at: view.measured_at,
  };
  return {
    view,
    name: stateName(view, zh),
    why: whySentences(view, zh).join(''),
    said: verdictSentence(only, [view], zh),
  };
}

const answers: [string, Partial<LineRun>, string][] = [
  ['429', { outcome: 'throttled', reason: 'http_status', http_status: 429 }, '被限流'],
  ['401', { outcome: 'credential', reason: 'http_status', http_status: 401 }, '凭证被拒'],
  ['403', { outcome: 'throttled', reason: 'blocked', http_status: 403 }, '被拦截'],
];

test.each(answers)('U1: %s from the first measurement on', async (_, answer, word) => {
  stopTime();
  const runs = { 'bureau-query': answer };
  const world = await startWorld({ script: { runs, finding: 'found', shows_after_ms: 0 } });
  await world.pass(4 * MINUTE);
  const { view, name, why, said } = await shown(world, 'bureau.query');
  expect([view.state, name]).toEqual(['unknown', `未知：${word}`]);
  expect(why).toContain('上次应答');
  expect(why).not.toContain('没有测量过');
  expect(said).toBe('现在无法判断');
  await stopWorld(world);
  vi.useRealTimers();
});

test.each(answers)('U1, U3: %s after two good minutes', async (_, answer, word) => {
  stopTime();
  const world = await startWorld();
  await world.pass(2 * MINUTE);
  const good = (await world.store.results({ check: 'bureau-query', from: 0, to: 9e15, limit: 99 }))
    .length;
  world.script.runs = { 'bureau-query': answer };
  await world.pass(4 * MINUTE + SECOND);
  const { view, name, why } = await shown(world, 'bureau.query');
  expect([view.state, name]).toEqual(['unknown', `未知：${word}`]);
  expect(why).toContain('上次应答');
  expect(why).toContain('上一次有结论的测量');
  expect(view.since).toBeLessThanOrEqual((view.measured_at ?? 0) + 15 * SECOND);
  const counts = await world.store.rollupCounts('day', 0, 9e15);
  const counted = counts.filter((it) => it.check === 'bureau-query').map((it) => it.n);
  expect(counted).toEqual([good]);
  await stopWorld(world);
  vi.useRealTimers();
});

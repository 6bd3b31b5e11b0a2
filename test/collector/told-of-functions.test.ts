import { expect, test } from 'vitest';
import { startFunctions } from './functions.ts';
import { FAILED } from './judged-site.ts';

const LESS = { outcome: 'degraded', reason: 'error_code' } as const;

/** What is told of a system with several functions. Times are seconds since the start. */

test('what was not known before it failed did not go down from normal', async () => {
  const { measure, incidents } = await startFunctions(['query', 'download']);
  await measure(0, 320, { query: LESS });
  await measure(320, 340, { query: LESS, download: FAILED });
  const [incident] = await incidents();
  expect(incident?.updates).toEqual([
    // Degraded for five minutes.
    '300 opened told, query: unknown to degraded_performance',
    '330 joined, download: operational to major_outage',
  ]);
});

test('a clock that is set back in an outage makes nothing well again', async () => {
  const { measure, setClock, incidents } = await startFunctions(['query']);
  await measure(0, 700, {});
  await measure(700, 900, { query: FAILED });
  // What is left of before was well; what was measured since is void.
  await setClock(900, -600);
  await measure(310, 500, { query: FAILED });
  await measure(500, 900, {});
  const [incident, second] = await incidents();
  expect(second).toBeUndefined();
  expect(incident?.updates.map((it) => it.split(' ').slice(1).join(' '))).toEqual([
    'opened told, query: operational to major_outage',
    'recovered, query: major_outage to operational',
    'resolved told',
  ]);
});

test('an outage stands in one incident, also of a function that was in one before', async () => {
  const { measure, incidents } = await startFunctions(['query', 'download']);
  await measure(0, 60, {});
  await measure(60, 180, { download: FAILED });
  await measure(180, 300, {});
  await measure(300, 330, { query: FAILED });
  await measure(330, 600, { query: FAILED, download: FAILED });
  expect(await incidents()).toMatchObject([
    { title: 'bureau：下载曾中断 2 分钟', shown: 'monitoring' },
    { title: 'bureau：查询、下载中断', shown: 'investigating' },
  ]);
  await measure(600, 1_000, {});
  expect(await incidents()).toMatchObject([
    { title: 'bureau：下载曾中断 2 分钟', shown: 'resolved' },
    { title: 'bureau：查询、下载曾中断', shown: 'resolved' },
  ]);
});

test('what fails again while it is watched is not well, before that is told', async () => {
  const { measure, incidents } = await startFunctions(['query', 'download']);
  await measure(0, 60, {});
  await measure(60, 180, { download: FAILED });
  await measure(180, 300, {});
  await measure(300, 330, { download: FAILED });
  const again = { title: 'bureau：下载中断', shown: 'investigating' };
  expect(await incidents()).toMatchObject([{ status: 'monitoring', ...again }]);
  await measure(330, 400, { download: FAILED });
  expect(await incidents()).toMatchObject([{ status: 'investigating', ...again }]);
});

test('a clock that is set forth by a day closes nothing', async () => {
  const { measure, setClock, incidents } = await startFunctions(['query']);
  await measure(0, 60, {});
  await measure(60, 120, { query: FAILED });
  await measure(120, 720, { query: null });
  await setClock(720, 86_400);
  await measure(87_120, 87_300, { query: null });
  const [incident] = await incidents();
  expect(incident).toMatchObject({ status: 'unclear' });
});

import { expect, test } from 'vitest';
import { startFunctions } from './functions.ts';
import { FAILED } from './judged-site.ts';

/** What becomes of an incident of a function that nobody measures any more. */

test('a function that leaves the configuration in an outage is never told as over', async () => {
  const { measure, restart, incidents } = await startFunctions(['query', 'download']);
  await measure(0, 120, {});
  await measure(120, 300, { query: FAILED, download: FAILED });
  expect(await restart(300, 330, ['query'])).toEqual(['incident_updated']);
  await measure(330, 600, {});
  expect(await incidents()).toMatchObject([
    { shown: 'unclear', title: 'bureau：下载曾中断，现在情况不明' },
  ]);
  await measure(600, 700, {});
  const [incident] = await incidents();
  expect(incident).toMatchObject({ status: 'resolved', shown: 'resolved' });
  expect(incident?.updates).toEqual([
    '130 opened told, query: operational to major_outage, download: operational to major_outage',
    '330 dropped told, download: major_outage to unknown',
    // Well for a minute in which we watched, and then for five minutes in all.
    '390 recovered, query: major_outage to operational',
    '630 closed',
  ]);
});

test('without any that is measured it is closed at once', async () => {
  const { measure, restart, incidents, live } = await startFunctions(['query']);
  await measure(0, 120, {});
  await measure(120, 300, { query: FAILED });
  await restart(300, 330, ['download']);
  await measure(330, 400, {});
  await restart(400, 430, ['download']);
  await measure(430, 500, {});
  const [incident, second] = await incidents();
  expect(second).toBeUndefined();
  expect(incident).toMatchObject({
    status: 'resolved',
    title: 'bureau：查询曾中断（3 分钟 · 结束未观察到）',
    updates: [
      '130 opened told, query: operational to major_outage',
      '330 dropped told, query: major_outage to unknown',
      '330 closed',
    ],
  });
  expect([...live().incidents.values()].map((it) => it.incident.status)).toEqual(['resolved']);
});

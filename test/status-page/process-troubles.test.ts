import { expect, onTestFinished, test } from 'vitest';
import type { ProcessTrouble } from '../../model/process-trouble.ts';
import { SECOND } from '../../model/time.ts';
import { ask } from './request.ts';
import { fakeClock, NOW, openSite, startPage, until } from './site.ts';

/** What cannot be recorded is on the page all the same: the supervisor knows it. */

const LOCKED: ProcessTrouble = {
  process: 'collector',
  kind: 'not_ready',
  cause: 'lock',
  since: NOW - 30 * SECOND,
  detail: 'The database is locked.',
};
const CRASHING: ProcessTrouble = {
  ...LOCKED,
  kind: 'crashing',
  cause: null,
  detail: 'exit code 1',
};

test.each([
  ['lock', '我们的数据库被另一个程序占用', LOCKED],
  ['process', '我们的一个程序反复中断', CRASHING],
])('a %s is named on the page, in v1 and v2, while it lasts', async (kind, words, trouble) => {
  let troubles: ProcessTrouble[] = [];
  const site = await openSite();
  const clock = fakeClock();
  const page = await startPage({ site, clock, processTroubles: () => troubles });
  onTestFinished(async () => {
    await page.stop();
    await site.close();
  });
  const front = async () => (await ask(`${page.url}/zh-CN/`)).text;
  const own = async () => {
    const { text } = await ask(`${page.url}/api/v1/own-troubles`);
    const { own_troubles }: { own_troubles: { kind: string }[] } = JSON.parse(text);
    return own_troubles.map((it) => it.kind);
  };
  expect(await front()).not.toContain(words);
  troubles = [trouble, { ...trouble, process: 'page', since: NOW - 10 * SECOND }];
  await until(async () => (await front()).includes(words));
  expect(await own()).toEqual([kind]);
  troubles = [];
  await until(async () => !(await front()).includes(words));
  expect(await own()).toEqual([]);
});

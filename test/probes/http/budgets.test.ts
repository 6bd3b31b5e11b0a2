import { expect, test } from 'vitest';
import { lineOfSite, sendJson, startPortal } from './portal.ts';

/** Runs and looks until the budget is used up, and what is sent at these seconds. */
test.for<[string, string, number[], number[]]>([
  ['a second', '{ per_second: 2 }', [0, 0, 0, 0.5, 1], [0, 0, 1]],
  ['a minute', '{ per_minute: 3 }', [0, 20, 40, 59, 60, 61, 80], [0, 20, 40, 60, 80]],
  ['a day', '{ per_day: 2 }', [0, 3_600, 7_200, 86_399, 86_400], [0, 3_600, 86_400]],
  ['both', '{ per_second: 1, per_minute: 2 }', [0, 0, 1, 2, 60], [0, 1, 60]],
])('a budget of %s is kept by checks and looks together', async ([_, budgets, at, sent]) => {
  const portal = await startPortal((_request, response) => sendJson(response, { a: 1 }));
  let now = 0;
  const settings = `
known: { number: '1' }
unknown: { number: '2' }
budgets: ${budgets}
reach: [{ get: /reach }]
query: [{ get: /look, found: { json: { $.a: 1 } }, absent: { status: 404 } }]`;
  // Its own schedule needs little of the budget.
  const checks = `
  reach: { system: portal, function: reach, schedule: '0 0 0 * * *', deadline: 20s }
  sync: { system: portal, function: sync, follows: portal, deadline: 20s }`;
  const site = { url: portal.url, functions: [], checks, settings };
  const start = Math.ceil(performance.now());
  // Time stands still but for the steps of the test, which no deadline notices.
  const clock = { now: () => Date.now(), monotonic: () => start + now };
  const line = lineOfSite(site, { clock });
  const seen: number[] = [];
  for (const [times, seconds] of at.entries()) {
    now = seconds * 1_000;
    const before = portal.got.length;
    const is_look = times % 2 === 1;
    const found = is_look
      ? await line.look('sync', { number: '1', issued: '' })
      : await line.run('reach', Date.now());
    const was_sent = portal.got.length > before;
    if (was_sent) seen.push(seconds);
    expect([found.outcome, found.reason]).toEqual(
      was_sent ? ['ok', null] : ['self', 'budget_used_up'],
    );
  }
  expect(seen).toEqual(sent);
});

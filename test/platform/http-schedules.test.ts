import { describe, expect, it } from 'vitest';
import { KEYS, problemsOfSite } from './http-problems.ts';

/** Checks as `name: [function, schedule]`, with a deadline of a second. */
const checksOf = (given: Record<string, [fn: string, schedule: string]>, deadline = '1s') =>
  Object.entries(given)
    .map(([id, [fn, schedule]]) => {
      const when = `schedule: '${schedule}', deadline: ${deadline}`;
      return `  ${id}: { system: portal, function: ${fn}, ${when} }`;
    })
    .join('\n');

const STEPS = `${KEYS}
reach: [{ get: / }]
login: [{ get: /, capture: { a: { json: $.a } } }, { get: /b, expect: { text: b } }]
query: [{ get: /, found: { text: a }, absent: { text: b } }]`;

/** What the schedules send at least, counted by hand, and the budget that is one less. */
const NEEDED: [string, string, Record<string, [string, string]>, string, number, string][] = [
  ['a page every second', 'per_second', { a: ['reach', '* * * * * *'] }, 'a', 1, 'a 1'],
  [
    'two of them',
    'per_second',
    { a: ['reach', '* * * * * *'], b: ['reach', '* * * * * *'] },
    'a',
    2,
    'a 1, b 1',
  ],
  ['a page every 15 s', 'per_minute', { a: ['reach', '*/15 * * * * *'] }, 'a', 4, 'a 4'],
  ['a login of two steps', 'per_minute', { a: ['login', '0 * * * * *'] }, 'a', 2, 'a 2'],
  ['a query for two invoices', 'per_minute', { a: ['query', '*/30 * * * * *'] }, 'a', 4, 'a 4'],
  [
    'both of the last',
    'per_minute',
    { a: ['login', '0 * * * * *'], b: ['query', '*/30 * * * * *'] },
    'b',
    6,
    'b 4, a 2',
  ],
  [
    'two at the same minute of an hour',
    'per_minute',
    { a: ['reach', '0 5 * * * *'], b: ['reach', '0 5 * * * *'] },
    'a',
    2,
    'a 1, b 1',
  ],
  [
    'two at other minutes',
    'per_minute',
    { a: ['reach', '0 5 * * * *'], b: ['login', '0 35 * * * *'] },
    'b',
    2,
    'b 2',
  ],
  [
    'two at other hours',
    'per_minute',
    { a: ['login', '0 0 1 * * *'], b: ['reach', '0 0 2 * * *'] },
    'a',
    2,
    'a 2',
  ],
  [
    'two on other days, and one every day',
    'per_minute',
    {
      a: ['login', '0 0 1 * * 1'],
      b: ['login', '0 0 1 * * 2'],
      c: ['reach', '0 0 1 * * *'],
    },
    'a',
    3,
    'a 2, c 1',
  ],
  ['a page every minute', 'per_day', { a: ['reach', '0 * * * * *'] }, 'a', 1_440, 'a 1440'],
  [
    'a page and a query every hour',
    'per_day',
    { a: ['reach', '0 0 * * * *'], b: ['query', '0 30 * * * *'] },
    'b',
    72,
    'b 48, a 24',
  ],
];

describe('budgets that the schedules need more of are refused', () => {
  it.each(NEEDED)('%s, %s', (_, unit, checks, at, needed, each) => {
    const found = (most: number) =>
      problemsOfSite(`${STEPS}\nbudgets: { ${unit}: ${most} }`, { checks: checksOf(checks) });
    expect(found(needed)).toEqual([]);
    if (needed === 1) return;
    const words = unit.replace('per_', 'a ');
    expect(found(needed - 1)).toEqual([
      `checks.${at}.schedule: needs more than budgets.${unit} of its system, which is ` +
        `${needed - 1}: at least ${needed} requests ${words} are sent (${each})`,
    ]);
  });

  /** A login of two steps every so often, and another half a minute later. */
  const twoLogins = (minutes: string, deadline: string) =>
    checksOf(
      { a: ['login', `0 ${minutes} * * * *`], b: ['login', `30 ${minutes} * * * *`] },
      deadline,
    );

  it('the last step of a run may be sent after the minute of others', () => {
    // Slots 16.6 s and 40.6 s after the minute: sent at 16.6, 40.6, 66 and 90 s, 3 in a minute.
    const checks = twoLogins('*/2', '50s');
    expect(problemsOfSite(`${STEPS}\nbudgets: { per_minute: 3 }`, { checks })).toEqual([]);
    expect(problemsOfSite(`${STEPS}\nbudgets: { per_minute: 2 }`, { checks })).toEqual([
      expect.stringContaining('at least 3 requests a minute are sent (a 2, b 1)'),
    ]);
    // No later than 26.6 s and 50.6 s: all 4 in a minute.
    const quick = twoLogins('*/2', '10s');
    expect(problemsOfSite(`${STEPS}\nbudgets: { per_minute: 3 }`, { checks: quick })).toEqual([
      expect.stringContaining('at least 4 requests a minute are sent (a 2, b 2)'),
    ]);
  });

  it('what is sent late in each minute adds up over several', () => {
    // 4 a minute, whenever they are sent: 7 in 2 minutes at least.
    const checks = twoLogins('*', '50s');
    expect(problemsOfSite(`${STEPS}\nbudgets: { per_minute: 4 }`, { checks })).toEqual([]);
    expect(problemsOfSite(`${STEPS}\nbudgets: { per_minute: 3 }`, { checks })).toEqual([
      expect.stringContaining('at least 4 requests a minute are sent (a 4, b 3 in 2 minutes)'),
    ]);
  });

  it('the later steps of a run may be sent after the minute of the first', () => {
    const checks = checksOf({ a: ['login', '0 */5 * * * *'] }, '2m');
    expect(problemsOfSite(`${STEPS}\nbudgets: { per_minute: 1 }`, { checks })).toEqual([]);
    expect(problemsOfSite(`${STEPS}\nbudgets: { per_day: 575 }`, { checks })).toHaveLength(1);
    expect(problemsOfSite(`${STEPS}\nbudgets: { per_day: 576 }`, { checks })).toEqual([]);
  });
});

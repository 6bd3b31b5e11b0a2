import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { configurationOf } from './configuration.ts';
import { answerToldWithinMs, COMPRESSED, hungToldWithinMs, REAL } from './pace.ts';
import { sitesOf } from './world/sites.ts';

// The slowest healthy server answers after 60 % of the deadline and 15 ms.
it.each([
  { pace: COMPRESSED, slowest_ms: 1_515, slow: '2000ms', deadline: '2500ms' },
  { pace: REAL, slowest_ms: 3_015, slow: '3500ms', deadline: '5000ms' },
])('$pace.name: slow is what takes longer than any healthy server, and still answers', (row) => {
  const sites = sitesOf(row.pace, { neutrals: 0, hung: 0 });
  expect(Math.max(...sites.map(({ answer_ms }) => answer_ms))).toBe(row.slowest_ms);
  const { policies, checks } = parse(configurationOf(row.pace, sites));
  expect(policies.default).toMatchObject({ slow: row.slow });
  expect(checks['echo-reach']).toMatchObject({ deadline: row.deadline });
});

// A slot, the confirming slots, the last answer, and a second to the page: docs/decisions/0033.
it.each([
  { pace: REAL, answer_ms: 30_000 + 2 * 10_000 + 15 + 1_000, hung_ms: 30_000 + 3 * 15_000 + 1_000 },
  {
    pace: COMPRESSED,
    answer_ms: 5_000 + 2_500 + 15 + 2_000 + 1_000,
    hung_ms: 5_000 + 2 * 12_500 + 1_000,
  },
])('$pace.name: an outage is told as soon as the rules allow', ({ pace, answer_ms, hung_ms }) => {
  expect(answerToldWithinMs(pace, 15)).toBe(answer_ms);
  expect(hungToldWithinMs(pace)).toBe(hung_ms);
});

import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { configurationOf } from './configuration.ts';
import { COMPRESSED, REAL } from './pace.ts';
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

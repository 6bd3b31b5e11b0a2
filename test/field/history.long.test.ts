import { expect, test } from 'vitest';
import { COMPONENTS, measureHistory } from '../store/measured-history.ts';

const RAW_RESULTS = 500_000;
/** Reading raw results would take a hundred times as long; a busy machine varies. */
const FLAT_RATIO = 3;

test('half a million results slow neither the overview nor the CSV of a year', async () => {
  const { overview, csv } = await measureHistory({
    raw_results: RAW_RESULTS,
    seed: 1,
    rounds: 50,
  });
  expect(overview.after.changed_ms / overview.before.changed_ms).toBeLessThan(FLAT_RATIO);
  expect(overview.after.first_ms / overview.before.first_ms).toBeLessThan(FLAT_RATIO);
  expect(csv.days.rows).toBe(365);
  expect(csv.hours.rows).toBe(365 * 24);
  expect(csv.results.rows).toBe(RAW_RESULTS / COMPONENTS);
  // Of 275 days an outage each, of 90 every tenth; the last state.
  expect(csv.states.rows).toBeGreaterThan(2 * 275);
  expect(csv.states.took_ms / csv.results.took_ms).toBeLessThan(1);
});

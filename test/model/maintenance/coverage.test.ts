import { expect, it } from 'vitest';
import { coversSince, uncoveredAt } from '../../../model/maintenance/coverage.ts';
import { HOUR, MINUTE } from '../../../model/time.ts';
import { each, FROM, order, plan, UNTIL } from './examples.ts';

const { scheduled, in_progress, overrun, verifying, completed } = each;

it('covers its scope while it runs, and after its end until the expected recovery', () => {
  expect(coversSince(scheduled, FROM + MINUTE)).toBeNull();
  expect(coversSince(in_progress, FROM)).toBe(FROM);
  expect(coversSince(in_progress, FROM - 1)).toBeNull();
  expect(coversSince(overrun, UNTIL + 100 * HOUR)).toBe(FROM);
  expect(coversSince(verifying, plan.expected_recovery_at - 1)).toBe(FROM);
  expect(coversSince(verifying, plan.expected_recovery_at)).toBeNull();
  expect(coversSince(completed, UNTIL)).toBeNull();
  const late = order(overrun, { name: 'end' }, plan.expected_recovery_at + HOUR);
  const grace = plan.expected_recovery_at + HOUR + 15 * MINUTE;
  expect(coversSince(late, grace - 1)).toBe(FROM);
  expect(coversSince(late, grace)).toBeNull();
});

it('stops covering its scope at its end, or at the expected recovery while something fails', () => {
  const recovery = plan.expected_recovery_at;
  expect(uncoveredAt(scheduled, UNTIL)).toBeNull();
  expect(uncoveredAt(in_progress, UNTIL)).toBeNull();
  expect(uncoveredAt(overrun, UNTIL + 100 * HOUR)).toBeNull();
  expect(uncoveredAt(verifying, recovery - 1)).toBeNull();
  expect(uncoveredAt(verifying, recovery)).toBe(recovery);
  expect(uncoveredAt(completed, UNTIL)).toBe(UNTIL - MINUTE);
  expect(uncoveredAt(each.cancelled, UNTIL)).toBeNull();
});

import { expect, it } from 'vitest';
import { coversSince, uncoveredAt } from '../../../model/maintenance/coverage.ts';
import { HOUR, MINUTE } from '../../../model/time.ts';
import { each, FROM, order, plan, ticked, UNTIL } from './examples.ts';

const { scheduled, in_progress, overrun, verifying, completed } = each;

it('covers its scope from its actual start to the earlier of its actual and announced ends', () => {
  expect(coversSince(scheduled, FROM + MINUTE)).toBeNull();
  expect(coversSince(in_progress, FROM - 1)).toBeNull();
  expect(coversSince(in_progress, FROM)).toBe(FROM);
  expect(coversSince(in_progress, UNTIL - 1)).toBe(FROM);
  expect(coversSince(in_progress, UNTIL)).toBeNull();
  expect(coversSince(overrun, UNTIL + MINUTE)).toBeNull();
  // Ended a minute early.
  expect(coversSince(verifying, UNTIL - MINUTE - 1)).toBe(FROM);
  expect(coversSince(verifying, UNTIL - MINUTE)).toBeNull();
  expect(coversSince(completed, UNTIL - MINUTE)).toBeNull();
  // Ended late.
  const late = order(overrun, { name: 'end' }, UNTIL + HOUR);
  expect(coversSince(late, UNTIL - 1)).toBe(FROM);
  expect(coversSince(late, UNTIL)).toBeNull();
});

it('covers from the word on if it is started early', () => {
  const early = order(scheduled, { name: 'start' }, FROM - HOUR);
  expect(coversSince(early, FROM - HOUR - 1)).toBeNull();
  expect(coversSince(early, FROM - HOUR)).toBe(FROM - HOUR);
});

it('covers until the new end if it is extended in time', () => {
  const longer = { name: 'extend', announced_until: UNTIL + HOUR } as const;
  const extended = order(in_progress, longer, UNTIL - MINUTE);
  expect(coversSince(extended, UNTIL + HOUR - 1)).toBe(FROM);
  expect(coversSince(extended, UNTIL + HOUR)).toBeNull();
});

it.each([
  ['that was noticed', overrun],
  ['within its first second', in_progress],
])('extended after an overrun %s, it covers from then on', (_, before) => {
  const longer = { name: 'extend', announced_until: UNTIL + HOUR } as const;
  const extended = order(before, longer, UNTIL + 10 * MINUTE);
  expect(coversSince(extended, UNTIL + 10 * MINUTE - 1)).toBeNull();
  expect(coversSince(extended, UNTIL + 10 * MINUTE)).toBe(UNTIL + 10 * MINUTE);
  expect(coversSince(extended, UNTIL + HOUR)).toBeNull();
});

it('covers what is added to its scope from then on', () => {
  const wider = { ...plan, components: [...plan.components, 'beijing.sync'] };
  const revised = order(in_progress, { name: 'revise', plan: wider }, FROM + 10 * MINUTE);
  expect(coversSince(revised, FROM + 10 * MINUTE - 1)).toBeNull();
  expect(coversSince(revised, FROM + 10 * MINUTE)).toBe(FROM + 10 * MINUTE);
  const narrower = { ...plan, components: ['beijing.query'] };
  const less = order(in_progress, { name: 'revise', plan: narrower }, FROM + 10 * MINUTE);
  expect(coversSince(less, FROM)).toBe(FROM);
});

it('covers nothing where nobody saw it', () => {
  const passed = ticked(scheduled, UNTIL + HOUR);
  expect(coversSince(passed, FROM)).toBeNull();
  expect(coversSince(ticked(passed, UNTIL + 2 * HOUR, true), FROM)).toBeNull();
});

it('says when the last of several ceased to cover', () => {
  const early = { ...verifying, actual_until: FROM + HOUR };
  expect(uncoveredAt([scheduled], UNTIL)).toBeNull();
  expect(uncoveredAt([in_progress], UNTIL - 1)).toBeNull();
  expect(uncoveredAt([in_progress], UNTIL)).toBe(UNTIL);
  expect(uncoveredAt([overrun], UNTIL + 100 * HOUR)).toBe(UNTIL);
  expect(uncoveredAt([completed], UNTIL)).toBe(UNTIL - MINUTE);
  expect(uncoveredAt([in_progress, early], UNTIL - 1)).toBe(FROM + HOUR);
  expect(uncoveredAt([early, in_progress], UNTIL)).toBe(UNTIL);
  expect(uncoveredAt([each.cancelled], UNTIL)).toBeNull();
});

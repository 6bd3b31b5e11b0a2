import { expect, it } from 'vitest';
import { coverageOf, coversSince, uncoveredAt } from '../../../model/maintenance/coverage.ts';
import { HOUR, MINUTE } from '../../../model/time.ts';
import { each, FROM, order, plan, ticked, UNTIL } from './examples.ts';

const QUERY = 'beijing.query';
type Maintained = Parameters<typeof coversSince>[0];
const covers = (it: Maintained, at: number) => coversSince(it, QUERY, at);
const ceased = (all: Maintained[], at: number) => uncoveredAt(all, QUERY, at);

const { scheduled, in_progress, overrun, verifying, completed } = each;

it('covers its scope from its actual start to the earlier of its actual and announced ends', () => {
  expect(covers(scheduled, FROM + MINUTE)).toBeNull();
  expect(covers(in_progress, FROM - 1)).toBeNull();
  expect(covers(in_progress, FROM)).toBe(FROM);
  expect(covers(in_progress, UNTIL - 1)).toBe(FROM);
  expect(covers(in_progress, UNTIL)).toBeNull();
  expect(covers(overrun, UNTIL + MINUTE)).toBeNull();
  // Ended a minute early.
  expect(covers(verifying, UNTIL - MINUTE - 1)).toBe(FROM);
  expect(covers(verifying, UNTIL - MINUTE)).toBeNull();
  expect(covers(completed, UNTIL - MINUTE)).toBeNull();
  // Ended late.
  const late = order(overrun, { name: 'end' }, UNTIL + HOUR);
  expect(covers(late, UNTIL - 1)).toBe(FROM);
  expect(covers(late, UNTIL)).toBeNull();
});

it('covers from the word on if it is started early', () => {
  const early = order(scheduled, { name: 'start' }, FROM - HOUR);
  expect(covers(early, FROM - HOUR - 1)).toBeNull();
  expect(covers(early, FROM - HOUR)).toBe(FROM - HOUR);
});

it('covers until the new end if it is extended in time', () => {
  const longer = { name: 'extend', announced_until: UNTIL + HOUR } as const;
  const extended = order(in_progress, longer, UNTIL - MINUTE);
  expect(covers(extended, UNTIL + HOUR - 1)).toBe(FROM);
  expect(covers(extended, UNTIL + HOUR)).toBeNull();
});

it.each([
  ['that was noticed', overrun],
  ['within its first second', in_progress],
])('extended after an overrun %s, it covers from then on, and what it covered', (_, before) => {
  const longer = { name: 'extend', announced_until: UNTIL + HOUR } as const;
  const extended = order(before, longer, UNTIL + 10 * MINUTE);
  expect(coverageOf(extended, QUERY)).toEqual([
    { from: FROM, to: UNTIL },
    { from: UNTIL + 10 * MINUTE, to: UNTIL + HOUR },
  ]);
  expect(covers(extended, UNTIL - 1)).toBe(FROM);
  expect(covers(extended, UNTIL + 10 * MINUTE - 1)).toBeNull();
  expect(covers(extended, UNTIL + 10 * MINUTE)).toBe(UNTIL + 10 * MINUTE);
});

it('covers what is added to its scope from then on, and the rest as before', () => {
  const wider = { ...plan, components: [...plan.components, 'beijing.sync'] };
  const revised = order(in_progress, { name: 'revise', plan: wider }, FROM + 10 * MINUTE);
  expect(coverageOf(revised, QUERY)).toEqual([{ from: FROM, to: UNTIL }]);
  expect(coverageOf(revised, 'beijing.sync')).toEqual([{ from: FROM + 10 * MINUTE, to: UNTIL }]);
  const narrower = { ...plan, components: ['beijing.download'] };
  const less = order(in_progress, { name: 'revise', plan: narrower }, FROM + 10 * MINUTE);
  expect(coverageOf(less, QUERY)).toEqual([{ from: FROM, to: FROM + 10 * MINUTE }]);
  expect(coverageOf(less, 'beijing.download')).toEqual([{ from: FROM, to: UNTIL }]);
});

it('covers what was announced at each time, also where the end is moved to and fro', () => {
  const until = (announced_until: number) => ({
    name: 'revise' as const,
    plan: { ...plan, announced_until, expected_recovery_at: announced_until },
  });
  const shorter = order(in_progress, until(FROM + 30 * MINUTE), FROM + 10 * MINUTE);
  const longer = order(shorter, until(UNTIL), FROM + 40 * MINUTE);
  expect(coverageOf(longer, QUERY)).toEqual([
    { from: FROM, to: FROM + 30 * MINUTE },
    { from: FROM + 40 * MINUTE, to: UNTIL },
  ]);
  const ended = order(longer, { name: 'end' }, FROM + 50 * MINUTE);
  expect(coverageOf(ended, QUERY).at(-1)).toEqual({
    from: FROM + 40 * MINUTE,
    to: FROM + 50 * MINUTE,
  });
});

it('covers nothing where nobody saw it', () => {
  const passed = ticked(scheduled, UNTIL + HOUR);
  expect(covers(passed, FROM)).toBeNull();
  expect(covers(ticked(passed, UNTIL + 2 * HOUR, true), FROM)).toBeNull();
});

it('says when the last of several ceased to cover', () => {
  const early = { ...verifying, actual_until: FROM + HOUR };
  expect(ceased([scheduled], UNTIL)).toBeNull();
  expect(ceased([in_progress], UNTIL - 1)).toBeNull();
  expect(ceased([in_progress], UNTIL)).toBe(UNTIL);
  expect(ceased([overrun], UNTIL + 100 * HOUR)).toBe(UNTIL);
  expect(ceased([completed], UNTIL)).toBe(UNTIL - MINUTE);
  expect(ceased([in_progress, early], UNTIL - 1)).toBe(FROM + HOUR);
  expect(ceased([early, in_progress], UNTIL)).toBe(UNTIL);
  expect(ceased([each.cancelled], UNTIL)).toBeNull();
});

import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { checkOf, stageLine } from './staged-line.ts';

/** The reasons of all results, in slot order; null is a good one. */
function reasons(line: ReturnType<typeof stageLine>): (string | null)[] {
  return line.results().map(({ reason }) => reason);
}

// A deadline may be as long as the distance of two slots.
test.for([
  { deadline_ms: 5 * SECOND, expected: 'overlap' },
  { deadline_ms: 5 * SECOND + 1, expected: null },
])('a slot $deadline_ms ms into a run of that deadline: $expected', async (given) => {
  const line = stageLine([{ ...checkOf('a', '*/5 * * * * *'), deadline_ms: given.deadline_ms }]);
  await line.pass(MINUTE);
  const before = reasons(line).length;
  let first = true;
  line.stage.run = () => {
    const duration_ms = first ? 5_500 : 200;
    first = false;
    return { outcome: 'ok', reason: null, duration_ms };
  };
  await line.pass(15 * SECOND);
  // Of the run that took long, and of the slot after it.
  expect(reasons(line).slice(before, before + 2)).toEqual([null, given.expected]);
});

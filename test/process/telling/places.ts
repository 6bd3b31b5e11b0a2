import { type Extent, type Pair, pairs } from '../injuring/injuries.ts';

/** Steps of the notifier between the notice and what becomes of it, by what it writes. */
const WRITING = [
  // Prepared: a delivery for each recipient.
  'before insert delivery',
  'after insert delivery',
  'after update notice',
  'before commit delivery',
  'after commit delivery',
  // Claimed, with what it is told together with, and instead of what it overtakes.
  'before claim',
  'after claim',
  'after gather',
  'after bind',
  'before overtake',
  'after overtake',
  'before commit claim',
  'after commit claim',
  // Settled; the next one of the matter has its turn.
  'before settle',
  'after settle',
  'after let next',
  'before commit settle',
  'after commit settle',
  // Tried again, or given back because its host takes nothing.
  'before retry',
  'after retry',
  'before commit retry',
  'after commit retry',
  'after put off',
  'after commit put off',
  // Given back by the next process.
  'before release',
  'after release',
];

/** Steps that receivers see: of a conversation, and of a mail by what it is. */
const SEEN = [
  'smtp connect',
  'smtp mail',
  'smtp rcpt',
  'smtp data',
  'smtp taken',
  'smtp data of several',
  'smtp taken of several',
  'smtp data of a confirmation',
  'smtp taken of a confirmation',
  'webhook received',
  'webhook answered',
];

export const TELLING_PAIRS: readonly Pair[] = [
  ...pairs(WRITING, { process: 'notify' }),
  ...pairs(SEEN, { process: 'receivers' }),
];

/** One that is stopped for 26 s is killed by its supervisor, and started again. */
export const TELLING_EXTENT: Extent = {
  most_nth: { collector: 1, 'status-page': 1, notify: 4, receivers: 4 },
  for_ms: [1_500, 4_000, 26_000],
};

/** It comes once in a life, with its beginning. */
export function comesWithStart({ step }: Pair): boolean {
  return step.endsWith(' release');
}

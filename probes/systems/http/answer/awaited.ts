import { type Attempt, succeeded } from '../../../exchange/failure.ts';
import type { Conditions } from '../settings/places.ts';
import { unmet } from './conditions.ts';
import {
  beforeStatus,
  expectAnswer,
  expectedStatuses,
  expectNoGuard,
  insteadOf,
  type JudgedBy,
} from './judge.ts';
import type { Reader } from './reader.ts';

/** Accepted, or without contents: what is waited for is still to come. */
const NOT_YET = new Set([202, 204]);

/** Whether an answer is the one that is waited for, rather than one of those before it. */
export function isAwaited(reader: Reader, by: JudgedBy): Attempt<boolean> {
  const { step, values } = by;
  if (step.repeat === undefined) return succeeded(true);
  const { until, while: meanwhile } = step.repeat;
  const said = beforeStatus(reader, by);
  if (!said.ok) return said;
  const isAs = (it: Conditions) => reader.within(() => unmet(it, reader, values)) === null;
  const is_there = isAs(until);
  const { status } = reader.answer;
  const is_accepted = NOT_YET.has(status) && !expectedStatuses(step).includes(status);
  if (!is_there && (is_accepted || (meanwhile !== undefined && isAs(meanwhile)))) {
    const notice = expectNoGuard(reader.answer);
    return notice.ok ? succeeded(false) : notice;
  }
  const good = expectAnswer(reader, by);
  if (!good.ok || is_there) return good.ok ? succeeded(true) : good;
  // A page that says that it is maintained, or checks its visitor, is nothing to wait on.
  const page = insteadOf(until, reader);
  return page === null || page.ok || page.failure.outcome === 'system' ? succeeded(false) : page;
}

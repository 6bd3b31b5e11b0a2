import { type Attempt, succeeded, unexpected } from '../../../exchange/failure.ts';
import { showsValue, tellsAnswer } from '../settings/says.ts';
import { unmet } from './conditions.ts';
import {
  beforeStatus,
  expectAnswer,
  expectCodeOf,
  expectNoGuard,
  insteadOf,
  type JudgedBy,
} from './judge.ts';
import type { Reader } from './reader.ts';
import { saysOtherwise } from './says-otherwise.ts';

/** What the answer of a query says of an invoice. */
export interface Decided {
  is_found: boolean;
  /** By a value, or a status of errors, as the system says it: pages of others come with 200. */
  is_own: boolean;
}

/** Whether the answer of a query shows the invoice. A code with a meaning comes first. */
export function decideQuery(reader: Reader, by: JudgedBy): Attempt<Decided> {
  const { found = {}, absent = {} } = by.step;
  const { answer } = reader;
  const said = beforeStatus(reader, by);
  if (!said.ok) return said;
  const notice = expectNoGuard(answer);
  if (!notice.ok) return notice;
  const is_found = reader.within(() => unmet(found, reader, by.values)) === null;
  const is_absent = reader.within(() => unmet(absent, reader, by.values)) === null;
  if (is_found && is_absent) return unexpected('as for an invoice that is there, and that is not');
  if (is_found || is_absent) {
    const decided = is_found ? found : absent;
    // That something is lacking is no answer of a system that gives another code, or none.
    const good = tellsAnswer(decided)
      ? succeeded(reader)
      : expectCodeOf(said.value, reader, by, [decided]);
    const is_own = showsValue(decided) || answer.status >= 400;
    const page = is_own ? null : saysOtherwise(answer);
    // One that is an error shows none as well as one that does not exist.
    if (page !== null && page.failure.outcome !== 'system') return page;
    return good.ok ? succeeded({ is_found, is_own }) : good;
  }
  const good = expectAnswer(reader, by);
  if (!good.ok) return good;
  return (
    insteadOf(found, reader) ??
    insteadOf(absent, reader) ??
    unexpected('neither as for an invoice that is there nor that is not')
  );
}

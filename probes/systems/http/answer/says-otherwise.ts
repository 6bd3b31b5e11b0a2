import type { Answer } from '../../../exchange/answer.ts';
import type { Failure } from '../../../exchange/failure.ts';
import { noticeIn } from '../../../exchange/maintenance.ts';
import { recognise } from '../../../recognise.ts';

/** What a page says of itself. */
const SAID: ReadonlySet<Failure['reason']> = new Set(['says_maintenance', 'blocked', 'error_page']);

/**
 * What a page says of itself that has an expected status, and of which nothing more is expected:
 * that it is maintained, checks its visitor, or is an error. A page that shows something may
 * mention all of these. null: it says nothing of that.
 */
export function saysOtherwise(answer: Answer): { ok: false; failure: Failure } | null {
  const page = noticeIn(answer);
  if (page?.kind !== 'html') return null;
  const seen = recognise({
    page,
    expected: {},
    led_to: null,
    complete: !answer.over_limit,
    status_expected: answer.status !== 200,
  });
  return seen.ok || !SAID.has(seen.failure.reason) ? null : seen;
}

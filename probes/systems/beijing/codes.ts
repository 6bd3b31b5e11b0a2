import { type Attempt, failed, succeeded, unexpected } from '../../exchange/failure.ts';

/**
 * `code` in the simulator's JSON: "1" is success; queries also return "0" for an unknown invoice.
 */
export const SUCCESS = '1';
export const ABSENT = '0';

/** The answer of a query that found the invoice or did not; any other code is a failure. */
export function expectCode(answer: Record<string, unknown>): Attempt<Record<string, unknown>> {
  const { code } = answer;
  if (typeof code !== 'string') return unexpected('JSON without code');
  if (code === SUCCESS || code === ABSENT) return succeeded(answer);
  const shown = /^\w{1,10}$/.test(code) ? code : 'unreadable';
  return failed('system', 'error_code', `code ${shown}`);
}

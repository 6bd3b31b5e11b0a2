import { type Attempt, failed, succeeded, unexpected } from '../../exchange/failure.ts';

/**
 * `code` in a delivery host's JSON: "1" is success; queries also return "0" for an unknown invoice.
 */
export const SUCCESS = '1';
export const ABSENT = '0';

/**
 * The answer if its code is one of the accepted ones; any other code is a failure of the system.
 */
export function expectCode(
  answer: Record<string, unknown>,
  accepted: readonly string[] = [SUCCESS],
): Attempt<Record<string, unknown>> {
  const { code } = answer;
  if (typeof code !== 'string') return unexpected('JSON without code');
  if (accepted.includes(code)) return succeeded(answer);
  const shown = /^\w{1,10}$/.test(code) ? code : 'unreadable';
  return failed('system', 'error_code', `code ${shown}`);
}

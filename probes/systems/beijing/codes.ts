import { type Attempt, failed, succeeded, unexpected } from '../../exchange/failure.ts';

/** `code` of a delivery host's JSON: "1" is success; a query also says "0", no such invoice. */
export const SUCCESS = '1';
export const ABSENT = '0';

/** Passes an answer with one of the accepted codes on; any other code is the system's failure. */
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

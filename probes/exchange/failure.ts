import type { Outcome, Reason } from '../../model/vocabulary.ts';

/**
 * Why an attempt did not succeed: a value, never an exception, so that no failure is lost on the
 * way.
 */
export interface Failure {
  outcome: Exclude<Outcome, 'ok'>;
  reason: Reason;
  /**
   * Evidence such as "HTTP 503" or "error_code 52102"; never an invoice number, never the other
   * side's text.
   */
  detail: string;
}

export type Attempt<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export function succeeded<T>(value: T): Attempt<T> {
  return { ok: true, value };
}

export function failed(
  outcome: Failure['outcome'],
  reason: Reason,
  detail: string,
): { ok: false; failure: Failure } {
  return { ok: false, failure: { outcome, reason, detail } };
}

/**
 * An answer that does not speak the protocol: HTML instead of JSON, a missing field, a wrong
 * number.
 */
export function unexpected(detail: string): { ok: false; failure: Failure } {
  return failed('system', 'unexpected_answer', detail);
}

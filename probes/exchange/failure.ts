import type { Outcome, Reason } from '../../model/vocabulary.ts';

/**
 * Why an attempt failed; a value, not an exception, so that the type checker enforces its handling.
 */
export interface Failure {
  outcome: Exclude<Outcome, 'ok'>;
  reason: Reason;
  /**
   * Evidence such as "HTTP 503" or "error_code 52102"; never an invoice number or text from the
   * peer.
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

/** A violation of the system's protocol: HTML instead of JSON, a missing field, a wrong number. */
export function unexpected(detail: string): { ok: false; failure: Failure } {
  return failed('system', 'unexpected_answer', detail);
}

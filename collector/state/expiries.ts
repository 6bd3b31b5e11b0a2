import { type Alert, type AlertKind, alertKey } from '../../model/alert.ts';
import { readExpiry } from '../../model/expiry.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** What is known of what ends soon, and what operators were told of it. */

/** A certificate that ends soon, as a check saw it last. */
export interface ExpiringAt {
  check: string;
  expires_at: EpochMs;
  /** The number of days before its end that was passed. */
  passed: number;
  /** Runs of the check since that did not see it. */
  well_runs: number;
}

/** What of an end its operators are told of once. */
export function expiryKey(kind: AlertKind, subject: string, expires_at: EpochMs): string {
  return `${alertKey({ kind, subject })} ${expires_at}`;
}

/** What was told of the end that an alert is about. */
export function toldExpiry({ kind, subject, error }: Alert): [key: string, passed: number] | null {
  const told = readExpiry(error);
  return told && [expiryKey(kind, subject, told.expires_at), told.passed];
}

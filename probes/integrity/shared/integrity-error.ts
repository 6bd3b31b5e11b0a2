import {
  type FileReason,
  type FileVerdict,
  MISMATCH_REASONS,
  UNJUDGED_REASONS,
} from '../../../model/vocabulary.ts';
import type { Finding } from './finding.ts';

const LONGEST_PLACE = 120;

/** Thrown inside this folder where the reading of a file ends; the entry makes a verdict of it. */
export class IntegrityError extends Error {
  readonly reason: FileReason;
  readonly where: string;
  /** What was found nevertheless, which holds if another reader opens the file. */
  readonly finding: Finding | null;

  constructor(reason: FileReason, where: string, finding: Finding | null = null) {
    super(`${reason}: ${where}`);
    this.reason = reason;
    this.where = where;
    this.finding = finding;
  }
}

/** The verdict that a reason stands for. */
export function verdictOf(reason: FileReason): Exclude<FileVerdict, 'sound'> {
  if (includes(MISMATCH_REASONS, reason)) return 'mismatch';
  return includes(UNJUDGED_REASONS, reason) ? 'unjudged' : 'corrupt';
}

function includes(reasons: readonly string[], reason: string): boolean {
  return reasons.includes(reason);
}

/**
 * A location named by the file, safe to log and publish: printable, short, and without digits as
 * long as an invoice number.
 */
export function safePlace(text: string): string {
  return text
    .slice(0, LONGEST_PLACE)
    .replace(/[^\x20-\x7e\u3000-\u9fff\uff00-\uffef]/g, '?')
    .replace(/\d{8,}/g, '…');
}

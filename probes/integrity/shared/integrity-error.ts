import type { IntegrityVerdict } from '../../../model/vocabulary.ts';

const LONGEST_PLACE = 120;

/** Thrown inside this folder; `checkIntegrity` converts it to the verdict. */
export class IntegrityError extends Error {
  readonly verdict: Exclude<IntegrityVerdict, 'sound'>;
  readonly where: string;

  constructor(verdict: Exclude<IntegrityVerdict, 'sound'>, where: string) {
    super(`${verdict}: ${where}`);
    this.verdict = verdict;
    this.where = where;
  }
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

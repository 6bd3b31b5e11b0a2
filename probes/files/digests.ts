import { createHmac } from 'node:crypto';
import type { FactDigests } from '../../model/specimen.ts';
import type { FileFormat } from '../../model/vocabulary.ts';
import type { FileFacts } from '../integrity/shared/finding.ts';

/**
 * Edition of the facts that readers find. To be raised when they find other facts in the same file:
 * known files are then learned anew instead of being compared with what another reader saw.
 */
const FACTS_EDITION = 1;

/** The SHA-256 of a file, hex. Computed by a thread of the pool, not by the measuring one. */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Buffer.from(digest).toString('hex');
}

export interface InvoiceDigestParts {
  /** Id of the installation, so that the digests of two installations cannot be compared. */
  key: string;
  check: string;
  format: FileFormat;
  /** The invoice's number, or the link to it. */
  invoice: string;
}

/** Which invoice a check downloads, without telling its number. */
export function invoiceDigest({ key, check, format, invoice }: InvoiceDigestParts): string {
  return digest(key, 'invoice', `${FACTS_EDITION}|${check}|${format}|${invoice}`);
}

/** What a file says, without telling it. */
export function factDigests({ number, amounts, text }: FileFacts, key: string): FactDigests {
  return {
    number: number === null ? null : digest(key, 'number', number),
    amounts: amounts.length === 0 ? null : digest(key, 'amounts', amounts.toSorted().join(' ')),
    text: text === null ? null : digest(key, 'text', text),
  };
}

/** The kind is part of the message, so that equal values of two kinds have different digests. */
function digest(key: string, kind: string, value: string): string {
  return createHmac('sha256', key).update(`${kind}|${value}`).digest('hex');
}

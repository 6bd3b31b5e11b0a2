import { createHash } from 'node:crypto';
import type { InvoiceKey } from '../../query.ts';

/**
 * `cs` of the simulator's delivery links, in the format of the real ones: 2_{number}_{time, 3
 * digits, 5 characters}.
 */
export function ticketOf({ number, issued }: InvoiceKey, seed: string): string {
  const digest = secretOf(number, seed);
  const digits = String(digest.readUInt16BE(0) % 1_000).padStart(3, '0');
  return `2_${number}_${issued}${digits}${digest.toString('hex', 2, 5).slice(0, 5)}`;
}

/** The four-character access code (jym) of an invoice's files. */
export function checkCodeOf({ number }: InvoiceKey, seed: string): string {
  return secretOf(number, seed).toString('hex', 8, 10).toUpperCase();
}

/** The invoice number in a ticket, or null when it is malformed. */
export function numberIn(ticket: string): string | null {
  return /^2_(\d{20})_\w{22}$/.exec(ticket)?.[1] ?? null;
}

function secretOf(number: string, seed: string): Buffer {
  return createHash('sha256').update(`ticket|${seed}|${number}`).digest();
}

import {
  AMOUNT,
  INVOICE_CODE,
  INVOICE_NUMBER,
  SHORT_NUMBER,
  TAX_ID,
} from '../../../model/event.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { valuesAt } from '../../../probes/systems/http/engine/json-path.ts';
import type { CallbackMapping, MappedText, MappedTime } from './schema.ts';
import { readTime } from './times.ts';

/** What a body says of an invoice beside what happened. */

/** undefined: it says nothing; null: what it says cannot be read. */
export type SideField<T> = T | null | undefined;

type Wanted<Key extends keyof CallbackMapping> = Pick<CallbackMapping, Key>;

/** The number, of the older form with its code. */
export function invoiceAt(
  { number, invoice_code }: Wanted<'number' | 'invoice_code'>,
  item: unknown,
): SideField<{ number: string; invoice_code?: string }> {
  const digits = mappedText(number, item);
  if (digits === undefined) return undefined;
  // A fully digital invoice on paper has a code, too.
  if (INVOICE_NUMBER.test(digits)) return { number: digits };
  const code = mappedText(invoice_code, item) ?? '';
  const is_older = SHORT_NUMBER.test(digits) && INVOICE_CODE.test(code);
  return is_older ? { number: digits, invoice_code: code } : null;
}

/** In yuan. */
export function amountAt({ amount }: Wanted<'amount'>, item: unknown): SideField<string> {
  const text = amount === undefined ? null : firstText(amount.from, item);
  if (amount === undefined || text === null) return undefined;
  if (amount.unit === 'yuan') return AMOUNT.test(text) ? text : null;
  return /^-?\d{1,14}$/.test(text) ? (Number(text) / 100).toFixed(2) : null;
}

export function taxIdAt({ tax_id }: Wanted<'tax_id'>, item: unknown): SideField<string> {
  const text = mappedText(tax_id, item);
  return text === undefined || TAX_ID.test(text) ? text : null;
}

export function timeAt(mapped: MappedTime, item: unknown): SideField<EpochMs> {
  const text = firstText(mapped.from, item);
  return text === null ? undefined : readTime(text, mapped);
}

export function mappedText(mapped: MappedText | undefined, item: unknown): string | undefined {
  if (mapped === undefined) return undefined;
  const { from, values = {}, matches = {}, otherwise } = mapped;
  const text = firstText(from, item);
  if (text === null) return otherwise;
  const by_table = valueIn(values, text);
  if (by_table !== undefined) return by_table;
  const match = Object.entries(matches).find(([pattern]) => new RegExp(pattern, 'u').test(text));
  const is_table = mapped.values !== undefined || mapped.matches !== undefined;
  return match?.[1] ?? otherwise ?? (is_table ? undefined : text);
}

export function valueIn<T>(table: Readonly<Record<string, T>>, text: string): T | undefined {
  return Object.hasOwn(table, text) ? table[text] : undefined;
}

/** The first that is not empty. */
export function firstText(paths: readonly string[], item: unknown): string | null {
  for (const path of paths) {
    for (const value of valuesAt(path, item)) {
      if (value === null || typeof value === 'object') continue;
      const text = String(value).trim();
      if (text !== '') return text;
    }
  }
  return null;
}

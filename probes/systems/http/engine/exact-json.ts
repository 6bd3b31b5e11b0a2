import { canonicalNumeral } from './numeral.ts';
import { Unread } from './unread.ts';

/** More digits than JavaScript keeps of every number. */
const LONG_NUMBER = /[\d.]{16}/;

/**
 * The JSON in a text, with numbers as they are written; undefined: there is none.
 * @throws {Unread} when it is nested deeper than we read
 */
export function exactJson(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? JSON.parse(text, exact as never) : JSON.parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw new Unread('answer_too_large', 'JSON nested too deep');
    return undefined;
  }
}

/** Numbers of invoices have 20 digits, which JavaScript would round: they stay texts. */
function exact(_: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== 'number' || source === undefined || String(value) === source) return value;
  const is_whole = /^-?\d+$/.test(source);
  const is_kept = canonicalNumeral(source) === canonicalNumeral(String(value));
  return is_kept && !is_whole ? value : source;
}

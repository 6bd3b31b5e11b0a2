import { readOwnDetail } from '../model/own-detail.ts';
import { STATES } from '../model/vocabulary.ts';
import type { Words } from './words.ts';

/** Of these only the length is told; others may go either way. */
const LENGTHS: ReadonlySet<string> = new Set(['delay_ms', 'span_ms']);

/** Evidence for operators: of a code its words, else as it came, such as `SQLITE_FULL`. */
export function ownDetailText(detail: string, words: Words): string {
  const read = readOwnDetail(detail);
  if (read === null) return detail;
  const values = Object.entries(read.values).map(([key, value]) => valueText(key, value, words));
  return words.text(`own_detail.${read.code}`, Object.fromEntries(values));
}

/** The value under its name without the unit. */
function valueText(key: string, value: string, words: Words): [name: string, text: string] {
  if (key.endsWith('_at')) {
    return [key.slice(0, -'_at'.length), words.dateTimeSeconds(Number(value))];
  }
  if (key.endsWith('_ms')) {
    const sign = LENGTHS.has(key) ? '' : Number(value) < 0 ? '−' : '+';
    const span = words.duration(Math.abs(Number(value)));
    return [key.slice(0, -'_ms'.length), `${sign}${span}`];
  }
  const state = STATES.find((it) => it === value);
  return [key, state === undefined ? value : words.text(`state.${state}`)];
}

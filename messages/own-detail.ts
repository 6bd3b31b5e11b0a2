import { readOwnDetail } from '../model/own-detail.ts';
import type { Words } from './words.ts';

/** Of these only the length is told; others may go either way. */
const LENGTHS: ReadonlySet<string> = new Set(['delay_ms', 'span_ms']);

/** Evidence for operators: of a code its words, else as it came, such as `SQLITE_FULL`. */
export function ownDetailText(detail: string, words: Words): string {
  const read = readOwnDetail(detail);
  if (read === null) return detail;
  const values = Object.entries(read.values).map(([key, value]) => {
    if (!key.endsWith('_ms')) return [key, value];
    const sign = LENGTHS.has(key) ? '' : Number(value) < 0 ? '−' : '+';
    const span = words.duration(Math.abs(Number(value)));
    return [key.slice(0, -'_ms'.length), `${sign}${span}`];
  });
  return words.text(`own_detail.${read.code}`, Object.fromEntries(values));
}

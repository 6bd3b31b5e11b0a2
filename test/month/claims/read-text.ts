import type { Claim } from './claim.ts';
import { CELLS, SENTENCES, type SentenceForm } from './sentences-read.ts';
import { CLAIMS_NOTHING } from './words-read.ts';

export interface ReadText {
  claims: Claim[];
  /** What no form of sentence reads; null: nothing. */
  unread: string | null;
}

/** Between sentences, and between the parts of a line. */
const BETWEEN = /(?: · |：| - |，| )?/uy;

/** What a text says; `near`: an instant of the day that it is read on; `is_cell`: of a table. */
export function readText(text: string, near: number, is_cell = false): ReadText {
  if (CLAIMS_NOTHING.has(text)) return { claims: [], unread: null };
  const claims = readFrom({ text, near, forms: is_cell ? CELLS : SENTENCES }, 0);
  return claims === null ? { claims: [], unread: text } : { claims, unread: null };
}

interface Reading {
  text: string;
  near: number;
  forms: readonly SentenceForm[];
}

/** The longest sentence that leaves something that can be read, and what follows it. */
function readFrom(reading: Reading, from: number): Claim[] | null {
  const { text, near, forms } = reading;
  if (from === text.length) return [];
  const read = forms.flatMap((it) => {
    it.form.lastIndex = from;
    const found = it.form.exec(text);
    return found === null || found[0] === '' ? [] : { found, read: it.read };
  });
  const longest_first = read.toSorted((a, b) => b.found[0].length - a.found[0].length);
  for (const { found, read } of longest_first) {
    BETWEEN.lastIndex = from + found[0].length;
    BETWEEN.exec(text);
    const rest = readFrom(reading, BETWEEN.lastIndex);
    if (rest !== null) return [...read(found.groups ?? {}, near), ...rest];
  }
  return null;
}

import type { Failure } from '../../../exchange/failure.ts';
import type { CodeTable } from '../settings/codes.ts';
import { firstTextAt } from './places.ts';
import type { Reader } from './reader.ts';

/** A code that is none of success: its outcome by the tables; null: no table knows it. */
export interface FailingCode {
  outcome: Failure['outcome'] | null;
  detail: string;
}

/** What the codes in an answer say: the first that is none of success, success, or nothing. */
export type CodesSay = FailingCode | 'success' | 'nothing';

export function saidByCodes(tables: readonly CodeTable[], reader: Reader): CodesSay {
  let said: CodesSay = 'nothing';
  for (const table of tables) {
    const code = codeIn(table, reader);
    // As for values: what is empty is not there, unless the table says what that means.
    if (code === null || (code === '' && !means(table, code))) continue;
    if (table.ok.includes(code)) {
      if (said === 'nothing') said = 'success';
      continue;
    }
    const detail = `code ${SHOWN_CODE.test(code) ? code : 'unreadable'}`;
    const outcome = Object.hasOwn(table.outcomes, code) ? table.outcomes[code] : undefined;
    if (outcome !== undefined) return { outcome, detail };
    if (typeof said === 'string') said = { outcome: null, detail };
  }
  return said;
}

/** Whoever names another place by mistake has the number of an invoice there. */
const SHOWN_CODE = /^(?!.*\d{8})[\w.-]{1,20}$/;

function means({ ok, outcomes }: CodeTable, code: string): boolean {
  return ok.includes(code) || Object.hasOwn(outcomes, code);
}

/** Of PDF, and of archives as OFD is one. */
const BEGINNINGS: ReadonlySet<string> = new Set(['%PDF', 'PK\x03\x04']);

/** Of these tables, those that may say something of an answer: a file has no code within. */
export function tablesFor(tables: readonly CodeTable[], { answer }: Reader): readonly CodeTable[] {
  const is_file = BEGINNINGS.has(answer.body.toString('latin1', 0, 4));
  return is_file ? tables.filter(({ header }) => header !== undefined) : tables;
}

function codeIn({ json, xml, header }: CodeTable, reader: Reader): string | null {
  if (json !== undefined) return firstTextAt({ json }, reader);
  if (xml !== undefined) return firstTextAt({ xml }, reader);
  return header === undefined ? null : firstTextAt({ header }, reader);
}

import type { Failure } from '../../../exchange/failure.ts';
import type { CodeTable } from '../settings/codes.ts';
import { firstTextAt } from './places.ts';
import type { Reader } from './reader.ts';

/** What the codes in an answer say: an outcome by the tables; null: no table knows the code. */
export interface CodeFound {
  outcome: Failure['outcome'] | null;
  detail: string;
}

/** The first code that is none of success; null: there is none. */
export function failingCode(tables: readonly CodeTable[], reader: Reader): CodeFound | null {
  let unknown: CodeFound | null = null;
  for (const table of tables) {
    const code = codeIn(table, reader);
    if (code === null || table.ok.includes(code)) continue;
    const detail = `code ${/^[\w.-]{1,20}$/.test(code) ? code : 'unreadable'}`;
    const outcome = Object.hasOwn(table.outcomes, code) ? table.outcomes[code] : undefined;
    if (outcome !== undefined) return { outcome, detail };
    unknown ??= { outcome: null, detail };
  }
  return unknown;
}

function codeIn({ json, xml, header }: CodeTable, reader: Reader): string | null {
  if (json !== undefined) return firstTextAt({ json }, reader);
  if (xml !== undefined) return firstTextAt({ xml }, reader);
  return header === undefined ? null : firstTextAt({ header }, reader);
}

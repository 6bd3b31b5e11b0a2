import { iso } from '../../../../model/time.ts';
import { csvLine } from './csv.ts';
import type { HistoryParts } from './parts.ts';
import type { HistoryQuery } from './query.ts';
import { columnsOf, historyRows } from './rows.ts';

const TEXT_AT_A_TIME = 32_768;

/** The answer as text, piece by piece, as it is read: bounded memory at any length. */
export function historyText(parts: HistoryParts, query: HistoryQuery): AsyncGenerator<string> {
  return inPieces(query.format === 'csv' ? csvOf(parts, query) : jsonOf(parts, query));
}

/** With a header; an empty field is no figure. */
async function* csvOf(parts: HistoryParts, query: HistoryQuery): AsyncGenerator<string> {
  const columns = columnsOf(query);
  yield csvLine(['component', ...columns]);
  for await (const { component, rows } of historyRows(parts, query))
    yield rows.map((row) => csvLine([component, ...columns.map((it) => row[it])])).join('');
}

async function* jsonOf(parts: HistoryParts, query: HistoryQuery): AsyncGenerator<string> {
  const { kind, grain, from, to } = query;
  const { page, demo } = parts.configuration;
  const of_grain = kind === 'figures' ? { grain } : {};
  const about = { kind, ...of_grain, from: iso(from), to: iso(to), zone: page.zone, demo };
  yield `${JSON.stringify(about).slice(0, -1)},"rows":[`;
  let separator = '\n';
  for await (const { component, rows } of historyRows(parts, query)) {
    if (rows.length === 0) continue;
    yield separator + rows.map((row) => JSON.stringify({ component, ...row })).join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}

async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < TEXT_AT_A_TIME) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

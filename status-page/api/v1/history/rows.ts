import { type ComponentId, componentId } from '../../../../model/vocabulary.ts';
import { FIGURE_COLUMNS, figureRows } from './figure-rows.ts';
import type { ComponentQuery, HistoryParts, HistoryRow } from './parts.ts';
import type { HistoryQuery } from './query.ts';
import { RESULT_COLUMNS, resultRows } from './result-rows.ts';
import { STATE_COLUMNS, stateRows } from './state-rows.ts';

interface KindOfRows {
  columns: readonly string[];
  rows(parts: HistoryParts, query: ComponentQuery): AsyncIterable<HistoryRow[]>;
}

const KINDS: Record<HistoryQuery['kind'], KindOfRows> = {
  figures: { columns: FIGURE_COLUMNS, rows: figureRows },
  states: { columns: STATE_COLUMNS, rows: stateRows },
  results: { columns: RESULT_COLUMNS, rows: resultRows },
};

/** Beside the component. */
export function columnsOf({ kind }: Pick<HistoryQuery, 'kind'>): readonly string[] {
  return KINDS[kind].columns;
}

/** Rows of one component, as many as were read at once: far cheaper than one by one. */
interface HistoryRows {
  component: ComponentId;
  rows: HistoryRow[];
}

/** The rows of each component, oldest first, read as they are asked for. */
export async function* historyRows(
  parts: HistoryParts,
  query: HistoryQuery,
): AsyncGenerator<HistoryRows> {
  const { configuration, clock } = parts;
  const { kind, from, to, grain } = query;
  for (const component of query.components) {
    const checks = configuration.checks
      .filter((it) => componentId(it.system, it.function) === component)
      .map(({ id }) => id);
    const asked = { component, checks, from, to, grain, now: clock.now() };
    for await (const rows of KINDS[kind].rows(parts, asked)) yield { component, rows };
  }
}

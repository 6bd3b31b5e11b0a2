import { performance } from 'node:perf_hooks';
import type { Configuration } from '../model/configuration.ts';
import { MINUTE } from '../model/time.ts';
import type { HistoryQuery } from '../status-page/api/v1/history/query.ts';
import { historyText } from '../status-page/api/v1/history/text.ts';
import { openStoreReader } from '../store/sqlite/open.ts';
import { HISTORY_END, YEAR_START } from '../test/store/history.ts';
import { median } from './figure.ts';

interface CsvParts {
  /** Path of the database. */
  path: string;
  configuration: Configuration;
  rounds: number;
}

/**
 * Median ms of the CSV of a year of the first component, from the first read to the last line, and
 * its rows.
 */
export async function timeCsv(
  { path, configuration, rounds }: CsvParts,
  asked: Pick<HistoryQuery, 'kind' | 'grain'>,
): Promise<{ took_ms: number; rows: number }> {
  const reader = await openStoreReader({ path });
  const clock = { now: () => HISTORY_END + MINUTE / 2, monotonic: () => performance.now() };
  const parts = {
    reader,
    clock,
    configuration,
    inTurn: <T>(read: () => Promise<T>): Promise<T> => read(),
  };
  const query: HistoryQuery = {
    ...asked,
    components: ['system-0.query'],
    from: YEAR_START,
    to: HISTORY_END,
    format: 'csv',
  };
  const took: number[] = [];
  let rows = 0;
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    let lines = 0;
    for await (const piece of historyText(parts, query)) lines += piece.split('\n').length - 1;
    took.push(performance.now() - begun);
    rows = lines - 1;
  }
  await reader.close();
  return { took_ms: median(took), rows };
}

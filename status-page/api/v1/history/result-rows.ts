import { isJudged } from '../../../../model/judge/bad.ts';
import { delayMs, type Result } from '../../../../model/result.ts';
import { iso } from '../../../../model/time.ts';
import type { ComponentQuery, HistoryParts, HistoryRow } from './parts.ts';
import { readResults } from './read-results.ts';

export const RESULT_COLUMNS = [
  'slot_at',
  'check',
  'line',
  'outcome',
  'reason',
  'judged',
  'confirming',
  'started_at',
  'duration_ms',
  'delay_ms',
  'resolve_ms',
  'connect_ms',
  'tls_ms',
  'processing_ms',
  'transfer_ms',
  'bytes',
  'http_status',
  'simulated',
];

/** Single results, as long as they are kept. Details of bad ones may name hosts: left out. */
export async function* resultRows(
  parts: HistoryParts,
  query: ComponentQuery,
): AsyncGenerator<HistoryRow[]> {
  const lines = new Map(parts.configuration.checks.map(({ id, line }) => [id, line]));
  const range = { from: query.from, to: Math.min(query.to, query.now) };
  for await (const results of readResults(parts, query, range))
    yield results.map((result) => rowOf(result, lines.get(result.check) ?? null));
}

function rowOf(result: Result, line: string | null): HistoryRow {
  const { phases } = result;
  return {
    slot_at: iso(result.slot_at),
    check: result.check,
    line,
    outcome: result.outcome,
    reason: result.reason,
    judged: isJudged(result.outcome),
    confirming: result.confirming,
    started_at: iso(result.started_at),
    duration_ms: result.duration_ms,
    // Where our own delay is part of it nobody knows.
    delay_ms: result.outcome === 'ok' ? delayMs(result) : null,
    resolve_ms: phases.resolve ?? null,
    connect_ms: phases.connect ?? null,
    tls_ms: phases.tls ?? null,
    processing_ms: phases.processing ?? null,
    transfer_ms: phases.transfer ?? null,
    bytes: result.bytes,
    http_status: result.http_status,
    simulated: result.simulated,
  };
}

import { type Check, type Configuration, isOwnTraffic } from '../../model/configuration.ts';
import type { Evidence, EvidenceRow } from '../../model/evidence.ts';
import { checkNames } from '../../model/names.ts';
import type { IncidentView } from '../../model/overview.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE } from '../../model/time.ts';
import { componentId, type EpochMs } from '../../model/vocabulary.ts';
import type { StoreReader } from '../../store/store.ts';

/** Includes failures shortly before and after. */
const AROUND_MS = MINUTE;
/** Measurements read per component: two hours of three checks every 15 s that all fail. */
const LIMIT = 1_500;

export interface EvidenceParts {
  reader: StoreReader;
  configuration: Configuration;
  now: EpochMs;
}

/**
 * The failed measurements of an incident's components from its start to its end by the ledger,
 * grouped by minute and reason.
 */
export async function loadEvidence(
  incident: IncidentView,
  { reader, configuration, now }: EvidenceParts,
): Promise<Evidence> {
  const { bad_time, started_at, monitoring_at, resolved_at } = incident;
  const ended_at = bad_time === null ? (monitoring_at ?? resolved_at) : bad_time.to;
  const { evidence_ms } = configuration.retention;
  const from = started_at - AROUND_MS;
  const to = (ended_at ?? now) + AROUND_MS;
  const lists = await Promise.all(
    incident.components.map((component) =>
      reader.results({ component, from, to, limit: LIMIT, bad: true }),
    ),
  );
  return {
    rows: groupByMinute(lists.flat(), configuration.checks),
    truncated_at: lists.some((list) => list.length >= LIMIT) ? LIMIT : null,
    kept_ms: from < now - evidence_ms ? evidence_ms : null,
    has_own_traffic: configuration.checks.some(
      (it) => isOwnTraffic(it) && incident.components.includes(componentId(it.system, it.function)),
    ),
  };
}

function groupByMinute(results: readonly Result[], checks: readonly Check[]): EvidenceRow[] {
  const rows = new Map<string, EvidenceRow>();
  for (const result of results) {
    const check = checks.find((it) => it.id === result.check);
    if (!check) continue;
    const minute = Math.floor(result.started_at / MINUTE) * MINUTE;
    const { outcome, reason, detail, notes } = result;
    const key = JSON.stringify([minute, check.id, outcome, reason, detail, notes]);
    const row = rows.get(key);
    if (row) row.count += 1;
    else {
      const siblings = checks.filter(
        (it) => it.system === check.system && it.function === check.function,
      );
      rows.set(key, {
        minute,
        function: check.function,
        check_name: checkNames(siblings.map((it) => it.id))[check.id] ?? null,
        outcome,
        reason,
        detail,
        notes,
        count: 1,
      });
    }
  }
  return [...rows.values()].sort((a, b) => a.minute - b.minute);
}

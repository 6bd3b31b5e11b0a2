import type { Insertable, Selectable } from 'kysely';
import { OPEN_INCIDENT_STATUSES } from '../../model/incident/life-cycle.ts';
import type { Incident, IncidentUpdate, IncidentWithUpdates } from '../../model/incident.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db, IncidentTable, IncidentUpdateTable } from '../rows/schema.ts';
import { bit, inChunks, parseJson } from '../rows/values.ts';

export interface IncidentReads {
  /** Newest first, with their updates oldest first; all of them without a limit. */
  incidents(filter: IncidentFilter): Promise<IncidentWithUpdates[]>;
  incident(id: string): Promise<IncidentWithUpdates | null>;
}

interface IncidentFilter {
  unresolved?: boolean;
  /** Unresolved, or resolved later than this. */
  lasting_after?: EpochMs;
  limit?: number;
}

export function incidentReads(db: Db): IncidentReads {
  return {
    async incidents({ unresolved = false, lasting_after = 0, limit = Number.MAX_SAFE_INTEGER }) {
      const rows = await db
        .selectFrom('incident')
        .selectAll()
        .$if(unresolved, (select) => select.where('status', 'in', OPEN_INCIDENT_STATUSES))
        .where((it) =>
          it.or([it('resolved_at', 'is', null), it('resolved_at', '>', lasting_after)]),
        )
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return withUpdates(db, rows);
    },
    async incident(id) {
      const rows = await db.selectFrom('incident').selectAll().where('id', '=', id).execute();
      const [incident] = await withUpdates(db, rows);
      return incident ?? null;
    },
  };
}

/** Replaces incidents of the same id. */
export async function saveIncidents(db: Db, incidents: Incident[]): Promise<void> {
  for (const values of inChunks(incidents.map(incidentRow))) {
    await db
      .insertInto('incident')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((row) => ({
          status: row.ref('excluded.status'),
          impact: row.ref('excluded.impact'),
          title: row.ref('excluded.title'),
          functions: row.ref('excluded.functions'),
          seen_from: row.ref('excluded.seen_from'),
          maybe_our_line: row.ref('excluded.maybe_our_line'),
          components: row.ref('excluded.components'),
          started_at: row.ref('excluded.started_at'),
          updated_at: row.ref('excluded.updated_at'),
          monitoring_at: row.ref('excluded.monitoring_at'),
          resolved_at: row.ref('excluded.resolved_at'),
          taken_over: row.ref('excluded.taken_over'),
        })),
      )
      .execute();
  }
}

/** Ignores existing updates. */
export async function insertIncidentUpdates(db: Db, updates: IncidentUpdate[]): Promise<void> {
  for (const values of inChunks(updates.map(updateRow))) {
    await db
      .insertInto('incident_update')
      .values(values)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

async function withUpdates(
  db: Db,
  rows: Selectable<IncidentTable>[],
): Promise<IncidentWithUpdates[]> {
  if (rows.length === 0) return [];
  const updates = await db
    .selectFrom('incident_update')
    .selectAll()
    .where(
      'incident',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('created_at')
    .orderBy('seq')
    .execute();
  const byIncident = Map.groupBy(updates.map(toUpdate), (update) => update.incident);
  return rows.map((row) => ({ ...toIncident(row), updates: byIncident.get(row.id) ?? [] }));
}

function incidentRow(incident: Incident): Selectable<IncidentTable> {
  return {
    id: incident.id,
    system: incident.system,
    status: incident.status,
    impact: incident.impact,
    title: incident.title,
    functions: JSON.stringify(incident.functions),
    seen_from: incident.seen_from,
    maybe_our_line: bit(incident.maybe_our_line),
    components: JSON.stringify(incident.components),
    started_at: incident.started_at,
    created_at: incident.created_at,
    updated_at: incident.updated_at,
    monitoring_at: incident.monitoring_at,
    resolved_at: incident.resolved_at,
    taken_over: bit(incident.taken_over),
    simulated: bit(incident.simulated),
    cause: incident.cause,
  };
}

function toIncident(row: Selectable<IncidentTable>): Incident {
  return {
    id: row.id,
    system: row.system,
    status: row.status,
    impact: row.impact,
    title: row.title,
    functions: parseJson(row.functions),
    seen_from: row.seen_from,
    maybe_our_line: row.maybe_our_line === 1,
    components: parseJson(row.components),
    started_at: row.started_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
    monitoring_at: row.monitoring_at,
    resolved_at: row.resolved_at,
    taken_over: row.taken_over === 1,
    simulated: row.simulated === 1,
    cause: row.cause,
  };
}

function updateRow(update: IncidentUpdate): Insertable<IncidentUpdateTable> {
  return {
    id: update.id,
    incident: update.incident,
    status: update.status,
    code: update.code,
    text: update.text,
    affected: JSON.stringify(update.affected),
    told: update.told ? 1 : 0,
    created_at: update.created_at,
  };
}

function toUpdate(row: Selectable<IncidentUpdateTable>): IncidentUpdate {
  return {
    id: row.id,
    incident: row.incident,
    status: row.status,
    code: row.code,
    text: row.text,
    affected: parseJson(row.affected),
    told: row.told === 1,
    created_at: row.created_at,
  };
}

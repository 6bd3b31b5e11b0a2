import type { Kysely } from 'kysely';
import { isAdminToken, readAdminTokenId } from './queries/admin-token.ts';
import { readAlert, readAlerts } from './queries/alerts.ts';
import { readChangeSeq } from './queries/changes.ts';
import type { CheckIds } from './queries/checks.ts';
import { readComponents } from './queries/components.ts';
import { countFailuresInARow, readPendingDeliveries } from './queries/deliveries.ts';
import { readKnownEvents } from './queries/events.ts';
import { readGaps } from './queries/gaps.ts';
import { readIncident, readIncidents } from './queries/incidents.ts';
import { readJourneys, readLooks } from './queries/journeys.ts';
import { readMaintenance, readMaintenances } from './queries/maintenances.ts';
import { readResults } from './queries/results.ts';
import { readRollupCounts, readRollups } from './queries/rollups.ts';
import { readSubscriber } from './queries/subscribers.ts';
import { readTransitions } from './queries/transitions.ts';
import { readWindows } from './queries/windows.ts';
import type { Schema } from './schema.ts';
import type { StoreReader } from './store.ts';

/** What an engine adds to the shared queries. */
export type EngineReads = Pick<StoreReader, 'dataVersion' | 'integrityProblems' | 'close'>;

/** The reading half over any engine. */
export function createReader({
  db,
  checkIds,
  engine,
}: {
  db: Kysely<Schema>;
  checkIds: CheckIds;
  engine: EngineReads;
}): StoreReader {
  return {
    ...engine,
    changeSeq: () => readChangeSeq(db),
    components: () => readComponents(db),
    transitions: (from, to) => readTransitions(db, from, to),
    gaps: (from, to) => readGaps(db, from, to),
    windows: (from, to) => readWindows(db, from, to),
    incidents: (filter) => readIncidents(db, filter),
    incident: (id) => readIncident(db, id),
    maintenances: (filter) => readMaintenances(db, filter),
    maintenance: (id) => readMaintenance(db, id),
    results: (query) => readResults(db, checkIds, query),
    rollups: (grain, from, to) => readRollups(db, checkIds, { grain, from, to }),
    rollupCounts: (grain, from, to) => readRollupCounts(db, checkIds, { grain, from, to }),
    journeys: (filter) => readJourneys(db, checkIds, filter),
    alerts: (filter) => readAlerts(db, filter),
    alert: (id) => readAlert(db, id),
    pendingDeliveries: () => readPendingDeliveries(db),
    failuresInARow: (recipient, limit) => countFailuresInARow(db, recipient, limit),
    subscriber: (id) => readSubscriber(db, id),
    looks: (journey) => readLooks(db, journey),
    knownEvents: (ids) => readKnownEvents(db, ids),
    isAdminToken: (token) => isAdminToken(db, token),
    adminTokenId: () => readAdminTokenId(db),
  };
}

import type { Kysely } from 'kysely';
import { ensureAdminToken, renewAdminToken } from './queries/admin-token.ts';
import { acknowledgeAlert, readAlerts, saveAlerts } from './queries/alerts.ts';
import { insertChanges } from './queries/changes.ts';
import { type CheckIds, registerChecks } from './queries/checks.ts';
import { readComponents, saveComponents } from './queries/components.ts';
import { insertEvents } from './queries/events.ts';
import { fanOut } from './queries/fan-out.ts';
import { insertGaps } from './queries/gaps.ts';
import { insertUpdates, readIncidents, saveIncidents } from './queries/incidents.ts';
import { readHeartbeat, readOrCreateInstallation, saveHeartbeat } from './queries/installation.ts';
import { insertLooks, readJourneys, saveJourneys } from './queries/journeys.ts';
import { readJudgements, saveJudgements } from './queries/judgements.ts';
import { insertMaintenanceUpdates, saveMaintenances } from './queries/maintenances.ts';
import { claimDeliveries, insertNotices, settleDelivery } from './queries/notices.ts';
import { prune } from './queries/prune.ts';
import { insertResults } from './queries/results.ts';
import { upsertRollups } from './queries/rollups.ts';
import {
  confirmSubscriber,
  subscribe,
  unsubscribe,
  updateSubscription,
} from './queries/subscribers.ts';
import { insertTransitions, readLastTransitions } from './queries/transitions.ts';
import type { Schema } from './schema.ts';
import type { Recording, Resumption, Store, StoreReader } from './store.ts';

/** The writing half over any engine: every operation is one transaction. */
export function createWriter({
  db,
  checkIds,
}: {
  db: Kysely<Schema>;
  checkIds: CheckIds;
}): Omit<Store, keyof StoreReader> {
  function write<T>(operation: (trx: Kysely<Schema>) => Promise<T>): Promise<T> {
    return db.transaction().execute(operation);
  }

  return {
    installation: () => write(readOrCreateInstallation),
    ensureAdminToken: () => write(ensureAdminToken),
    renewAdminToken: () => write(renewAdminToken),
    register: (checks) => write((trx) => registerChecks(trx, checks)),
    resume: () => write((trx) => resume(trx, checkIds)),
    record: (recording) => write((trx) => record(trx, checkIds, recording)),
    saveRollups: (grain, rollups) => write((trx) => upsertRollups(trx, checkIds, grain, rollups)),
    prune: (what, before, limit) => write((trx) => prune(trx, { what, before, limit })),
    claimDeliveries: (now, lease_ms, limit, recipients) =>
      write((trx) => claimDeliveries(trx, { now, lease_ms, limit, ...recipients })),
    settleDelivery: (id, settlement) => write((trx) => settleDelivery(trx, id, settlement)),
    fanOut: (fanning) => write((trx) => fanOut(trx, fanning)),
    subscribe: (subscriber, notice) => write((trx) => subscribe(trx, subscriber, notice)),
    confirmSubscriber: (id, nonce, now) =>
      write((trx) => confirmSubscriber(trx, { id, nonce, now })),
    updateSubscription: (id, choice) => write((trx) => updateSubscription(trx, id, choice)),
    unsubscribe: (id, now) => write((trx) => unsubscribe(trx, id, now)),
    acknowledgeAlert: (id, now) => write((trx) => acknowledgeAlert(trx, id, now)),
  };
}

/** The order is that of the references: what is pointed at comes first. */
async function record(db: Kysely<Schema>, checkIds: CheckIds, recording: Recording): Promise<void> {
  const { results, judgements, components, transitions, journeys, looks } = recording;
  if (results) await insertResults(db, checkIds, results);
  if (judgements) await saveJudgements(db, checkIds, judgements);
  if (components) await saveComponents(db, components);
  if (transitions) await insertTransitions(db, transitions);
  if (journeys) await saveJourneys(db, checkIds, journeys);
  if (looks) await insertLooks(db, looks);
  const { maintenances, maintenance_updates } = recording;
  if (recording.events) await insertEvents(db, recording.events);
  const { incidents, updates, alerts, notices, changes, gaps, heartbeat_at, rollups } = recording;
  if (incidents) await saveIncidents(db, incidents);
  if (updates) await insertUpdates(db, updates);
  if (maintenances) await saveMaintenances(db, maintenances);
  if (maintenance_updates) await insertMaintenanceUpdates(db, maintenance_updates);
  if (alerts) await saveAlerts(db, alerts);
  if (notices) await insertNotices(db, notices);
  if (changes) await insertChanges(db, changes);
  if (gaps) await insertGaps(db, gaps);
  if (heartbeat_at !== undefined) await saveHeartbeat(db, heartbeat_at);
  if (rollups) await upsertRollups(db, checkIds, rollups.grain, rollups.rollups);
}

async function resume(db: Kysely<Schema>, checkIds: CheckIds): Promise<Resumption> {
  const all = Number.MAX_SAFE_INTEGER;
  return {
    judgements: await readJudgements(db),
    components: await readComponents(db),
    states: (await readLastTransitions(db, null)).map(({ component, to, since }) => ({
      component,
      state: to,
      since,
    })),
    incidents: await readIncidents(db, { unresolved: true, limit: all }),
    alerts: await readAlerts(db, { open: true, limit: all }),
    waiting: await readJourneys(db, checkIds, { state: 'waiting', limit: all }),
    heartbeat_at: await readHeartbeat(db),
  };
}

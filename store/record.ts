import type { Alert } from '../model/alert.ts';
import type { ComponentStatus, Gap, Transition } from '../model/component.ts';
import type { ReceivedEvent } from '../model/event.ts';
import type { Incident, IncidentUpdate } from '../model/incident.ts';
import type { Journey, Look } from '../model/journey.ts';
import type { CheckJudgement } from '../model/judge/check.ts';
import type { MaintenanceUpdate } from '../model/maintenance.ts';
import type { Notice } from '../model/notice.ts';
import type { Result } from '../model/result.ts';
import type { Grain, Rollup } from '../model/rollup.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import { saveAlerts } from './ports/alerts.ts';
import { type Change, insertChanges } from './ports/changes.ts';
import type { CheckIds } from './ports/checks.ts';
import { insertEvents } from './ports/events.ts';
import { insertGaps } from './ports/gaps.ts';
import { insertIncidentUpdates, saveIncidents } from './ports/incidents.ts';
import { saveHeartbeat } from './ports/installation.ts';
import { insertLooks, saveJourneys } from './ports/journeys.ts';
import { saveJudgements } from './ports/judgements.ts';
import {
  insertMaintenanceUpdates,
  type MaintenanceWrite,
  saveMaintenances,
} from './ports/maintenances.ts';
import { insertNotices } from './ports/notices.ts';
import { insertResults } from './ports/results.ts';
import { upsertRollups } from './ports/rollups.ts';
import { insertTransitions, saveComponents } from './ports/states.ts';
import type { Db } from './rows/schema.ts';

export interface RecordWrites {
  /**
   * Writes everything one event implies, in one immediate transaction. Results, looks, updates and
   * notices that are already there are left as they are; a journey that has ended never waits again
   * and has no number. Throws when a check was never registered, and `StaleMaintenance` when a
   * maintenance is not as it was read; then nothing is written.
   */
  record(recording: Recording): Promise<void>;
}

/** Everything one event implies. Each part is optional; all of it happens or none of it. */
export interface Recording {
  results?: Result[];
  judgements?: CheckJudgement[];
  components?: ComponentStatus[];
  /** Of each component in the order of `since`: none may lie before the last one that is there. */
  transitions?: Transition[];
  journeys?: Journey[];
  looks?: Look[];
  /** Events that were posted to us: one that is there already is left as it is. */
  events?: ReceivedEvent[];
  incidents?: Incident[];
  updates?: IncidentUpdate[];
  maintenances?: MaintenanceWrite[];
  maintenance_updates?: MaintenanceUpdate[];
  /** Replace those of the same id, except that what was acknowledged stays so. */
  alerts?: Alert[];
  notices?: Notice[];
  changes?: Change[];
  gaps?: Gap[];
  heartbeat_at?: EpochMs;
  /** Roll-ups that come with it (the demo's history). */
  rollups?: { grain: Grain; rollups: Rollup[] };
}

export function recordWrites(db: Db, checkIds: CheckIds): RecordWrites {
  return {
    record: (recording) => db.transaction().execute((trx) => record(trx, checkIds, recording)),
  };
}

/** The order is that of the references: what is pointed at comes first. */
async function record(db: Db, checkIds: CheckIds, recording: Recording): Promise<void> {
  const { results, judgements, components, transitions, journeys, looks, events } = recording;
  if (results) await insertResults(db, checkIds, results);
  if (judgements) await saveJudgements(db, checkIds, judgements);
  if (components) await saveComponents(db, components);
  if (transitions) await insertTransitions(db, transitions);
  if (journeys) await saveJourneys(db, checkIds, journeys);
  if (looks) await insertLooks(db, looks);
  if (events) await insertEvents(db, events);
  const { incidents, updates, maintenances, maintenance_updates, alerts, notices } = recording;
  if (incidents) await saveIncidents(db, incidents);
  if (updates) await insertIncidentUpdates(db, updates);
  if (maintenances) await saveMaintenances(db, maintenances);
  if (maintenance_updates) await insertMaintenanceUpdates(db, maintenance_updates);
  if (alerts) await saveAlerts(db, alerts);
  if (notices) await insertNotices(db, notices);
  const { changes, gaps, heartbeat_at, rollups } = recording;
  if (changes) await insertChanges(db, changes);
  if (gaps) await insertGaps(db, gaps);
  if (heartbeat_at !== undefined) await saveHeartbeat(db, heartbeat_at);
  if (rollups) await upsertRollups(db, checkIds, rollups.grain, rollups.rollups);
}

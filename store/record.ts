import type { Alert } from '../model/alert.ts';
import type { ComponentStatus, Gap, Transition } from '../model/component.ts';
import type { AskedDomain } from '../model/domain.ts';
import type { OwnResult, ReceivedEvent } from '../model/event.ts';
import type { Incident, IncidentUpdate } from '../model/incident.ts';
import type { CorrectedJourney, Journey, Look } from '../model/journey.ts';
import type { CheckJudgement } from '../model/judge/judgement.ts';
import type { MaintenanceUpdate } from '../model/maintenance.ts';
import type { Notice } from '../model/notice.ts';
import type { OwnTrouble } from '../model/own-trouble.ts';
import type { Result } from '../model/result.ts';
import type { Grain, Rollup } from '../model/rollup.ts';
import type { Specimen, SpecimenChange } from '../model/specimen.ts';
import type { ReachedStage } from '../model/stage.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import { saveAlerts } from './ports/alerts.ts';
import { type Change, insertChanges } from './ports/changes.ts';
import { type CheckIds, type RegisteredCheck, registerChecks } from './ports/checks.ts';
import { saveDomains } from './ports/domains.ts';
import { insertEvents } from './ports/events.ts';
import { insertGaps } from './ports/gaps.ts';
import { insertIncidentUpdates, saveIncidents } from './ports/incidents.ts';
import { type Judge, saveHeartbeat, saveJudge } from './ports/installation.ts';
import { insertLooks, saveJourneys } from './ports/journeys.ts';
import { saveJudgements } from './ports/judgements.ts';
import {
  insertMaintenanceUpdates,
  type MaintenanceWrite,
  saveMaintenances,
} from './ports/maintenances.ts';
import { type JourneyMove, moveJourneys } from './ports/moved-journeys.ts';
import { insertNotices } from './ports/notices.ts';
import { insertOwnResults } from './ports/own-results.ts';
import { saveOwnTroubles } from './ports/own-troubles.ts';
import { insertReachedStages } from './ports/reached-stages.ts';
import { insertResults } from './ports/results.ts';
import { lowerRolledUp } from './ports/rolled-up.ts';
import { upsertRollups } from './ports/rollups.ts';
import { insertSpecimenChanges, saveSpecimens } from './ports/specimens.ts';
import { insertTransitions, saveComponents } from './ports/states.ts';
import type { Db } from './rows/schema.ts';
import { setBackTo } from './set-back.ts';

export interface RecordWrites {
  /**
   * Writes all consequences of one event in one immediate transaction. Existing results, looks,
   * updates and notices are ignored; an ended journey never returns to waiting or gets a number.
   * Throws when a check is not registered, and `StaleMaintenance` when a maintenance has changed
   * since it was read; then nothing is written.
   */
  record(recording: Recording): Promise<void>;
  /**
   * After the wall clock was set back to the instant: voids the results of later slots, which no
   * read returns any more; another result of the slot replaces a void one. What else was dated
   * later is dated at the instant or deleted.
   */
  voidAfter(at: EpochMs): Promise<void>;
}

/** All consequences of one event, written atomically. Each part is optional. */
export interface Recording {
  /** As `voidAfter`, before all else. */
  void_after?: EpochMs;
  /** As `register`. */
  checks?: RegisteredCheck[];
  results?: Result[];
  judgements?: CheckJudgement[];
  /** Replace those of the same check and invoice. */
  specimens?: Specimen[];
  specimen_changes?: SpecimenChange[];
  components?: ComponentStatus[];
  /** In the order of recording; one that begins before others of its component corrects those. */
  transitions?: Transition[];
  /** One after the other, before the journeys of this recording. */
  journey_moves?: JourneyMove[];
  journeys?: Journey[];
  /** Counted already, as what they were before. */
  corrected_journeys?: CorrectedJourney[];
  looks?: Look[];
  /** Existing ones of the same journey and stage stay. */
  reached_stages?: ReachedStage[];
  /** Of own traffic; existing ones are ignored. */
  own_results?: OwnResult[];
  /** Posted events; existing ones are ignored. */
  events?: ReceivedEvent[];
  incidents?: Incident[];
  updates?: IncidentUpdate[];
  maintenances?: MaintenanceWrite[];
  maintenance_updates?: MaintenanceUpdate[];
  /** Replace alerts of the same id, but keep their acknowledgement. */
  alerts?: Alert[];
  notices?: Notice[];
  changes?: Change[];
  /** Of gaps with the same start the longest is kept; those that end before it are ignored. */
  gaps?: Gap[];
  /** Replace those of the same kind, line and start. */
  own_troubles?: OwnTrouble[];
  /** Replace those of the same name. */
  domains?: AskedDomain[];
  heartbeat_at?: EpochMs;
  /** What judges from now on; known already, it goes on. */
  judge?: Judge;
  /** Roll-ups to store with it (the demo's history). */
  rollups?: { grain: Grain; rollups: Rollup[] };
}

export function recordWrites(db: Db, checkIds: CheckIds): RecordWrites {
  return {
    record: (recording) => db.transaction().execute((trx) => record(trx, checkIds, recording)),
    voidAfter: (at) => db.transaction().execute((trx) => setBackTo(trx, at)),
  };
}

/** In the order of references: referenced rows first. */
async function record(db: Db, checkIds: CheckIds, recording: Recording): Promise<void> {
  const { void_after, results, judgements, specimens, specimen_changes } = recording;
  const { components, transitions, journey_moves, journeys, looks, events } = recording;
  if (void_after !== undefined) await setBackTo(db, void_after);
  if (recording.checks) await registerChecks(db, recording.checks);
  if (results) await insertResults(db, checkIds, results);
  if (judgements) await saveJudgements(db, checkIds, judgements);
  if (specimens) await saveSpecimens(db, checkIds, specimens);
  if (specimen_changes) await insertSpecimenChanges(db, checkIds, specimen_changes);
  if (components) await saveComponents(db, components);
  if (transitions) await insertTransitions(db, transitions);
  if (journey_moves) await moveJourneys(db, journey_moves);
  if (journeys) await saveJourneys(db, checkIds, journeys);
  if (recording.corrected_journeys) {
    const corrected = recording.corrected_journeys.map(({ after }) => after);
    await saveJourneys(db, checkIds, corrected);
  }
  if (looks) await insertLooks(db, looks);
  if (recording.reached_stages) await insertReachedStages(db, checkIds, recording.reached_stages);
  if (recording.own_results) await insertOwnResults(db, checkIds, recording.own_results);
  if (events) await insertEvents(db, events);
  const { incidents, updates, maintenances, maintenance_updates, alerts, notices } = recording;
  if (incidents) await saveIncidents(db, incidents);
  if (updates) await insertIncidentUpdates(db, updates);
  if (maintenances) await saveMaintenances(db, maintenances);
  if (maintenance_updates) await insertMaintenanceUpdates(db, maintenance_updates);
  if (alerts) await saveAlerts(db, alerts);
  if (notices) await insertNotices(db, notices);
  const { changes, gaps, own_troubles, heartbeat_at, judge, rollups } = recording;
  if (changes) await insertChanges(db, changes);
  if (gaps) await insertGaps(db, gaps);
  if (own_troubles) await saveOwnTroubles(db, own_troubles);
  if (recording.domains) await saveDomains(db, recording.domains);
  if (heartbeat_at !== undefined) await saveHeartbeat(db, heartbeat_at);
  if (judge) await saveJudge(db, judge);
  await lowerRolledUp(db, recording);
  if (rollups) await upsertRollups(db, checkIds, rollups.grain, rollups.rollups);
}

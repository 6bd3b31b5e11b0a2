import {
  type AdminTokenReads,
  type AdminTokenWrites,
  adminTokenReads,
  adminTokenWrites,
} from './ports/admin-token.ts';
import { type AlertReads, type AlertWrites, alertReads, alertWrites } from './ports/alerts.ts';
import { type ChangeReads, changeReads } from './ports/changes.ts';
import { type CheckWrites, checkWrites, createCheckIds } from './ports/checks.ts';
import {
  type DeliveryReads,
  type DeliveryWrites,
  deliveryReads,
  deliveryWrites,
} from './ports/deliveries.ts';
import { type DomainReads, domainReads } from './ports/domains.ts';
import {
  type EndedSessionReads,
  type EndedSessionWrites,
  endedSessionReads,
  endedSessionWrites,
} from './ports/ended-sessions.ts';
import { type EventReads, eventReads } from './ports/events.ts';
import { type ExcludedTimeReads, excludedTimeReads } from './ports/excluded-times.ts';
import { type GapReads, gapReads } from './ports/gaps.ts';
import { type IncidentReads, incidentReads } from './ports/incidents.ts';
import {
  type InstallationReads,
  type InstallationWrites,
  installationReads,
  installationWrites,
} from './ports/installation.ts';
import { type JourneyReads, journeyReads } from './ports/journeys.ts';
import { type MaintenanceReads, maintenanceReads } from './ports/maintenances.ts';
import { type OwnResultReads, ownResultReads } from './ports/own-results.ts';
import { type OwnTroubleReads, ownTroubleReads } from './ports/own-troubles.ts';
import { type ReachedStageReads, reachedStageReads } from './ports/reached-stages.ts';
import { type ResultReads, resultReads } from './ports/results.ts';
import { type RolledUpWrites, rolledUpWrites } from './ports/rolled-up.ts';
import { type RollupReads, type RollupWrites, rollupReads, rollupWrites } from './ports/rollups.ts';
import { type SpecimenReads, specimenReads } from './ports/specimens.ts';
import { type StateReads, stateReads } from './ports/states.ts';
import {
  type SubscriberReads,
  type SubscriberWrites,
  subscriberReads,
  subscriberWrites,
} from './ports/subscribers.ts';
import {
  type UsualDelayReads,
  type UsualDelayWrites,
  usualDelayReads,
  usualDelayWrites,
} from './ports/usual-delays.ts';
import {
  type UsualTrafficReads,
  type UsualTrafficWrites,
  usualTrafficReads,
  usualTrafficWrites,
} from './ports/usual-traffic.ts';
import { type PruneWrites, pruneWrites } from './prune.ts';
import { type RecordWrites, recordWrites } from './record.ts';
import { type RestoreWrites, restoreWrites } from './restored.ts';
import { type ResumptionReads, resumptionReads } from './resumption.ts';
import type { Db } from './rows/schema.ts';

/**
 * All persistent data, as named operations: a port per aggregate (ports/), and operations across
 * them (record.ts, resumption.ts, prune.ts). Nothing outside store/ depends on the engine; another
 * engine would implement `EngineReads` and pass the same contract tests (test/store/).
 *
 * One process writes measurements (the collector); the page only reads, on its own read-only
 * connection.
 */
export type Store = StoreReader & StoreWriter;

/** Read operations, for the page and tests. */
export type StoreReader = EngineReads & PortReads;

/** Engine-specific operations. */
export interface EngineReads {
  /** Changes with every commit of another connection, even without a public change. */
  dataVersion(): Promise<number>;
  /**
   * What makes the open database useless: `DatabaseDamaged` once an operation has met damage,
   * `DatabaseDeleted` and `DatabaseReplaced` by comparing the file; else null. Closing does nothing
   * then, because it would change what is now in its place.
   */
  lost(): Error | null;
  /** Violated invariants, for tests and the integrity check. Empty when sound. */
  integrityProblems(): Promise<string[]>;
  close(): Promise<void>;
}

type PortReads = AdminTokenReads &
  AlertReads &
  ChangeReads &
  DeliveryReads &
  DomainReads &
  EndedSessionReads &
  EventReads &
  GapReads &
  IncidentReads &
  InstallationReads &
  JourneyReads &
  MaintenanceReads &
  OwnResultReads &
  OwnTroubleReads &
  ReachedStageReads &
  ResultReads &
  ResumptionReads &
  RollupReads &
  SpecimenReads &
  StateReads &
  SubscriberReads &
  UsualDelayReads &
  UsualTrafficReads &
  ExcludedTimeReads;

/** Every operation is one transaction. */
type StoreWriter = AdminTokenWrites &
  AlertWrites &
  CheckWrites &
  DeliveryWrites &
  EndedSessionWrites &
  InstallationWrites &
  PruneWrites &
  RecordWrites &
  RestoreWrites &
  RolledUpWrites &
  RollupWrites &
  SubscriberWrites &
  UsualDelayWrites &
  UsualTrafficWrites;

export function createReader(db: Db): PortReads {
  const checkIds = createCheckIds();
  return {
    ...adminTokenReads(db),
    ...alertReads(db),
    ...changeReads(db),
    ...deliveryReads(db),
    ...domainReads(db),
    ...endedSessionReads(db),
    ...eventReads(db),
    ...gapReads(db),
    ...incidentReads(db),
    ...installationReads(db),
    ...journeyReads(db, checkIds),
    ...maintenanceReads(db),
    ...ownResultReads(db),
    ...ownTroubleReads(db),
    ...reachedStageReads(db, checkIds),
    ...resultReads(db, checkIds),
    ...resumptionReads(db, checkIds),
    ...rollupReads(db, checkIds),
    ...specimenReads(db, checkIds),
    ...stateReads(db),
    ...subscriberReads(db),
    ...usualDelayReads(db, checkIds),
    ...usualTrafficReads(db, checkIds),
    ...excludedTimeReads(db),
  };
}

export function createWriter(db: Db): StoreWriter {
  const checkIds = createCheckIds();
  return {
    ...adminTokenWrites(db),
    ...alertWrites(db),
    ...checkWrites(db),
    ...deliveryWrites(db),
    ...endedSessionWrites(db),
    ...installationWrites(db),
    ...pruneWrites(db),
    ...recordWrites(db, checkIds),
    ...restoreWrites(db),
    ...rolledUpWrites(db),
    ...rollupWrites(db, checkIds),
    ...subscriberWrites(db),
    ...usualDelayWrites(db, checkIds),
    ...usualTrafficWrites(db, checkIds),
  };
}

import type { Alert } from '../../../model/alert.ts';
import type { ComponentStatus, Transition } from '../../../model/component.ts';
import type { Incident, IncidentUpdate } from '../../../model/incident.ts';
import type { Journey, Look } from '../../../model/journey.ts';
import type { CheckJudgement } from '../../../model/judge/judgement.ts';
import type { Maintenance, MaintenanceUpdate } from '../../../model/maintenance.ts';
import type { Notice } from '../../../model/notice.ts';
import type { Result } from '../../../model/result.ts';
import type { Rollup } from '../../../model/rollup.ts';
import type { Specimen, SpecimenChange } from '../../../model/specimen.ts';
import type { ReachedStage } from '../../../model/stage.ts';
import type { Subscriber } from '../../../model/subscription.ts';
import { HOUR } from '../../../model/time.ts';
import type { RegisteredCheck } from '../../../store/ports/checks.ts';
import type { Recording } from '../../../store/record.ts';
import {
  alert,
  bad,
  incident,
  incidentUpdate,
  journey,
  judgement,
  maintenance,
  maintenanceUpdate,
  reachedStage,
  result,
  specimen,
  specimenChange,
  subscriber,
  T0,
  transition,
} from '../../model/builders.ts';

/** One row of each kind, as the contract of the store writes them; a test says what matters. */

export { T0 };
export const NUMBER = '26000000000000000001';

export const UPLOAD: RegisteredCheck = {
  check: 'pinduoduo-upload',
  component: 'pinduoduo.upload',
  system: 'pinduoduo',
  function: 'upload',
  line: 'telecom',
};
export const QUERY: RegisteredCheck = {
  check: 'beijing-query',
  component: 'beijing.query',
  system: 'beijing',
  function: 'query',
  line: 'telecom',
};
export const SYNC: RegisteredCheck = {
  check: 'beijing-sync',
  component: 'beijing.sync',
  system: 'beijing',
  function: 'sync',
  line: 'telecom',
};

export const aResult = (parts: Partial<Result>): Result =>
  result(parts.slot_at ?? T0, { check: QUERY.check, ...parts });

export const aBadResult = (parts: Partial<Result>): Result =>
  bad(parts.slot_at ?? T0, { check: QUERY.check, ...parts });

export const aJudgement = (parts: Partial<CheckJudgement>): CheckJudgement =>
  judgement({ check: QUERY.check, window: [{ slot_at: T0, slow: false }], ...parts });

/** The file of an invoice, seen once. */
export const aSpecimen = (parts: Partial<Specimen>): Specimen =>
  specimen({ check: QUERY.check, ...parts });

export const aSpecimenChange = (parts: Partial<SpecimenChange>): SpecimenChange =>
  specimenChange({ check: QUERY.check, ...parts });

export const aTransition = (parts: Partial<Transition>): Transition => ({
  ...transition(T0, 'operational', QUERY.component),
  ...parts,
});

export const anIncident = (parts: Partial<Incident>): Incident =>
  incident({ functions: ['query'], components: [QUERY.component], ...parts });

export const anIncidentUpdate = (parts: Partial<IncidentUpdate>): IncidentUpdate =>
  incidentUpdate({ affected: [], ...parts });

export const aJourney = (parts: Partial<Journey>): Journey =>
  journey(parts.accepted_at ?? T0, { id: 'a'.repeat(32), number: NUMBER, ...parts });

export const aReachedStage = (parts: Partial<ReachedStage>): ReachedStage =>
  reachedStage(parts.at ?? T0, { journey: 'a'.repeat(32), ...parts });

export const anAlert = (parts: Partial<Alert>): Alert =>
  alert({ subject: QUERY.component, ...parts });

/** Who has only asked. */
export const aSubscriber = (parts: Partial<Subscriber>): Subscriber =>
  subscriber({ address: 'wang@a.example', status: 'pending', confirmed_at: null, ...parts });

export const SCOPE = ['beijing.download'];

/** A time announced for a maintenance, in hours since the epoch. */
export const hours = (from: number, until: number) => ({
  announced_from: from * HOUR,
  announced_until: until * HOUR,
  expected_recovery_at: until * HOUR,
});

/** Announced two days before, for two hours. */
export const aMaintenance = (parts: Partial<Maintenance>): Maintenance =>
  maintenance({
    id: 'maintenance1',
    components: SCOPE,
    ...hours(48, 50),
    published_at: 0,
    created_at: 0,
    updated_at: 0,
    ...parts,
  });

export const aMaintenanceUpdate = (parts: Partial<MaintenanceUpdate>): MaintenanceUpdate =>
  maintenanceUpdate({ maintenance: 'maintenance1', code: 'text', created_at: 0, ...parts });

/** A maintenance that is new. */
export const made = (maintenance: Maintenance): Recording => ({
  maintenances: [{ maintenance, expected_updated_at: null }],
});

/** A maintenance that follows the one as it was read. */
export const changed = (maintenance: Maintenance, expected_updated_at: number): Recording => ({
  maintenances: [{ maintenance, expected_updated_at }],
});

export function aComponent(parts: Partial<ComponentStatus>): ComponentStatus {
  return {
    component: QUERY.component,
    state: 'operational',
    since: T0,
    notes: [],
    measured_at: null,
    valid_until: null,
    recent: null,
    sync: null,
    last: null,
    ...parts,
  };
}

export function aNotice(parts: Partial<Notice>): Notice {
  return {
    id: 'notice000001',
    kind: 'incident_opened',
    ref: 'incident0000',
    update: 'update000000',
    created_at: T0,
    ...parts,
  };
}

export function aLook(parts: Partial<Look>): Look {
  return {
    journey: 'a'.repeat(32),
    started_at: T0,
    duration_ms: 60,
    finding: 'absent',
    outcome: 'ok',
    reason: null,
    ...parts,
  };
}

export function aRollup(parts: Partial<Rollup>): Rollup {
  return {
    check: QUERY.check,
    from: T0,
    n: 1,
    outcomes: { ok: 1 },
    slow: 0,
    delays: Uint8Array.of(1, 0, 0),
    simulated: false,
    ...parts,
  };
}

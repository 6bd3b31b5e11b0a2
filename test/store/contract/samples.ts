import type { Alert } from '../../../model/alert.ts';
import type { ComponentStatus, Transition } from '../../../model/component.ts';
import type { Incident, IncidentUpdate } from '../../../model/incident.ts';
import type { Journey, Look } from '../../../model/journey.ts';
import type { CheckJudgement } from '../../../model/judge/check.ts';
import type { Notice } from '../../../model/notice.ts';
import type { Result } from '../../../model/result.ts';
import type { Rollup } from '../../../model/rollup.ts';
import type { Subscriber } from '../../../model/subscription.ts';
import { MINUTE } from '../../../model/time.ts';
import type { RegisteredCheck } from '../../../store/ports/checks.ts';

/** One row of each kind, as the contract of the store writes them; a test says what matters. */

export const T0 = 1_780_000_000_000;
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

export function aResult(parts: Partial<Result>): Result {
  const slot_at = parts.slot_at ?? T0;
  return {
    check: QUERY.check,
    slot_at,
    started_at: slot_at,
    duration_ms: 100,
    confirming: false,
    simulated: false,
    outcome: 'ok',
    reason: null,
    detail: null,
    phases: {},
    bytes: 0,
    http_status: null,
    certificate_expires_at: null,
    integrity: null,
    accepted: null,
    ...parts,
  };
}

export function aBadResult(parts: Partial<Result>): Result {
  return aResult({ outcome: 'system', reason: 'http_status', http_status: 503, ...parts });
}

export function aJudgement(parts: Partial<CheckJudgement>): CheckJudgement {
  return {
    check: QUERY.check,
    verdict: 'well',
    since: T0,
    bad_run: 0,
    bad_since: null,
    good_run: 3,
    good_since: T0,
    quick_run: 3,
    quick_since: T0,
    window: [{ slot_at: T0, slow: false }],
    overlap_open: false,
    last_slot_at: T0,
    last_ended_at: T0 + 100,
    valid_until: T0 + MINUTE,
    reason: null,
    detail: null,
    ...parts,
  };
}

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
    ...parts,
  };
}

export function aTransition(parts: Partial<Transition>): Transition {
  return {
    component: QUERY.component,
    from: 'unknown',
    to: 'operational',
    since: T0,
    recorded_at: T0 + 100,
    cause: 'result',
    cause_ref: null,
    notes: [],
    simulated: false,
    ...parts,
  };
}

export function anIncident(parts: Partial<Incident>): Incident {
  return {
    id: 'incident0000',
    system: QUERY.system,
    status: 'investigating',
    impact: 'major',
    title: 'outage',
    functions: ['query'],
    components: [QUERY.component],
    started_at: T0,
    created_at: T0,
    updated_at: T0,
    monitoring_at: null,
    resolved_at: null,
    taken_over: false,
    simulated: false,
    ...parts,
  };
}

export function anIncidentUpdate(parts: Partial<IncidentUpdate>): IncidentUpdate {
  return {
    id: 'update000000',
    incident: 'incident0000',
    status: 'investigating',
    code: 'opened',
    text: null,
    affected: [],
    created_at: T0,
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

export function aJourney(parts: Partial<Journey>): Journey {
  return {
    id: 'a'.repeat(32),
    component: SYNC.component,
    check: SYNC.check,
    number: NUMBER,
    issued: '20260601120000',
    accepted_at: T0,
    state: 'waiting',
    last_absent_at: null,
    first_present_at: null,
    last_answered_at: null,
    next_look_at: T0 + 5_000,
    looks: 0,
    simulated: false,
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

export function anAlert(parts: Partial<Alert>): Alert {
  return {
    id: 'alert0000000',
    kind: 'state',
    subject: 'beijing.query',
    state: 'major_outage',
    notes: [],
    error: null,
    incident: null,
    since: T0 - MINUTE,
    opened_at: T0,
    acknowledged_at: null,
    resolved_at: null,
    resolved_since: null,
    ...parts,
  };
}

export function aSubscriber(parts: Partial<Subscriber>): Subscriber {
  return {
    id: 'wang00000000',
    channel: 'email',
    address: 'wang@a.example',
    status: 'pending',
    locale: 'zh-CN',
    systems: null,
    kinds: ['incident', 'maintenance'],
    nonce: 'nonce',
    secret: null,
    created_at: T0,
    confirmed_at: null,
    ...parts,
  };
}

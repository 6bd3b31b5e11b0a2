import type { Alert } from '../../model/alert.ts';
import type { Transition } from '../../model/component.ts';
import type { Incident, IncidentUpdate } from '../../model/incident.ts';
import type { Journey } from '../../model/journey.ts';
import { type CheckJudgement, freshJudgement } from '../../model/judge/judgement.ts';
import type { MaintenanceChange } from '../../model/maintenance/change.ts';
import { DEFAULT_NOTICE_MS } from '../../model/maintenance/plan.ts';
import { isRefused, type Refusal } from '../../model/maintenance/problems.ts';
import type { Maintenance, MaintenanceUpdate } from '../../model/maintenance.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import type { Contact } from '../../model/proof.ts';
import type { Result } from '../../model/result.ts';
import type { Specimen, SpecimenChange } from '../../model/specimen.ts';
import type { ReachedStage } from '../../model/stage.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';

export const T0 = Date.parse('2026-11-02T00:00:00Z');

export const policy = { ...DEFAULT_POLICY, confirmations: 2, slow_ms: 1_000 };

/** A good result of check `c`, 200 ms long, unless told otherwise. */
export function result(slot_at: number, changed: Partial<Result> = {}): Result {
  return {
    check: 'c',
    slot_at,
    started_at: slot_at,
    duration_ms: 200,
    outcome: 'ok',
    reason: null,
    detail: null,
    phases: {},
    bytes: 0,
    http_status: 200,
    certificate_expires_at: null,
    certificates: [],
    tls_version: null,
    notes: [],
    integrity: null,
    file: null,
    asked: null,
    accepted: null,
    contact: null,
    proof: null,
    confirming: false,
    simulated: false,
    ...changed,
  };
}

export const bad = (slot_at: number, changed: Partial<Result> = {}) =>
  result(slot_at, { outcome: 'system', reason: 'http_status', detail: 'HTTP 503', ...changed });

export const slow = (slot_at: number) => result(slot_at, { duration_ms: 1_500 });

export function judgement(changed: Partial<CheckJudgement> = {}): CheckJudgement {
  return {
    ...freshJudgement(changed.check ?? 'c'),
    verdict: 'well',
    since: T0,
    last_slot_at: T0,
    last_ended_at: T0 + 200,
    valid_until: T0 + HOUR,
    ...changed,
  };
}

/** The file of an invoice, seen once. */
export function specimen(changed: Partial<Specimen> = {}): Specimen {
  return {
    check: 'c',
    invoice: 'c'.repeat(64),
    format: 'pdf',
    sha256: 'd'.repeat(64),
    size: 20_000,
    facts: { number: 'e'.repeat(64), amounts: 'f'.repeat(64), text: null },
    notes: [],
    first_seen_at: T0,
    last_seen_at: T0,
    last_day: '2026-11-02',
    days: 1,
    downloads: 1,
    learned_at: null,
    ...changed,
  };
}

export function specimenChange(changed: Partial<SpecimenChange> = {}): SpecimenChange {
  return {
    check: 'c',
    invoice: 'c'.repeat(64),
    at: T0,
    kind: 'learned',
    sha256: 'd'.repeat(64),
    size: 20_000,
    ...changed,
  };
}

export function journey(accepted_at: number, changed: Partial<Journey> = {}): Journey {
  return {
    id: `j${accepted_at}`,
    component: 'beijing.sync',
    check: 'beijing-sync',
    number: '26000000000000000001',
    issued: '20261102080000',
    accepted_at,
    state: 'waiting',
    last_absent_at: null,
    first_present_at: null,
    last_answered_at: null,
    next_look_at: accepted_at + 5_000,
    looks: 0,
    simulated: false,
    ...changed,
  };
}

/** That the invoice of a journey was issued, five seconds after it was accepted. */
export function reachedStage(at: number, changed: Partial<ReachedStage> = {}): ReachedStage {
  return {
    journey: `j${at - 5_000}`,
    check: 'beijing-sync',
    stage: 'issued',
    at,
    at_latest: false,
    delay_ms: 5_000,
    simulated: false,
    ...changed,
  };
}

export function transition(since: number, to: State, component = 'beijing.query'): Transition {
  return {
    component,
    from: 'unknown',
    to,
    since,
    recorded_at: since,
    cause: 'result',
    cause_ref: null,
    notes: [],
    simulated: false,
  };
}

/** A download that broke at T0 and is being investigated. */
export function incident(changed: Partial<Incident> = {}): Incident {
  return {
    id: 'incident0000',
    system: 'beijing',
    status: 'investigating',
    impact: 'critical',
    title: 'outage',
    functions: ['download'],
    components: ['beijing.download'],
    seen_from: null,
    maybe_our_line: false,
    started_at: T0,
    created_at: T0,
    updated_at: T0,
    monitoring_at: null,
    resolved_at: null,
    taken_over: false,
    cause: null,
    simulated: false,
    ...changed,
  };
}

/** That it opened. */
export function incidentUpdate(changed: Partial<IncidentUpdate> = {}): IncidentUpdate {
  return {
    id: 'update000000',
    incident: 'incident0000',
    status: 'investigating',
    code: 'opened',
    text: null,
    affected: [{ component: 'beijing.download', from: 'operational', to: 'major_outage' }],
    told: true,
    created_at: T0,
    ...changed,
  };
}

/** In two days for two hours, announced at T0. */
export function maintenance(changed: Partial<Maintenance> = {}): Maintenance {
  const title = { 'zh-CN': '系统升级', en: 'Upgrade' };
  const description = { 'zh-CN': '更换服务器。', en: 'New servers.' };
  return {
    id: 'maintenance0',
    status: 'scheduled',
    components: ['beijing.query', 'beijing.download'],
    texts: { title, description, stays_open: null, workaround: null },
    announced_from: T0 + 48 * HOUR,
    announced_until: T0 + 50 * HOUR,
    expected_recovery_at: T0 + 51 * HOUR,
    actual_from: null,
    actual_until: null,
    plans_before: [],
    notice_ms: DEFAULT_NOTICE_MS,
    published_at: T0,
    revision: 1,
    reminded: [],
    created_at: T0,
    updated_at: T0,
    ...changed,
  };
}

/** That it was announced. */
export function maintenanceUpdate(changed: Partial<MaintenanceUpdate> = {}): MaintenanceUpdate {
  return {
    id: 'update000000',
    maintenance: 'maintenance0',
    status: 'scheduled',
    code: 'announced',
    text: null,
    created_at: T0,
    ...changed,
  };
}

/** Of a host that was asked and, unless something else is said, answered. */
export function contact(host: string, changed: Partial<Contact> = {}): Contact {
  return { host, address: '192.0.2.1', reach: 'answered', resolver_differs: false, ...changed };
}

/** Of an outage that began a minute before T0. */
export function alert(changed: Partial<Alert> = {}): Alert {
  return {
    id: 'alert0000000',
    kind: 'state',
    subject: 'beijing.download',
    state: 'major_outage',
    notes: [],
    error: null,
    incident: null,
    since: T0 - MINUTE,
    opened_at: T0,
    acknowledged_at: null,
    acknowledged_by: null,
    resolved_at: null,
    resolved_since: null,
    ...changed,
  };
}

/** By e-mail, confirmed, of everything. */
export function subscriber(changed: Partial<Subscriber> = {}): Subscriber {
  return {
    id: 'wang00000000',
    channel: 'email',
    address: 'wang@example.com',
    status: 'active',
    locale: 'zh-CN',
    systems: null,
    kinds: ['incident', 'maintenance'],
    nonce: 'nonce',
    secret: null,
    created_at: T0,
    confirmed_at: T0,
    ...changed,
  };
}

/** What a command did; fails when it was refused, or did nothing. */
export function carriedOut(decided: MaintenanceChange | Refusal | null): MaintenanceChange {
  if (decided === null || isRefused(decided)) throw new Error(JSON.stringify(decided));
  return decided;
}

import type { Generated, Kysely } from 'kysely';
import type { AlertKind } from '../../model/alert.ts';
import type { DeliveryLane } from '../../model/audience.ts';
import type { Gap, TransitionCause } from '../../model/component.ts';
import type { AskedDomain } from '../../model/domain.ts';
import type { Impact, Incident, IncidentStatus, UpdateCode } from '../../model/incident.ts';
import type { JourneyState, LookFinding } from '../../model/journey.ts';
import type { MaintenanceStatus, MaintenanceUpdateCode } from '../../model/maintenance.ts';
import type { NoticeKind } from '../../model/notice.ts';
import type { OwnTroubleKind } from '../../model/own-trouble.ts';
import type { Grain } from '../../model/rollup.ts';
import type { SpecimenChange } from '../../model/specimen.ts';
import type { Subscriber } from '../../model/subscription.ts';
import type {
  ComponentId,
  EpochMs,
  InvoiceFunction,
  Locale,
  State,
} from '../../model/vocabulary.ts';

/** A connection to the tables, or a transaction on one. */
export type Db = Kysely<Schema>;

/** The tables, as typed for queries. */
export interface Schema {
  installation: InstallationTable;
  registered_check: CheckTable;
  result: ResultTable;
  /** Of versions before 0020, until their retention ends. */
  result_before_0020: WideResultTable;
  evidence: EvidenceTable;
  own_result: OwnResultTable;
  judgement: JudgementTable;
  specimen: SpecimenTable;
  specimen_change: SpecimenChangeTable;
  rollup: RollupTable;
  usual_delay: UsualDelayTable;
  usual_traffic: UsualTrafficTable;
  gap: GapTable;
  own_trouble: OwnTroubleTable;
  domain: AskedDomain;
  component_status: ComponentTable;
  transition: TransitionTable;
  change: ChangeTable;
  incident: IncidentTable;
  incident_update: IncidentUpdateTable;
  journey: JourneyTable;
  look: LookTable;
  reached_stage: ReachedStageTable;
  ingested_event: IngestedEventTable;
  notice: NoticeTable;
  delivery: DeliveryTable;
  subscriber: SubscriberTable;
  alert: AlertTable;
  admin_token: AdminTokenTable;
  ended_session: EndedSessionTable;
  maintenance: MaintenanceTable;
  maintenance_revision: MaintenanceRevisionTable;
  maintenance_update: MaintenanceUpdateTable;
}

/** Kinds of public changes. `history`: figures of days that are over. */
export type ChangeKind =
  | 'state'
  | 'incident'
  | 'maintenance'
  | 'configuration'
  | 'own_trouble'
  | 'history';
/** A boolean; engines represent it differently. */
export type Bit = 0 | 1;
/** JSON as text: written with `JSON.stringify`, read with `parseJson`. */
export type Json = string;

export interface InstallationTable {
  one: 1;
  id: string;
  heartbeat_at: EpochMs | null;
  judged_by: string | null;
  judged_since: EpochMs | null;
  rolled_up_to: EpochMs | null;
  countable_from: EpochMs | null;
  /** An address; empty: one that is not known yet; null: the id. */
  published_as: string | null;
  /** When a backup was put back; null: never. */
  restored_at: EpochMs | null;
}

export interface AdminTokenTable {
  one: 1;
  id: string;
  /** SHA-256, hex */
  hash: string;
}

export interface EndedSessionTable {
  /** SHA-256, hex */
  hash: string;
  expires_at: EpochMs;
}

export interface CheckTable {
  id: Generated<number>;
  name: string;
  component: ComponentId;
  system: string;
  function: InvoiceFunction;
  line: string;
}

export interface ResultTable {
  slot_at: EpochMs;
  check_id: number;
  /** store/rows/codes.ts */
  outcome: number;
  /** store/rows/result-flags.ts */
  flags: number;
  /** store/rows/result-run.ts */
  run: Uint8Array;
}

/** A result with a column for each value. */
export interface WideResultTable {
  slot_at: EpochMs;
  check_id: number;
  /** store/rows/codes.ts */
  outcome: number;
  reason: number | null;
  /** Lag from the slot to the start. */
  start_lag_ms: number;
  duration_ms: number;
  resolve_ms: number | null;
  connect_ms: number | null;
  tls_ms: number | null;
  processing_ms: number | null;
  transfer_ms: number | null;
  bytes: number;
  http_status: number | null;
  /** Epoch seconds: certificates have no milliseconds. */
  certificate_expires_s: number | null;
  /** store/rows/result-flags.ts */
  flags: number;
  /** `packNotes`; null for none. */
  notes: number | null;
}

export interface EvidenceTable extends WideResultTable {
  detail: string | null;
  integrity_where: string | null;
  /** A Proof; null where none was needed, and in rows of earlier versions. */
  proof: Json | null;
}

export interface OwnResultTable {
  check_id: number;
  slot_at: EpochMs;
  /** The id of the event, 16 bytes. */
  event: Uint8Array;
  outcome: number;
  duration_ms: number | null;
  code: string | null;
  /** null: of versions before 0040, if its key is not kept any more. */
  received_at: EpochMs | null;
}

export interface JudgementTable {
  check_id: number;
  body: Json;
}

export interface RollupTable {
  grain: Grain;
  from_at: EpochMs;
  check_id: number;
  n: number;
  ok: number;
  /** The other outcomes with their counts; null when all were ok. */
  not_ok: Json | null;
  slow: number;
  delays: Uint8Array | null;
  simulated: Bit;
}

export interface UsualDelayTable {
  from_at: EpochMs;
  check_id: number;
  to_at: EpochMs;
  median_ms: number;
  p99_ms: number | null;
  apart_ms: number | null;
  of_all_hours: Bit;
}

export interface UsualTrafficTable {
  from_at: EpochMs;
  check_id: number;
  /** `HourlyCounts` */
  working: Json;
  other: Json;
}

export interface GapTable {
  from_at: EpochMs;
  to_at: EpochMs;
  cause: Gap['cause'];
}

export interface OwnTroubleTable {
  kind: OwnTroubleKind;
  /** Empty: the whole installation. */
  line: string;
  since: EpochMs;
  until: EpochMs | null;
  detail: string;
  is_end_unseen: number;
}

export interface ComponentTable {
  component: ComponentId;
  state: State;
  since: EpochMs;
  notes: Json;
  measured_at: EpochMs | null;
  valid_until: EpochMs | null;
  recent: Json | null;
  sync: Json | null;
  /** A LastResult; null before the first, and in rows of earlier versions. */
  last: Json | null;
  /** A SyncCourse; null where there is no sync, and in rows of earlier versions. */
  course: Json | null;
}

export interface TransitionTable {
  seq: Generated<number>;
  component: ComponentId;
  from_state: State;
  to_state: State;
  since: EpochMs;
  recorded_at: EpochMs;
  cause: TransitionCause;
  cause_ref: string | null;
  notes: Json;
  simulated: Bit;
}

export interface ChangeTable {
  seq: Generated<number>;
  kind: ChangeKind;
  ref: string;
  at: EpochMs;
}

export interface IncidentTable {
  id: string;
  system: string;
  status: IncidentStatus;
  impact: Impact;
  title: Incident['title'];
  functions: Json;
  seen_from: string | null;
  maybe_our_line: Bit;
  components: Json;
  started_at: EpochMs;
  created_at: EpochMs;
  updated_at: EpochMs;
  monitoring_at: EpochMs | null;
  resolved_at: EpochMs | null;
  taken_over: Bit;
  simulated: Bit;
  cause: string | null;
}

export interface IncidentUpdateTable {
  seq: Generated<number>;
  id: string;
  incident: string;
  status: IncidentStatus;
  code: UpdateCode;
  text: string | null;
  affected: Json;
  told: Bit;
  created_at: EpochMs;
}

export interface SpecimenTable {
  check_id: number;
  invoice: string;
  format: number;
  sha256: string;
  size: number;
  number_digest: string | null;
  amounts_digest: string | null;
  text_digest: string | null;
  notes: number | null;
  first_seen_at: EpochMs;
  last_seen_at: EpochMs;
  last_day: string;
  days: number;
  downloads: number;
  learned_at: EpochMs | null;
}

export interface SpecimenChangeTable {
  check_id: number;
  at: EpochMs;
  invoice: string;
  kind: SpecimenChange['kind'];
  sha256: string;
  size: number;
}

export interface JourneyTable {
  id: string;
  component: ComponentId;
  check_id: number;
  number: string | null;
  issued: string;
  accepted_at: EpochMs;
  accepted_at_latest: Bit;
  state: JourneyState;
  last_absent_at: EpochMs | null;
  first_present_at: EpochMs | null;
  last_answered_at: EpochMs | null;
  next_look_at: EpochMs | null;
  looks: number;
  simulated: Bit;
  submitted: string | null;
}

export interface LookTable {
  journey: string;
  started_at: EpochMs;
  duration_ms: number;
  finding: LookFinding;
  outcome: number;
  reason: number | null;
}

export interface ReachedStageTable {
  journey: string;
  /** store/rows/codes.ts */
  stage: number;
  check_id: number;
  at: EpochMs;
  at_latest: Bit;
  delay_ms: number | null;
  simulated: Bit;
}

export interface IngestedEventTable {
  id: string;
  received_at: EpochMs;
}

export interface NoticeTable {
  id: string;
  kind: NoticeKind;
  ref: string;
  update_id: string | null;
  created_at: EpochMs;
  /** Subscribers up to this id have a delivery; null: none has yet. */
  fan_out_cursor: string | null;
  fanned_out_at: EpochMs | null;
  /** In the order of writing. */
  seq: number;
}

export interface DeliveryTable {
  id: string;
  notice: string;
  recipient: string;
  channel: string;
  status: 'pending' | 'sent' | 'never_again' | 'overtaken';
  attempts: number;
  /** Time of the next attempt. */
  due_at: EpochMs;
  settled_at: EpochMs | null;
  /** Of the last attempt; null after one: it was sent, or nobody knows. */
  error: string | null;
  matter: string;
  /** Of its notice. */
  seq: number;
  lane: DeliveryLane;
  /** Whether no other one of its recipient, channel and matter is pending before it. */
  is_next: Bit;
  /** The notifier that has it in hand. */
  owner: string | null;
  /** The delivery that tells what it would have told. */
  overtaken_by: string | null;
  /** It was handed over, and nobody knows whether it arrived. */
  may_be_sent: Bit;
  /** What it may be told together with; null: it is told alone. */
  digest: string | null;
  /** Until when others of its digest wait, to be told in one message. */
  digest_until: EpochMs | null;
  /** The delivery by whose message it is told. */
  told_with: string | null;
}

export interface AlertTable {
  id: string;
  kind: AlertKind;
  subject: string;
  state: State | null;
  notes: Json;
  error: string | null;
  incident: string | null;
  since: EpochMs;
  opened_at: EpochMs;
  acknowledged_at: EpochMs | null;
  acknowledged_by: string | null;
  resolved_at: EpochMs | null;
  resolved_since: EpochMs | null;
  /** How often it was told again, and when last. */
  repeats: number;
  repeated_at: EpochMs | null;
  escalated_at: EpochMs | null;
}

export interface SubscriberTable {
  id: string;
  channel: Subscriber['channel'];
  address: string;
  status: Subscriber['status'];
  locale: Locale;
  systems: Json | null;
  kinds: Json;
  nonce: string;
  secret: string | null;
  created_at: EpochMs;
  confirmed_at: EpochMs | null;
}

export interface MaintenanceTable {
  id: string;
  status: MaintenanceStatus;
  /** Minimum time between publication and start for a revision to count as announced. */
  notice_ms: number;
  actual_from: EpochMs | null;
  actual_until: EpochMs | null;
  plans_before: Json;
  /** The current revision. */
  revision: number;
  reminded: Json;
  created_at: EpochMs;
  updated_at: EpochMs;
}

export interface MaintenanceRevisionTable {
  maintenance: string;
  revision: number;
  published_at: EpochMs | null;
  announced_from: EpochMs;
  announced_until: EpochMs;
  components: Json;
  texts: Json;
  expected_recovery_at: EpochMs;
}

export interface MaintenanceUpdateTable {
  seq: Generated<number>;
  id: string;
  maintenance: string;
  status: MaintenanceStatus;
  code: MaintenanceUpdateCode;
  text: Json | null;
  created_at: EpochMs;
}

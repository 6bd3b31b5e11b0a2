import type { Alert } from '../model/alert.ts';
import type { ComponentStatus, Gap, Transition } from '../model/component.ts';
import type { ReceivedEvent } from '../model/event.ts';
import type { Incident, IncidentUpdate, IncidentWithUpdates } from '../model/incident.ts';
import type { Journey, Look } from '../model/journey.ts';
import type { CheckJudgement } from '../model/judge/check.ts';
import type {
  Maintenance,
  MaintenanceStatus,
  MaintenanceUpdate,
  MaintenanceWithUpdates,
} from '../model/maintenance.ts';
import type { Notice, NoticeSubject } from '../model/notice.ts';
import type { Result } from '../model/result.ts';
import type { Rollup } from '../model/rollup.ts';
import type { Subscriber, SubscriptionChoice } from '../model/subscription.ts';
import type { ComponentId, EpochMs, InvoiceFunction, State } from '../model/vocabulary.ts';

/**
 * Everything the product keeps, as named operations. Nothing outside store/ knows the engine, so a
 * second engine is a second implementation of these two interfaces and the same contract tests
 * (test/store/contract.ts).
 *
 * One process writes measurements (the collector); the page only reads, on its own read-only
 * connection.
 */
export interface Store extends StoreReader {
  /** Random id of this installation, made on first use: seeds trace ids and journey ids. */
  installation(): Promise<string>;

  /**
   * A new administrator's token if there is none yet, told this once; else null. Only its hash is
   * kept.
   */
  ensureAdminToken(): Promise<string | null>;
  /**
   * A new administrator's token in place of the one before, which is void from now on with its
   * sessions.
   */
  renewAdminToken(): Promise<string>;

  /**
   * Makes components, checks and lines of the configuration known; the rest of the rows refer to
   * them.
   */
  register(checks: RegisteredCheck[]): Promise<void>;

  /** What the collector must remember to go on where it was. */
  resume(): Promise<Resumption>;

  /**
   * Writes everything one event implies, in one immediate transaction. Results, looks, updates and
   * notices that are already there are left as they are; a journey that has ended never waits again
   * and has no number. Throws when a check was never registered, and `StaleMaintenance` when a
   * maintenance is not as it was read; then nothing is written.
   */
  record(recording: Recording): Promise<void>;

  /** Replaces the roll-ups of the same check and start. */
  saveRollups(grain: Grain, rollups: Rollup[]): Promise<void>;

  /**
   * Deletes at most `limit` rows older than `before`, oldest first; returns how many, so that
   * upkeep goes in slices. A journey that still waits and the newest change stay. `unconfirmed` are
   * subscribers nobody confirmed.
   */
  prune(what: Prunable, before: EpochMs, limit: number): Promise<number>;

  /**
   * Claims at most `limit` deliveries that are due, to these recipients, for `lease_ms`; a crash
   * gives them back after it.
   */
  claimDeliveries(
    now: EpochMs,
    lease_ms: number,
    limit: number,
    recipients?: RecipientFilter,
  ): Promise<ClaimedDelivery[]>;

  /** Settles a claimed delivery. What was settled for good stays as it is. */
  settleDelivery(id: string, settlement: Settlement): Promise<void>;

  /**
   * Goes on with the oldest notice that is not fanned out: one delivery for each operator and for
   * each of the next `limit` subscribers who want to be told. False when there was none to go on
   * with; call it until then.
   */
  fanOut(fanning: { now: EpochMs; limit: number; operators: OperatorKey[] }): Promise<boolean>;

  /**
   * Somebody asks to be told; the notice goes to that address alone. Says nothing about whether the
   * channel's address was known: one not confirmed yet gets the new choice and keeps id, nonce and
   * secret; a confirmed one stays as it is.
   */
  subscribe(subscriber: Subscriber, notice: Omit<Notice, 'ref'>): Promise<void>;
  /** Whether a pending subscriber with this nonce is active from now on. */
  confirmSubscriber(id: string, nonce: string, now: EpochMs): Promise<boolean>;
  /** Whether there is such a subscriber. */
  updateSubscription(id: string, choice: SubscriptionChoice): Promise<boolean>;
  /** Deletes the subscriber; open deliveries become never_again. Whether there was one. */
  unsubscribe(id: string, now: EpochMs): Promise<boolean>;

  /** Whether an operator is the first to say that this alert is seen to. */
  acknowledgeAlert(id: string, now: EpochMs): Promise<boolean>;
}

/** What the page (and every test) may ask. */
export interface StoreReader {
  /** Highest seq of `change`; 0 when nothing changed yet. */
  changeSeq(): Promise<number>;
  /**
   * Grows with every commit of another connection: tells "measured again" from "nothing happened".
   */
  dataVersion(): Promise<number>;

  components(): Promise<ComponentStatus[]>;
  /**
   * Transitions with `since` in [from, to), and for each component the last one before `from`;
   * oldest first.
   */
  transitions(from: EpochMs, to: EpochMs): Promise<Transition[]>;
  /** Those that overlap [from, to), oldest first. */
  gaps(from: EpochMs, to: EpochMs): Promise<Gap[]>;
  /**
   * Announced maintenance that overlaps [from, to), in which down time does not count:
   * model/maintenance.ts.
   */
  windows(from: EpochMs, to: EpochMs): Promise<Window[]>;

  /** Newest first, with their updates oldest first. */
  incidents(filter: { unresolved?: boolean; limit: number }): Promise<IncidentWithUpdates[]>;
  incident(id: string): Promise<IncidentWithUpdates | null>;
  /** Newest announced start first, with their updates oldest first. */
  maintenances(filter: {
    statuses?: readonly MaintenanceStatus[];
    limit: number;
  }): Promise<MaintenanceWithUpdates[]>;
  maintenance(id: string): Promise<MaintenanceWithUpdates | null>;

  /**
   * Raw results of a component (or of one check) with slot in [from, to), oldest first, at most
   * `limit`. Times are in whole ms and the expiry of a certificate in whole seconds; the accepted
   * invoice is not kept here. With `bad` they come from the evidence, which outlives the results.
   */
  results(query: ResultQuery): Promise<Result[]>;
  /** Those that start in [from, to), oldest first. */
  rollups(grain: Grain, from: EpochMs, to: EpochMs): Promise<Rollup[]>;
  /** Their counts alone, which is several times cheaper: 9,000 in some 5 ms. */
  rollupCounts(grain: Grain, from: EpochMs, to: EpochMs): Promise<RollupCount[]>;
  subscriber(id: string): Promise<Subscriber | null>;
  /** Newest first. */
  alerts(filter: { open?: boolean; limit: number }): Promise<Alert[]>;
  alert(id: string): Promise<Alert | null>;
  /** What is not delivered yet, by channel. */
  pendingDeliveries(): Promise<PendingDeliveries[]>;
  /**
   * How many of the last deliveries to a recipient failed for good since one was sent; counts to
   * `limit`.
   */
  failuresInARow(recipient: string, limit: number): Promise<number>;
  /** Oldest acceptance first. */
  journeys(filter: JourneyFilter): Promise<Journey[]>;
  /** Oldest first. */
  looks(journey: string): Promise<Look[]>;
  /** Those of the ids whose event was received before. */
  knownEvents(ids: readonly string[]): Promise<string[]>;

  /** Takes the same time for every guess of the same length. */
  isAdminToken(token: string): Promise<boolean>;
  /** What sessions of the present administrator's token refer to; null before the first token. */
  adminTokenId(): Promise<string | null>;

  /**
   * Rows that must hold whatever happened: used by tests and the integrity check. Empty when sound.
   */
  integrityProblems(): Promise<string[]>;
  close(): Promise<void>;
}

export type Grain = 'hour' | 'day';

/** Of a roll-up: how many results, and how many of them were ok. */
export interface RollupCount {
  check: string;
  from: EpochMs;
  n: number;
  ok: number;
}

export type Prunable =
  | 'results'
  | 'evidence'
  | 'hourly'
  | 'daily'
  | 'changes'
  | 'looks'
  | 'journeys'
  | 'events'
  | 'unconfirmed';

export interface RegisteredCheck {
  check: string;
  component: ComponentId;
  system: string;
  function: InvoiceFunction;
  line: string;
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
  maintenances?: MaintenanceChange[];
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

/** A maintenance as it is now, and the `updated_at` of the one it follows; null: it is new. */
export interface MaintenanceChange {
  maintenance: Maintenance;
  expected_updated_at: EpochMs | null;
}

/** Something public changed; the page rebuilds. */
export interface Change {
  kind: 'state' | 'incident' | 'maintenance' | 'configuration';
  ref: string;
  at: EpochMs;
}

export interface RecipientKey {
  id: string;
  channel: string;
}

/** Somebody of the house, told without having subscribed. */
export interface OperatorKey extends RecipientKey {
  /** What is told; absent: everything but requests for subscriptions. */
  subjects?: readonly NoticeSubject[];
}

/** Ids of recipients: these only, or all but these. */
export interface RecipientFilter {
  only?: readonly string[];
  except?: readonly string[];
}

export interface PendingDeliveries {
  channel: string;
  count: number;
  /** Of the oldest notice among them. */
  oldest_at: EpochMs;
}

export interface ClaimedDelivery {
  /** The same through every retry: Message-ID and webhook-id. */
  id: string;
  notice: Notice;
  recipient: RecipientKey;
  attempts: number;
}

export type Settlement =
  | { status: 'sent'; at: EpochMs }
  | { status: 'retry'; at: EpochMs; next_attempt_at: EpochMs; error: string }
  | { status: 'never_again'; at: EpochMs; error: string };

export interface Resumption {
  judgements: CheckJudgement[];
  components: ComponentStatus[];
  /** Last transition of each component. */
  states: { component: ComponentId; state: State; since: EpochMs }[];
  incidents: IncidentWithUpdates[];
  /** The open ones. */
  alerts: Alert[];
  waiting: Journey[];
  heartbeat_at: EpochMs | null;
}

export interface ResultQuery {
  component?: ComponentId;
  check?: string;
  from: EpochMs;
  to: EpochMs;
  limit: number;
  /** Only results that were not ok. */
  bad?: boolean;
}

export interface JourneyFilter {
  /** At most a thousand. */
  ids?: readonly string[];
  component?: ComponentId;
  state?: Journey['state'];
  accepted_from?: EpochMs;
  limit: number;
}

/** A time in which a function's down time does not count, because it was announced in time. */
export interface Window {
  maintenance: string;
  components: ComponentId[];
  from: EpochMs;
  to: EpochMs;
}

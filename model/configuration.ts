import type { NotifySettings } from './notify-settings.ts';
import type {
  ComponentId,
  Environment,
  InvoiceFunction,
  Languages,
  Localized,
} from './vocabulary.ts';

/** The parsed configuration: what platform/config hands to every process. All durations in ms. */
export interface Configuration {
  page: PageSettings;
  lines: Line[];
  systems: System[];
  checks: Check[];
  tasks: Task[];
  policies: Record<ComponentId, Policy>;
  retention: Retention;
  notify: NotifySettings;
  /** Who may post events; nobody where it is empty, and in processes that take none. */
  ingest: IngestToken[];
  /** True only for the built-in demo: banner, drills and simulated history. */
  demo: boolean;
}

export interface PageSettings {
  /** Who measures: printed as 非官方,由 {operator} 测量 on everything we publish. */
  operator: Localized;
  title: Localized;
  /** Origin of the public page, without a trailing slash. Never derived from a request. */
  public_url: string;
  /** IANA zone in which the page speaks. */
  zone: string;
  /** Those it offers, as its menu shows them. The first is spoken where none is asked for. */
  languages: Languages;
  /** In the User-Agent, so that whoever we measure can reach us. */
  contact: string;
}

/** A vantage point on one network. */
export interface Line {
  id: string;
  name: Localized;
}

export interface System {
  id: string;
  name: Localized;
  /** A key of probes/systems. */
  driver: string;
  environment: Environment;
  /** Base address, http or https, without a trailing slash. */
  url: string;
  /** What the driver needs, already parsed by the driver's own schema. */
  settings: unknown;
  /**
   * Not an invoice system but a host that tells our own line's faults from theirs; never on the
   * page.
   */
  neutral: boolean;
}

/** One configured measurement. `sync` follows journeys instead of a schedule. */
export type Check = ScheduledCheck | FollowingCheck;

interface CheckCommon {
  id: string;
  system: string;
  line: string;
  /** The longest a run, or one look, may take. */
  deadline_ms: number;
}

export interface ScheduledCheck extends CheckCommon {
  function: Exclude<InvoiceFunction, 'sync'>;
  /** Six-field cron expression (seconds first). */
  schedule: string;
  /** IANA zone of the expression. */
  zone: string;
  /** What the probe of this function needs, e.g. the format of a download; parsed by the driver. */
  options: Record<string, unknown>;
}

export interface FollowingCheck extends CheckCommon {
  function: 'sync';
  /** The system whose accepted invoices are followed until `looks_at` shows them. */
  follows: string;
  /**
   * Where they are looked for: `system` itself, unless the component is the way from `system` to
   * another.
   */
  looks_at: string;
  /** At most this many looks per minute at `looks_at`. */
  looks_per_minute: number;
}

export function isScheduled(check: Check): check is ScheduledCheck {
  return check.function !== 'sync';
}

/** A sender of events, known by a token of which only the hash is kept. */
export interface IngestToken {
  /** What it is called in logs and metrics. */
  id: string;
  /** SHA-256 of the token, hex. */
  sha256: string;
  /** The systems it may post for; null: all. */
  systems: string[] | null;
}

/** A named list of components: what a person wants to do. */
export interface Task {
  id: string;
  name: Localized;
  components: ComponentId[];
}

/** The rules of judging that a site may tune, per component. Defaults: model/policy.ts. */
export interface Policy {
  /** An ok result above this is slow; null: nothing is slow until "usual" is known. */
  slow_ms: number | null;
  /** Bad results in a row that make a check fail. */
  fail_after: number;
  /** Good results in a row that make it well again. */
  well_after: number;
  /** Slow results among the last `slow_window` that make it slow. */
  slow_after: number;
  slow_window: number;
  /** Share of live lines that must agree, rounded up. */
  quorum: number;
  /**
   * Sync: slow when half of the invoices take longer; null: nothing is slow until "usual" is known.
   */
  slow_wait_ms: number | null;
  /** Sync: the invoices accepted within this are asked how long they take. */
  slow_over_ms: number;
  /** Sync: nothing arrived for this long while at least `stalled_waiting` wait. */
  stalled_after_ms: number;
  stalled_waiting: number;
  /** Sync: what is promised; availability of sync counts arrivals within it. */
  visible_within_ms: number;
  /** Sync: a journey older than this is lost. */
  lost_after_ms: number;
  /** Incidents: all operational for this long resolves. */
  resolve_after_ms: number;
  /** Incidents: degraded for this long opens one. */
  degraded_opens_after_ms: number;
  /** Incidents: the same function failing again within this reopens. */
  reopen_within_ms: number;
}

export interface Retention {
  results_ms: number;
  evidence_ms: number;
  hourly_ms: number;
  daily_ms: number;
}

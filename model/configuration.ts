import type { RegisteredDomain } from './domain.ts';
import type { NotifySettings } from './notify-settings.ts';
import type {
  ComponentId,
  Environment,
  InvoiceFunction,
  Languages,
  Localized,
} from './vocabulary.ts';
import type { AnnouncedYears } from './working-days.ts';

/** The parsed configuration, as platform/config passes it to every process. All durations in ms. */
export interface Configuration {
  page: PageSettings;
  lines: Line[];
  systems: System[];
  checks: Check[];
  tasks: Task[];
  /** What each function needs to work for its users, as declared; without circles. */
  depends_on: Record<ComponentId, ComponentId[]>;
  /** Which days are worked, beside the years that are known; absent: no others. */
  working_days?: AnnouncedYears;
  /** Domains whose registration is asked for; absent: none. */
  domains?: RegisteredDomain[];
  policies: Record<ComponentId, Policy>;
  retention: Retention;
  notify: NotifySettings;
  /** Tokens that may post events; empty in processes that do not ingest. */
  ingest: IngestToken[];
  /** What providers tell of each invoice; absent: nothing. */
  callbacks?: IngestCallback[];
  /** Proxies in front of the ingest; absent: none, and who connects is the client. */
  ingest_proxies?: TrustedProxies;
  /** True only for the built-in demo: banner, drills and simulated history. */
  demo: boolean;
}

export interface PageSettings {
  /** The operator of the measurements, printed as "非官方，由 {operator} 测量" on every publication. */
  operator: Localized;
  title: Localized;
  /** Address of the page, without a trailing slash. Never derived from a request. */
  public_url: string;
  /** IANA time zone of the times shown on the page. */
  zone: string;
  /** Offered languages in menu order; the first is the default. */
  languages: Languages;
  /** Origins whose pages may show the public pages in a frame; absent: none. */
  frame_ancestors?: string[];
  /** Contact address in the User-Agent, for operators of the measured systems. */
  contact: string;
  /** Proxies in front of the page; absent: none, and who connects is the client. */
  trusted_proxies?: TrustedProxies;
}

/** Proxies that append to X-Forwarded-For: how many, one behind the other, or their networks. */
export type TrustedProxies = number | readonly string[];

/** A vantage point on one network. */
export interface Line {
  id: string;
  name: Localized;
  /** URL of the HTTP proxy (CONNECT) of every exchange of the line, with its credentials. */
  proxy: string | null;
  /**
   * A name that always resolves: while it does, one that does not is theirs. Absent: the host of
   * the first neutral system.
   */
  control_name?: string;
}

export interface System {
  id: string;
  name: Localized;
  /** A key of probes/systems. */
  driver: string;
  environment: Environment;
  /** Base address, http or https, without a trailing slash. */
  url: string;
  /** Driver settings, already parsed by the driver's own schema. */
  settings: unknown;
  /** What came from the environment or files, and is shown to nobody. */
  concealed?: readonly string[];
  /** Certificates of private authorities trusted besides the public ones, PEM. */
  ca: string | null;
  /** A reference host that distinguishes faults of our own line from theirs; never on the page. */
  neutral: boolean;
  /** Address of what to do when it fails: of all functions, or of each. */
  runbook?: Runbook;
}

export type Runbook = string | Partial<Record<InvoiceFunction, string>>;

/** The address of what to do when a function of the system fails; null: none is configured. */
export function runbookOf(
  { runbook }: Pick<System, 'runbook'>,
  fn: InvoiceFunction,
): string | null {
  return (typeof runbook === 'string' ? runbook : runbook?.[fn]) ?? null;
}

/**
 * One configured measurement. `sync` follows journeys instead of a schedule; own traffic is posted.
 */
export type Check = ScheduledCheck | FollowingCheck | OwnTrafficCheck;

interface CheckCommon {
  id: string;
  system: string;
  line: string;
  /** Time limit of a run, or of one look. */
  deadline_ms: number;
}

export interface ScheduledCheck extends CheckCommon {
  function: Exclude<InvoiceFunction, 'sync'>;
  /** Six-field cron expression (seconds first). */
  schedule: string;
  /** IANA zone of the expression. */
  zone: string;
  /** Options of the probe, e.g. the format of a download; parsed by the driver. */
  options: Record<string, unknown>;
}

export interface FollowingCheck extends CheckCommon {
  function: 'sync';
  /** The system whose accepted invoices are followed until `looks_at` shows them. */
  follows: string;
  /**
   * The system queried for the invoices: `system` itself, unless the component measures the
   * transfer from `system` to another.
   */
  looks_at: string;
  /** Limit of looks per minute at `looks_at`. */
  looks_per_minute: number;
}

/** What the company's own invoices tell of the function, in posted events; nothing is run. */
export interface OwnTrafficCheck extends CheckCommon {
  function: Exclude<InvoiceFunction, 'sync'>;
  source: 'own_traffic';
}

/** The line of all that is told by own traffic. No runner has it. */
export const OWN_TRAFFIC_LINE = 'own_traffic';

export function isScheduled(check: Check): check is ScheduledCheck {
  return check.function !== 'sync' && !('source' in check);
}

export function isFollowing(check: Check): check is FollowingCheck {
  return check.function === 'sync';
}

export function isOwnTraffic(check: Check): check is OwnTrafficCheck {
  return 'source' in check;
}

/** A sender of events, identified by a token of which only the hash is stored. */
export interface IngestToken {
  /** Name in logs and metrics. */
  id: string;
  /** SHA-256 of the token, hex. */
  sha256: string;
  /** Systems it may post events for; null: all. */
  systems: string[] | null;
}

/** A provider that tells the company of each invoice, in words of its own. */
export interface IngestCallback {
  /** Name in its address, in logs and metrics. */
  id: string;
  /** SHA-256 of the secret that ends its address, hex. */
  sha256: string;
  /** Addresses it may come from; null: any. */
  networks: readonly string[] | null;
  /** The system that its events are of. */
  system: string;
  /** Parsed by the collector's own schema. */
  mapping: unknown;
}

/** Whether anything may be posted, so that the port for it is opened. */
export function takesPosts({
  ingest,
  callbacks = [],
}: Pick<Configuration, 'ingest' | 'callbacks'>): boolean {
  return ingest.length > 0 || callbacks.length > 0;
}

/** A named list of components that a person needs for one purpose. */
export interface Task {
  id: string;
  name: Localized;
  components: ComponentId[];
}

/** Judging parameters that a site may tune, per component. Defaults: model/policy.ts. */
export interface Policy {
  /** An ok result with a longer delay is slow; null: no limit. */
  slow_ms: number | null;
  /** Bad results in a row that make a check fail; `auto`: by its slots and its record. */
  confirmations: number | 'auto';
  /** Distance of the first and the last of them at least, and of confirming slots. */
  confirm_distance_ms: number;
  /** A bad result waits this long at most, for its proof and for what it needs together. */
  proof_wait_ms: number;
  /** Consecutive good results after which it recovers. */
  well_after: number;
  /** Slow results among the last `slow_window` that make it slow. */
  slow_after: number;
  slow_window: number;
  /** Share of live lines that must agree, rounded up. */
  quorum: number;
  /** Sync: slow when the median of the waits exceeds this; null: no limit. */
  slow_wait_ms: number | null;
  /** Sync: invoices accepted within this period count for `slow_wait_ms`. */
  slow_over_ms: number;
  /** Sync: slow once it has been so for this long. */
  slow_for_ms: number;
  /** Sync: a waiting invoice older than this is overdue; null: by what is usual. */
  overdue_after_ms: number | null;
  /**
   * Sync: nothing arrived for this long while at least `stalled_waiting` are overdue; null: by what
   * is usual.
   */
  stalled_after_ms: number | null;
  stalled_waiting: number;
  /** Sync: the promised time; availability counts arrivals within it. */
  visible_within_ms: number;
  /** Sync: a journey older than this is lost. */
  lost_after_ms: number;
  /** Incidents: a change of one is told once it has held for this long. */
  settle_ms: number;
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

import type { Ailment } from './ailment.ts';
import type { Gap, GapCause, LastResult, Note, RecentDelays, SyncProgress } from './component.ts';
import type { PageSettings } from './configuration.ts';
import type { MeasuredDays } from './figure.ts';
import type { Availability, DayBar } from './figures.ts';
import type { AffectedFunction, Incident, IncidentUpdate } from './incident.ts';
import type { BadTime } from './ledger.ts';
import type { MaintenanceStatus, MaintenanceWithUpdates } from './maintenance.ts';
import type { OwnTrouble } from './own-trouble.ts';
import type { Indicator } from './severity.ts';
import type { StagesView } from './stage.ts';
import type { TaskState, Verdict } from './verdict.ts';
import type {
  ComponentId,
  Environment,
  EpochMs,
  InvoiceFunction,
  Localized,
  State,
} from './vocabulary.ts';
import type { Well } from './well.ts';

/** The read model of the page, the v2 API and the live stream: all public state at one instant. */
export interface StatusOverview {
  /** Sequence number of the last public change it contains. */
  seq: number;
  page: PageSettings;
  demo: boolean;
  lines: Localized[];
  headline: Headline;
  /** What is wrong with ourselves now. */
  own_troubles: OwnTroubleView[];
  /** What was, within the days of the bars and for a minute at least; newest first. */
  recent_own_troubles: OwnTroubleView[];
  /** When we did not measure or record, within the days of the bars; newest first. */
  gaps: Gap[];
  systems: SystemView[];
  /** Newest first. */
  open_incidents: IncidentView[];
  /** Resolved within the days of the bars, newest first. */
  recent_incidents: IncidentView[];
  /** Under way first, then announced, each ordered by start. */
  current_maintenances: MaintenanceView[];
  /** The subset shown on the page: under way, or starting within the coming days. */
  near_maintenances: MaintenanceView[];
  /**
   * Completed, or cancelled after they were announced, within the days of the bars; newest first.
   */
  recent_maintenances: MaintenanceView[];
}

/** The summary at the top of the page. */
export interface Headline {
  verdict: Verdict;
  indicator: Indicator;
  tasks: TaskView[];
  /** End of the latest measurement; null before the first. */
  measured_at: EpochMs | null;
  /**
   * The first instant at which some component becomes unknown unless it is measured again; null
   * when all are.
   */
  valid_until: EpochMs | null;
  /**
   * Judged results of all components in the same recent window; null before the first.
   * `is_current`: until now; else until the last of each.
   */
  recent: {
    window_ms: number;
    n: number;
    /** Judged events of own traffic. */
    told: number;
    is_current: boolean;
  } | null;
}

export interface TaskView extends TaskState {
  id: string;
  name: Localized;
  /** How its state is put into words; null: it is not disturbed. */
  ailment: Ailment | null;
  /** What is known of it where it is well. */
  well: Well;
  /** All of it is well, and something of it was out shortly before. */
  is_recovered: boolean;
  /**
   * What explains or limits the state, of all of its components that are in it: why they are
   * unknown, if for the same reason; that an outage may be of our own line. null: nothing.
   */
  note: Note | null;
  /** What stands for its state where none of its own functions does, but one they depend on. */
  because: FunctionName | null;
}

/** Trouble of our own, without the detail, which is for operators. */
export interface OwnTroubleView extends Omit<OwnTrouble, 'detail'> {
  /** Display name of the line; null when it concerns all of this installation. */
  line_name: Localized | null;
}

export interface SystemView {
  id: string;
  name: Localized;
  environment: Environment;
  components: ComponentOverview[];
}

export interface ComponentOverview extends ComponentView {
  history: ComponentHistory;
}

/** Current state of a component; the live stream sends it when it changes. */
export interface ComponentView {
  id: ComponentId;
  system: string;
  system_name: Localized;
  function: InvoiceFunction;
  state: State;
  /** null before the first measurement. */
  since: EpochMs | null;
  notes: Note[];
  measured_at: EpochMs | null;
  valid_until: EpochMs | null;
  recent: RecentDelays | null;
  sync: SyncProgress | null;
  /** Of a sync: what events told of its invoices; null: nothing but their acceptance. */
  stages: StagesView | null;
  last: LastResult | null;
  names: NoteNames;
  /** Why it is in its state, or under way, or the next of the coming days; null: there is none. */
  maintenance: ComponentMaintenance | null;
  /** Whether it is reached at a tax bureau's site for filing. */
  is_tax_entry: boolean;
  /** Set for a while after an outage, while it is well. */
  recovered: Recovered | null;
}

/** That a function is well again. */
export interface Recovered {
  /** Since when it is known to be well. */
  since: EpochMs;
  /** The worst that it was. */
  ailment: Ailment;
  /** How long it was disturbed, by the ledger. */
  bad_time: BadTime;
  /** Id of the incident. */
  incident: string;
}

export interface ComponentMaintenance {
  id: string;
  status: MaintenanceStatus;
  announced_from: EpochMs;
  announced_until: EpochMs;
  actual_from: EpochMs | null;
  actual_until: EpochMs | null;
}

/** Display names of the checks and lines in notes, by id. */
export interface NoteNames {
  /** No entry for the only check of a component. */
  checks: Record<string, string>;
  lines: Record<string, Localized>;
  /** Of the functions that it waits for, the names of their systems; absent: of none. */
  needed?: Record<ComponentId, Localized>;
}

/** A function by the name of its system. */
interface FunctionName {
  system_name: Localized;
  function: InvoiceFunction;
}

export interface ComponentHistory extends MeasuredDays {
  /** Oldest first; the last is today. */
  days: DayView[];
  /** Over all of `days`. */
  availability: Availability;
  /** Number of judged measurements (sync: invoices due) behind the figures, and those ok. */
  n: number;
  ok: number;
  /** Of n: events of own traffic; absent: none. */
  told?: number;
  /** Sync only: invoices due, and those that arrived within the promised time. */
  promise: { within_ms: number; arrived: number; due: number } | null;
}

export interface DayView extends DayBar {
  /** YYYY-MM-DD in the page's zone. */
  day: string;
  availability: Availability;
  n: number;
  ok: number;
  /** Of n: events of own traffic; absent: none. */
  told?: number;
  /** How long we did not measure or record on that day, by cause. */
  gaps: { cause: GapCause; ms: number }[];
}

export interface IncidentView extends Incident {
  system_name: Localized;
  /** Of the only line that it was seen from; null when it is not said. */
  line_name: Localized | null;
  /** Each of its functions, in their order. */
  affected: AffectedFunction[];
  /**
   * How long something was disturbed, by the ledger, by which it also starts; null: the ledger
   * knows of nothing.
   */
  bad_time: BadTime | null;
  /** When what was told of it was corrected last, after it was over; null: it was not. */
  corrected_at: EpochMs | null;
  /** Oldest first. */
  updates: IncidentUpdate[];
}

/** An announced maintenance; drafts are never public. */
export interface MaintenanceView extends MaintenanceWithUpdates {
  scope: SystemScopeView[];
}

/** The functions of one system in the scope of a maintenance. */
export interface SystemScopeView {
  system: string;
  system_name: Localized;
  functions: InvoiceFunction[];
}

import type { Ailment } from './ailment.ts';
import type { BadTime } from './ledger.ts';
import type { ComponentId, EpochMs, InvoiceFunction, State } from './vocabulary.ts';

/**
 * `unclear`: nothing in it is known to fail any more, but a function is not known. Others are those
 * of the Statuspage v2 API, which is told `monitoring` then.
 */
export const INCIDENT_STATUSES = [
  'investigating',
  'identified',
  'unclear',
  'monitoring',
  'resolved',
  'postmortem',
] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];
export type Impact = 'none' | 'minor' | 'major' | 'critical';

/** An unplanned disturbance of one system, as published. */
export interface Incident {
  /** 12 characters of [a-z0-9]; the id in URLs, feeds and the v2 API. */
  id: string;
  system: string;
  status: IncidentStatus;
  impact: Impact;
  /** Title as code and parameters: "{functions} of {system}" in the words of `title`. */
  title: 'outage' | 'partial_outage' | 'degraded';
  functions: InvoiceFunction[];
  /**
   * Id of our only line, when everything that failed did so below HTTP: seen from there, which is
   * said in the title. null: several lines, or something answered.
   */
  seen_from: string | null;
  /** Nothing proves that it is not our own line: one host in all was measured. */
  maybe_our_line: boolean;
  components: ComponentId[];
  /** `since` of the transition that opened it. */
  started_at: EpochMs;
  created_at: EpochMs;
  updated_at: EpochMs;
  monitoring_at: EpochMs | null;
  resolved_at: EpochMs | null;
  /** Once a person takes it over, the judge comments but never resolves. */
  taken_over: boolean;
  simulated: boolean;
  /**
   * Id of the incident of another system that began first, where what it fails by is declared to
   * have the same cause; null: none.
   */
  cause: string | null;
}

/** Updates of the judge are codes; a person's update is `text`. */
export type UpdateCode =
  | 'opened'
  | 'joined'
  | 'worse'
  | 'better'
  | 'known'
  | 'unclear'
  | 'unclear_in_part'
  | 'dropped'
  | 'recovered'
  | 'closed'
  | 'still'
  | 'resolved'
  | 'reopened'
  | 'text';

export interface AffectedComponent {
  component: ComponentId;
  from: State;
  to: State;
  /** How it was disturbed before, and is then; rows of earlier versions have the states only. */
  ailments?: { from: Ailment | null; to: Ailment | null };
  /** What it was by the time that this was told, if it was not in `to` any more. */
  by_then?: 'unknown' | 'under_maintenance';
}

export interface IncidentUpdate {
  id: string;
  incident: string;
  status: IncidentStatus;
  code: UpdateCode;
  /** Only for code `text`. */
  text: string | null;
  affected: AffectedComponent[];
  /** Whether everyone was notified of it. */
  told: boolean;
  created_at: EpochMs;
}

export interface IncidentWithUpdates extends Incident {
  /** Oldest first. */
  updates: IncidentUpdate[];
}

/** One function of an incident. */
export interface AffectedFunction {
  component: ComponentId;
  /** null: it is not disturbed; under maintenance: it was, when it was last told of. */
  now: Ailment | 'unknown' | 'under_maintenance' | null;
  /** When it was disturbed, by the ledger; null: it knows of nothing. */
  bad_time: BadTime | null;
}

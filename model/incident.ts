import type { ComponentId, EpochMs, InvoiceFunction, State } from './vocabulary.ts';

export const INCIDENT_STATUSES = [
  'investigating',
  'identified',
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
}

/** Updates of the judge are codes; a person's update is `text`. */
export type UpdateCode =
  | 'opened'
  | 'joined'
  | 'worse'
  | 'better'
  | 'recovered'
  | 'resolved'
  | 'reopened'
  | 'text';

export interface AffectedComponent {
  component: ComponentId;
  from: State;
  to: State;
}

export interface IncidentUpdate {
  id: string;
  incident: string;
  status: IncidentStatus;
  code: UpdateCode;
  /** Only for code `text`. */
  text: string | null;
  affected: AffectedComponent[];
  created_at: EpochMs;
}

export interface IncidentWithUpdates extends Incident {
  /** Oldest first. */
  updates: IncidentUpdate[];
}

import type { ComponentId, EpochMs, Localized } from './vocabulary.ts';

/**
 * draft → scheduled → in_progress (→ overrun: the announced end passed without being ended) →
 * verifying → completed; cancelled from draft or scheduled only. What passed while nobody was there
 * to see it goes from scheduled to verifying.
 */
export const MAINTENANCE_STATUSES = [
  'draft',
  'scheduled',
  'in_progress',
  'overrun',
  'verifying',
  'completed',
  'cancelled',
] as const;
export type MaintenanceStatus = (typeof MAINTENANCE_STATUSES)[number];

/** Published texts, in every language. */
export interface MaintenanceTexts {
  title: Localized;
  /** The work and its impact. */
  description: Localized;
  /** What remains available meanwhile; null when not stated. */
  stays_open: Localized | null;
  /** Alternatives for users. */
  workaround: Localized | null;
}

/** A planned disturbance, as last revised. Announced and actual times are stored separately. */
export interface Maintenance {
  /** 12 characters of [a-z0-9]; the id in URLs, feeds and the v2 API. */
  id: string;
  status: MaintenanceStatus;
  components: ComponentId[];
  texts: MaintenanceTexts;
  announced_from: EpochMs;
  announced_until: EpochMs;
  /** When everything is expected to work again; at or after the end. */
  expected_recovery_at: EpochMs;
  /** null: it has not begun, or passed while nobody saw whether it did. */
  actual_from: EpochMs | null;
  actual_until: EpochMs | null;
  /** What applied until it was changed while it was under way, oldest first. */
  plans_before: PlanBefore[];
  /** Minimum time between publication and start for a revision to be excluded from down time. */
  notice_ms: number;
  /** Publication time of the current revision; null: a draft. */
  published_at: EpochMs | null;
  /** Starts at 1; every edit is a new revision. */
  revision: number;
  /** Reminders already sent, as ms before the start. */
  reminded: number[];
  created_at: EpochMs;
  updated_at: EpochMs;
}

/** What a maintenance under way covered until it was changed. */
export interface PlanBefore {
  components: ComponentId[];
  announced_until: EpochMs;
  changed_at: EpochMs;
}

export const MAINTENANCE_UPDATE_CODES = [
  'announced',
  'revised',
  'reminder',
  'started',
  'extended',
  'overrun',
  'ended',
  'completed',
  'passed',
  'found_well',
  'cancelled',
  'text',
] as const;
export type MaintenanceUpdateCode = (typeof MAINTENANCE_UPDATE_CODES)[number];

/** A public update of a maintenance; a person's update has the code `text`. */
export interface MaintenanceUpdate {
  id: string;
  maintenance: string;
  status: MaintenanceStatus;
  code: MaintenanceUpdateCode;
  text: Localized | null;
  created_at: EpochMs;
}

export interface MaintenanceWithUpdates extends Maintenance {
  /** Oldest first. */
  updates: MaintenanceUpdate[];
}

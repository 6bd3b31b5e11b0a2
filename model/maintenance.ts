import type { ComponentId, EpochMs, Localized } from './vocabulary.ts';

/**
 * draft → scheduled → in_progress (→ overrun: the announced end passed without being ended) →
 * verifying → completed; cancelled from draft or scheduled only.
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
  actual_from: EpochMs | null;
  actual_until: EpochMs | null;
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

export const MAINTENANCE_UPDATE_CODES = [
  'announced',
  'revised',
  'reminder',
  'started',
  'extended',
  'overrun',
  'ended',
  'completed',
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

/** The announced part of one revision of a maintenance. */
export interface MaintenanceRevision {
  /** null: a draft, not published. */
  published_at: EpochMs | null;
  announced_from: EpochMs;
  announced_until: EpochMs;
  components: ComponentId[];
}

/** Actual start and end; null while pending. */
export interface MaintenanceActual {
  actual_from: EpochMs | null;
  actual_until: EpochMs | null;
}

/**
 * The time excluded from availability, or null. The plan is that of the last revision published at
 * least `notice_ms` before its own start, limited to the time in which the maintenance actually ran
 * or still may run, and not before the last published start. Overrun, late extensions and
 * unannounced maintenance therefore count as down.
 */
export function excludedWindow(
  revisions: MaintenanceRevision[],
  { notice_ms, actual_from, actual_until }: MaintenanceActual & { notice_ms: number },
): { from: EpochMs; to: EpochMs; components: ComponentId[] } | null {
  const announced = revisions.findLast(
    ({ published_at, announced_from }) =>
      published_at !== null && announced_from - published_at >= notice_ms,
  );
  const expected = revisions.findLast(({ published_at }) => published_at !== null);
  if (announced === undefined || expected === undefined) return null;
  const from = Math.max(announced.announced_from, actual_from ?? expected.announced_from);
  const to = Math.min(announced.announced_until, actual_until ?? announced.announced_until);
  return from < to ? { from, to, components: announced.components } : null;
}

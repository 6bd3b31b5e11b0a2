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

/** What people read; every text in every language. */
export interface MaintenanceTexts {
  title: Localized;
  /** What is done and what it means. */
  description: Localized;
  /** What stays open meanwhile; null when nothing was said. */
  stays_open: Localized | null;
  /** What to do instead. */
  workaround: Localized | null;
}

/** A planned disturbance, as last revised. Announced and actual times are kept apart. */
export interface Maintenance {
  /** 12 characters of [a-z0-9]; the id in URLs, feeds and the v2 API. */
  id: string;
  status: MaintenanceStatus;
  components: ComponentId[];
  texts: MaintenanceTexts;
  announced_from: EpochMs;
  announced_until: EpochMs;
  /** When users can expect everything to work again; at or after the end. */
  expected_recovery_at: EpochMs;
  actual_from: EpochMs | null;
  actual_until: EpochMs | null;
  /** How long before its start a revision must be published for its time not to count as down. */
  notice_ms: number;
  /** Of the current revision; null: a draft. */
  published_at: EpochMs | null;
  /** Counts from 1; every edit is a revision of its own. */
  revision: number;
  /** Reminders already given, as ms before the start. */
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

/** What people are told about a maintenance, as code; a person's words are `text`. */
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

/** What was announced of a maintenance; every edit is a revision of its own. */
export interface MaintenanceRevision {
  /** null: a draft, not announced. */
  published_at: EpochMs | null;
  announced_from: EpochMs;
  announced_until: EpochMs;
  components: ComponentId[];
}

/** When it really ran; null where it has not started or ended yet. */
export interface MaintenanceActual {
  actual_from: EpochMs | null;
  actual_until: EpochMs | null;
}

/**
 * The time in which down time does not count, or null. It is what the last revision says that was
 * published at least `notice_ms` before its own start; of that, only while the maintenance really
 * ran, or may still: not before the start that was published last. So overrun, a late extension and
 * unannounced maintenance count as down.
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

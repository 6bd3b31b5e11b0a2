import type { EpochMs } from './vocabulary.ts';

/** The first word is the subject: what `ref` points at. */
export const NOTICE_KINDS = [
  'incident_opened',
  'incident_updated',
  'incident_resolved',
  'maintenance_announced',
  'maintenance_updated',
  'maintenance_reminder',
  'maintenance_started',
  'maintenance_ended',
  'maintenance_cancelled',
  'subscription_requested',
  'alert_opened',
  'alert_changed',
  'alert_resolved',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a notice is about: what its `ref` points at. */
export type NoticeSubject = 'incident' | 'maintenance' | 'subscription' | 'alert';

export function subjectOf(kind: NoticeKind): NoticeSubject {
  const [subject] = kind.split('_');
  return subject as NoticeSubject;
}

/**
 * Something that people must be notified of. The transaction that causes it writes exactly one; the
 * notifier fans it out.
 */
export interface Notice {
  /** 12 characters of [a-z0-9]. */
  id: string;
  kind: NoticeKind;
  /** Id of the incident, maintenance, subscriber or alert. */
  ref: string;
  /** Id of the update of the incident or maintenance; null for the others. */
  update: string | null;
  created_at: EpochMs;
}

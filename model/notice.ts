import type { EpochMs } from './vocabulary.ts';

/** The first word is the subject, the type of `ref`. */
export type NoticeKind =
  | 'incident_opened'
  | 'incident_updated'
  | 'incident_resolved'
  | 'maintenance_announced'
  | 'maintenance_updated'
  | 'maintenance_reminder'
  | 'maintenance_started'
  | 'maintenance_ended'
  | 'maintenance_cancelled'
  | 'subscription_requested'
  | 'alert_opened'
  | 'alert_changed'
  | 'alert_acknowledged'
  | 'alert_repeated'
  | 'alert_escalated'
  /** That npm run check sent it to try a channel; never stored. */
  | 'alert_test'
  | 'alert_resolved';

/** The type of entity that a notice refers to. */
export type NoticeSubject = 'incident' | 'maintenance' | 'subscription' | 'alert';

export function subjectOf(kind: NoticeKind): NoticeSubject {
  const [subject] = kind.split('_');
  return subject as NoticeSubject;
}

/**
 * What a notice is about: of each matter a recipient is told one message at a time, in order.
 */
export function matterOf({ kind, ref }: Pick<Notice, 'kind' | 'ref'>): string {
  return `${subjectOf(kind)} ${ref}`;
}

/**
 * A change to notify people of. The causing transaction writes exactly one notice; the notifier
 * fans it out.
 */
export interface Notice {
  /** 12 characters of [a-z0-9]. */
  id: string;
  kind: NoticeKind;
  /** Id of the incident, maintenance, subscriber or alert. */
  ref: string;
  /** Id of the incident or maintenance update; null for other subjects. */
  update: string | null;
  created_at: EpochMs;
}

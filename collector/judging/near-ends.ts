import { type Alert, type AlertKind, alertKey, openedAlert } from '../../model/alert.ts';
import type { Notice, NoticeKind } from '../../model/notice.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { expiryKey } from '../state/expiries.ts';
import type { JudgingContext } from './evaluation.ts';

/** What operators are told of ends that come near: of certificates, and of domains. */

export interface ToldAlert {
  alert: Alert;
  notice: Notice;
}

export interface NearEnd {
  kind: AlertKind;
  subject: string;
  expires_at: EpochMs;
  /** The number of days before it that was passed. */
  passed: number;
  measured_at: EpochMs;
  /** As the alert says it. */
  error: string;
}

/** The alert of an end that comes near, once for each number of days; null: they know. */
export function toldNear(context: JudgingContext, near: NearEnd): ToldAlert | null {
  const { kind, subject, expires_at, passed, measured_at, error } = near;
  const { live, now, newId } = context;
  const told = live.told_expiries.get(expiryKey(kind, subject, expires_at));
  if (told !== undefined && told <= passed) return null;
  const open = live.open_alerts.get(alertKey({ kind, subject }));
  if (open) return toldAs(context, { ...open, error }, 'alert_changed');
  const dates = { since: measured_at, opened_at: now };
  const alert = openedAlert({ id: newId(), kind, subject, error, ...dates });
  return toldAs(context, alert, 'alert_opened');
}

/** The alert of an end that is none any more; `seen_at` is null where nobody saw why. */
export function toldPutOff(
  context: JudgingContext,
  open: Alert,
  { error, seen_at }: { error: string | null; seen_at: EpochMs | null },
): ToldAlert {
  const resolved_since = seen_at === null ? null : Math.max(open.since, seen_at);
  const alert = { ...open, error, resolved_at: context.now, resolved_since };
  return toldAs(context, alert, 'alert_resolved');
}

function toldAs({ newId, now }: JudgingContext, alert: Alert, kind: NoticeKind): ToldAlert {
  return { alert, notice: { id: newId(), kind, ref: alert.id, update: null, created_at: now } };
}

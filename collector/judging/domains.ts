import { alertKey, openedAlert } from '../../model/alert.ts';
import type { AskedDomain } from '../../model/domain.ts';
import { daysLeft, passedDays, readExpiry } from '../../model/expiry.ts';
import { ownDetail } from '../../model/own-detail.ts';
import type { Recording } from '../../store/record.ts';
import { expiryKey } from '../state/expiries.ts';
import { toldAs } from './certificates.ts';
import type { JudgingContext } from './evaluation.ts';

/**
 * What is recorded of a domain that was asked for: that its registration ends soon, each number of
 * days told once of an end, or that it was renewed. By a clock that is not trusted nothing is told.
 */
export function recordingOfDomain(context: JudgingContext, domain: AskedDomain): Recording {
  const told = changedAlert(context, domain);
  return {
    domains: [domain],
    alerts: told ? [told.alert] : [],
    notices: told ? [told.notice] : [],
  };
}

function changedAlert(
  context: JudgingContext,
  { name, asked_at, expires_at, measured_at }: AskedDomain,
): ReturnType<typeof toldAs> | null {
  const { live, now, newId } = context;
  // An answer is what is told, not that there was none.
  if (expires_at === null || measured_at !== asked_at || live.own_troubles.has('clock'))
    return null;
  const open = live.open_alerts.get(alertKey({ kind: 'domain', subject: name }));
  const passed = passedDays({ valid_from: null, expires_at }, measured_at);
  if (passed === null) {
    const was = open ? readExpiry(open.error) : null;
    if (!open || !was) return null;
    const error = ownDetail({
      code: 'domain_renewed',
      ...{ ends_at: was.expires_at, days: was.days_left, passed: was.passed },
      ...{ until_at: expires_at, measured_at },
    });
    const resolved_since = Math.max(open.since, measured_at);
    const ended = { ...open, error, resolved_at: now, resolved_since };
    return toldAs(context, ended, 'alert_resolved');
  }
  const told = live.told_expiries.get(expiryKey('domain', name, expires_at));
  if (told !== undefined && told <= passed) return null;
  const days = daysLeft(expires_at, measured_at);
  const error = ownDetail({
    code: 'domain_ends',
    ...{ ends_at: expires_at, days, passed, measured_at },
  });
  if (open) return toldAs(context, { ...open, error }, 'alert_changed');
  const dates = { since: measured_at, opened_at: now };
  const opened = openedAlert({ id: newId(), kind: 'domain', subject: name, error, ...dates });
  return toldAs(context, opened, 'alert_opened');
}

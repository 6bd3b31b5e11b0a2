import { alertKey } from '../../model/alert.ts';
import type { AskedDomain } from '../../model/domain.ts';
import { daysLeft, passedDays, readExpiry } from '../../model/expiry.ts';
import { ownDetail } from '../../model/own-detail.ts';
import type { Recording } from '../../store/record.ts';
import type { JudgingContext } from './evaluation.ts';
import { type ToldAlert, toldNear, toldPutOff } from './near-ends.ts';

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
): ToldAlert | null {
  const { live } = context;
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
    return toldPutOff(context, open, { error, seen_at: measured_at });
  }
  const days = daysLeft(expires_at, measured_at);
  const error = ownDetail({
    code: 'domain_ends',
    ...{ ends_at: expires_at, days, passed, measured_at },
  });
  return toldNear(context, {
    ...{ kind: 'domain', subject: name, expires_at, passed, measured_at, error },
  });
}

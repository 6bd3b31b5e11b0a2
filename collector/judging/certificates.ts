import { type Alert, alertKey } from '../../model/alert.ts';
import { daysLeft, passedDays, readExpiry } from '../../model/expiry.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { ownDetail } from '../../model/own-detail.ts';
import { endedAt, type Result, type ShownCertificate } from '../../model/result.ts';
import type { ExpiringAt } from '../state/expiries.ts';
import type { LiveState, Step } from '../state/live-state.ts';
import type { JudgingContext } from './evaluation.ts';
import { type ToldAlert, toldNear, toldPutOff } from './near-ends.ts';

/**
 * What the certificates that a run was shown mean to operators: that one ends soon, each number of
 * days told once of a certificate, and that it was replaced. Null: nothing new. The dates say
 * nothing by a clock that is not trusted, nor do those of neutral hosts or made-up history.
 */
export function stepOfCertificates(context: JudgingContext, result: Result): Step | null {
  const { site, live } = context;
  if (result.certificates.length === 0 && live.expiring.size === 0) return null;
  if (result.simulated || !site.measured_by.has(result.check)) return null;
  if (live.own_troubles.has('clock')) return null;
  const seen = result.certificates.flatMap((it) => seenHost(live, result, it));
  const gone = result.outcome === 'ok' ? hostsNotAsked(live, result) : [];
  const hosts = [...seen, ...gone];
  if (hosts.length === 0) return null;
  const alerts = hosts.flatMap((it) => changedAlert(context, result, it));
  return {
    recording: {
      alerts: alerts.map(({ alert }) => alert),
      notices: alerts.map(({ notice }) => notice),
    },
    expiring: hosts.map(({ host, expiring }) => [host, expiring]),
  };
}

/** A host, and which of its certificates end soon, by the checks that saw them last. */
interface SeenHost {
  host: string;
  expiring: readonly ExpiringAt[];
  /** What the check was shown instead of one that ends soon; null: it did not ask this host. */
  shown: ShownCertificate | null;
}

function seenHost(live: LiveState, result: Result, shown: ShownCertificate): SeenHost[] {
  const { host } = shown;
  const before = live.expiring.get(host) ?? [];
  const own = before.find(({ check }) => check === result.check);
  const passed = passedDays(shown, endedAt(result));
  if (passed === null) return own ? [{ host, shown, expiring: oneMoreWell(before, own) }] : [];
  const expiring = {
    check: result.check,
    ...{ expires_at: shown.expires_at, passed, well_runs: 0 },
  };
  return [{ host, shown, expiring: [...before.filter((it) => it !== own), expiring] }];
}

/** A good run that asked other hosts only: the address leads elsewhere by now. */
function hostsNotAsked(live: LiveState, { check, certificates }: Result): SeenHost[] {
  return [...live.expiring].flatMap(([host, expiring]) => {
    const own = expiring.find((it) => it.check === check);
    if (own === undefined || certificates.some((it) => it.host === host)) return [];
    return [{ host, shown: null, expiring: oneMoreWell(expiring, own) }];
  });
}

/** One of several servers may still show the old one: it takes some runs without it. */
function oneMoreWell(expiring: readonly ExpiringAt[], own: ExpiringAt): ExpiringAt[] {
  const others = expiring.filter((it) => it !== own);
  const well_runs = own.well_runs + 1;
  return well_runs >= NUMBERS.expiry.replaced_after ? others : [...others, { ...own, well_runs }];
}

function changedAlert(
  context: JudgingContext,
  result: Result,
  { host, expiring, shown }: SeenHost,
): ToldAlert[] {
  const open = context.live.open_alerts.get(alertKey({ kind: 'certificate', subject: host }));
  const [first] = expiring.toSorted((a, b) => a.expires_at - b.expires_at);
  const measured_at = endedAt(result);
  if (first === undefined) return open ? [ended(context, open, { result, shown })] : [];
  // What another check saw is told by that one.
  if (first.check !== result.check || first.well_runs > 0) return [];
  const { expires_at, passed } = first;
  const error = ownDetail({
    code: 'certificate_ends',
    ends_at: expires_at,
    days: daysLeft(expires_at, measured_at),
    ...{ passed, measured_at, check: result.check },
  });
  const told = toldNear(context, {
    ...{ kind: 'certificate', subject: host, expires_at, passed, measured_at, error },
  });
  return told === null ? [] : [told];
}

/** By one that is valid for longer; its end is unseen where nobody is led to the host any more. */
function ended(
  context: JudgingContext,
  open: Alert,
  { result, shown }: { result: Result; shown: ShownCertificate | null },
): ToldAlert {
  const measured_at = endedAt(result);
  const was = readExpiry(open.error);
  const error =
    shown === null || was === null
      ? open.error
      : ownDetail({
          code: 'certificate_replaced',
          ...{ ends_at: was.expires_at, days: was.days_left, passed: was.passed },
          ...{ until_at: shown.expires_at, measured_at, check: result.check },
        });
  return toldPutOff(context, open, { error, seen_at: shown === null ? null : measured_at });
}

/** After a start, by the open alerts: the check that saw the end coming has to see it gone. */
export function expiringBy(alerts: readonly Alert[]): [host: string, expiring: ExpiringAt[]][] {
  return alerts.flatMap(({ kind, subject, error }) => {
    const told = kind === 'certificate' ? readExpiry(error) : null;
    if (told === null || told.check === null) return [];
    const { check, expires_at, passed } = told;
    return [[subject, [{ check, expires_at, passed, well_runs: 0 }]]];
  });
}

/** Whether nothing measures any more what an alert of a certificate is about. */
export function isOfNoCheck(
  { error }: Pick<Alert, 'error'>,
  measures: (check: string) => boolean,
): boolean {
  const check = readExpiry(error)?.check ?? null;
  return check === null || !measures(check);
}

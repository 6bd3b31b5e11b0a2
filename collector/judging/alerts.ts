import { ailmentOf } from '../../model/ailment.ts';
import { type Alert, type AlertKind, alertKey, isOwnSilence } from '../../model/alert.ts';
import type { ComponentStatus, Gap, Note } from '../../model/component.ts';
import { isOutdated, type News, NO_NEWS, reportedStatus } from '../../model/incident/news.ts';
import type { Incident } from '../../model/incident.ts';
import { seemsBetter } from '../../model/judge/incident/severity.ts';
import { isValid } from '../../model/judge/judgement.ts';
import { expiresAt } from '../../model/judge/spells.ts';
import { isRightAfter } from '../../model/maintenance/aftermath.ts';
import type { Notice, NoticeKind } from '../../model/notice.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { isDisturbed } from '../../model/severity.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import { openIncidentWith, uncoveredAndNotWell } from '../state/live-state.ts';
import type { JudgingContext } from './evaluation.ts';

/** A changed alert and its notice. */
export interface AlertChange {
  alert: Alert;
  notice: Notice;
}

/**
 * The alerts that open, change or resolve with the given component states. A state alert resolves
 * when its component is operational again; it does not change while that is unknown or under
 * maintenance, unless it was measured before that and becomes known with it. A stale alert reports
 * that measuring stopped, or that own traffic is not told of any more beside what is measured.
 */
export function alertChanges(
  context: JudgingContext,
  statuses: readonly ComponentStatus[],
  newsOf: (component: ComponentId) => News = () => NO_NEWS,
): AlertChange[] {
  return statuses.flatMap((status) => [
    ...stateAlert(context, status, reportedStatus(status, newsOf(status.component))),
    ...staleAlert(context, status),
  ]);
}

/**
 * The changed alerts, linked to the open incident of their component. Alert and incident may open
 * at different times, and whichever opens later writes the link; therefore includes open alerts
 * that these `incidents` concern from now on.
 */
export function linkedAlerts(
  context: JudgingContext,
  changes: readonly AlertChange[],
  incidents: readonly Incident[],
): Alert[] {
  const changed = changes.map(({ alert }) => withIncident(context, alert, incidents));
  if (incidents.length === 0) return changed;
  const keys = new Set(changed.map(alertKey));
  const unchanged = [...context.live.open_alerts.values()].filter((it) => !keys.has(alertKey(it)));
  const joined = unchanged
    .map((alert) => ({ before: alert, after: withIncident(context, alert, incidents) }))
    .filter(({ before, after }) => after.incident !== before.incident)
    .map(({ after }) => after);
  return [...changed, ...joined];
}

function withIncident(
  { site, live }: JudgingContext,
  alert: Alert,
  incidents: readonly Incident[],
): Alert {
  const system = site.components.get(alert.subject)?.system ?? '';
  const changed = incidents.findLast(
    (it) => it.resolved_at === null && it.components.includes(alert.subject),
  );
  const incident = changed ?? openIncidentWith(live, system, alert.subject);
  return incident ? { ...alert, incident: incident.id } : alert;
}

function stateAlert(
  context: JudgingContext,
  status: ComponentStatus,
  reported: ComponentStatus,
): AlertChange[] {
  const { component, state, notes } = reported;
  const open = openAlert(context, 'state', component);
  if (isDisturbed(state)) {
    // What maintenance covers by now, nobody has to be called for.
    if (!open && (status.state === 'under_maintenance' || isUncovered(context, component)))
      return [];
    if (!open) return [opened(context, 'state', reported, reported.since)];
    if (open.state === state && !ailsOtherwise(context, reported, open)) return [];
    if (open.state !== state && seemsBetter(reported, open.state ?? undefined)) return [];
    if (isOutdated(open.state ?? undefined, state, status.state)) return [];
    return [alertChange(context, { ...open, state, notes }, 'alert_changed')];
  }
  return open && state === 'operational' ? [resolved(context, open, reported.since)] : [];
}

/** A maintenance has just ceased to cover it, and it has not been measured well since. */
function isUncovered({ live, now }: JudgingContext, component: ComponentId): boolean {
  return isRightAfter(uncoveredAndNotWell(live, component), now);
}

/** For another reason, which may come and go: since it has held. */
function ailsOtherwise(
  { live, site, now }: JudgingContext,
  { component, ...reported }: ComponentStatus,
  { state, notes }: Alert,
): boolean {
  if (state === null || ailmentOf({ state, notes }) === ailmentOf(reported)) return false;
  const since = live.told.get(component)?.at(-1)?.since ?? now;
  return now - since >= (site.components.get(component)?.policy.settle_ms ?? 0);
}

function staleAlert(context: JudgingContext, status: ComponentStatus): AlertChange[] {
  const { component, state, notes } = status;
  const open = openAlert(context, 'stale', component);
  if (state === 'under_maintenance') return [];
  const silent_since = state === 'unknown' ? null : ownSilentSince(context, component);
  if (state !== 'unknown' && silent_since === null)
    return open ? [resolved(context, open, endOfSilence(context, open, status))] : [];
  if (open) {
    const is_same = isOwnSilence(open) === (silent_since !== null);
    return is_same ? [] : [alertChange(context, { ...open, state, notes }, 'alert_changed')];
  }
  if (isUncovered(context, component)) return [];
  if (silent_since !== null) {
    const watched = watchedFrom(context, silent_since) + NUMBERS.own.watched_ms;
    return context.now >= watched ? [opened(context, 'stale', status, silent_since)] : [];
  }
  const is_late = context.now >= graceEndsAt(context, status);
  return is_late ? [opened(context, 'stale', status, staleSince(context, status))] : [];
}

/** Since when own traffic tells nothing of it any more; null: it does, or never did. */
function ownSilentSince({ site, live, now }: JudgingContext, component: ComponentId) {
  const check = site.own_traffic.get(component);
  const judgement = check && live.judgements.get(check.id);
  if (!judgement || judgement.valid_until === null || isValid(judgement, now)) return null;
  return expiresAt(judgement);
}

/** When it was known again; of own traffic, whose component was known, when it told again. */
function endOfSilence(
  { site, live, now }: JudgingContext,
  alert: Alert,
  { since }: Pick<ComponentStatus, 'since'>,
): EpochMs {
  if (!isOwnSilence(alert)) return since;
  const check = site.own_traffic.get(alert.subject);
  const spells = check === undefined ? [] : (live.spells.get(check.id) ?? []);
  const again = spells.findLast((it, i) => it.is_measured && !spells[i - 1]?.is_measured);
  return again?.from ?? now;
}

/** Our own downtime does not count: staleness starts at its end. */
function staleSince({ live }: JudgingContext, { since, notes }: ComponentStatus): EpochMs {
  const is_gap = notes.some(({ code }) => code === 'gap');
  return is_gap ? Math.max(since, live.last_gaps.at(-1)?.to ?? since) : since;
}

/**
 * After any start and after downtime of ours, however short, measuring is watched for a while
 * before it is said to have stopped; a running measurement is stale at once. Never stale is a sync
 * without invoices, nor what is measured but not confirmed yet.
 */
const NEVER_STALE: readonly Note['code'][] = [
  'nothing_to_follow',
  'none_arrived',
  'unconfirmed',
  'recovering',
];

function graceEndsAt(context: JudgingContext, status: ComponentStatus): EpochMs {
  const { since, notes, measured_at } = status;
  if (notes.some(({ code }) => NEVER_STALE.includes(code))) return Number.POSITIVE_INFINITY;
  const is_beginning = notes.every(
    ({ code }) =>
      code === 'never_measured' ||
      code === 'gap' ||
      (code === 'not_judged' && measured_at === null),
  );
  const began_at = Math.max(watchedFrom(context, since), ...(is_beginning ? [since] : []));
  return Math.max(since, began_at + NUMBERS.own.watched_ms);
}

/**
 * Since when we watch: our start, a clock that was set back, or the end of the last time that we
 * could not measure. A short pause after the state was lost ends nothing: one every few minutes
 * would keep alerts from opening. What lies ahead belongs to a clock that was set back.
 */
function watchedFrom({ live, now }: JudgingContext, since: EpochMs): EpochMs {
  const { started_at, last_gaps, set_back } = live;
  const downtimes = last_gaps.filter((gap) => isDowntime(gap, since));
  const ends = [started_at, set_back?.at ?? started_at, ...downtimes.map(({ to }) => to)];
  return Math.max(0, ...ends.filter((at) => at <= now));
}

/**
 * A step of the clock, long downtime, or a pause that may have cost us the state. Our own start
 * counts by itself; a measuring thread that starts anew is a pause like any other.
 */
function isDowntime({ from, to, cause }: Gap, since: EpochMs): boolean {
  if (cause === 'clock') return true;
  return to - from >= NUMBERS.own.watched_ms || since >= from;
}

function openAlert({ live }: JudgingContext, kind: AlertKind, subject: string): Alert | undefined {
  return live.open_alerts.get(alertKey({ kind, subject }));
}

function opened(
  context: JudgingContext,
  kind: AlertKind,
  { component, state, notes }: ComponentStatus,
  since: EpochMs,
): AlertChange {
  const alert: Alert = {
    id: context.newId(),
    kind,
    subject: component,
    state,
    notes,
    error: null,
    incident: null,
    since,
    opened_at: context.now,
    acknowledged_at: null,
    acknowledged_by: null,
    resolved_at: null,
    resolved_since: null,
  };
  return alertChange(context, alert, 'alert_opened');
}

function resolved(context: JudgingContext, alert: Alert, since: EpochMs): AlertChange {
  const ended = {
    ...alert,
    resolved_at: context.now,
    resolved_since: Math.max(alert.since, since),
  };
  return alertChange(context, ended, 'alert_resolved');
}

function alertChange({ now, newId }: JudgingContext, alert: Alert, kind: NoticeKind): AlertChange {
  return { alert, notice: { id: newId(), kind, ref: alert.id, update: null, created_at: now } };
}

import { type Alert, type AlertKind, alertKey } from '../../model/alert.ts';
import type { ComponentStatus } from '../../model/component.ts';
import type { Notice, NoticeKind } from '../../model/notice.ts';
import type { EpochMs, State } from '../../model/vocabulary.ts';
import type { JudgingContext } from './evaluation.ts';

/** An alert as it is now, and what tells operators of it. */
export interface AlertChange {
  alert: Alert;
  notice: Notice;
}

const DISTURBED: readonly State[] = ['degraded_performance', 'partial_outage', 'major_outage'];
/** A measurement that has only begun, or begins anew after our own downtime, is given this long. */
const PATIENCE_MS = 5 * 60_000;

/**
 * The alerts that open, change or end when components are as given. A state alert ends when the
 * component is operational again: while that is unknown or maintenance covers it, nothing is said.
 * A stale alert tells that measuring stopped.
 */
export function alertChanges(
  context: JudgingContext,
  statuses: readonly ComponentStatus[],
): AlertChange[] {
  return statuses.flatMap((status) => [
    ...stateAlert(context, status),
    ...staleAlert(context, status),
  ]);
}

function stateAlert(context: JudgingContext, status: ComponentStatus): AlertChange[] {
  const { component, state, notes } = status;
  const open = openAlert(context, 'state', component);
  if (DISTURBED.includes(state)) {
    if (!open) return [opened(context, 'state', status, status.since)];
    if (open.state === state) return [];
    return [alertChange(context, { ...open, state, notes }, 'alert_changed')];
  }
  return open && state === 'operational' ? [resolved(context, open, status.since)] : [];
}

function staleAlert(context: JudgingContext, status: ComponentStatus): AlertChange[] {
  const open = openAlert(context, 'stale', status.component);
  if (status.state === 'unknown') {
    const since = staleSince(context, status);
    const is_late = !open && context.now >= since + patienceMs(status);
    return is_late ? [opened(context, 'stale', status, since)] : [];
  }
  return open && status.state !== 'under_maintenance'
    ? [resolved(context, open, status.since)]
    : [];
}

/** Our own downtime is not the fault of whatever measures: it counts from its end. */
function staleSince({ live }: JudgingContext, { since, notes }: ComponentStatus): EpochMs {
  const is_gap = notes.some(({ code }) => code === 'gap');
  return is_gap ? Math.max(since, live.last_gap?.to ?? since) : since;
}

function patienceMs({ notes }: ComponentStatus): number {
  const is_beginning = notes.every(
    ({ code }) => code === 'never_measured' || code === 'nothing_to_follow' || code === 'gap',
  );
  return is_beginning ? PATIENCE_MS : 0;
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
    since,
    opened_at: context.now,
    acknowledged_at: null,
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

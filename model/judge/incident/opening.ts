import type { Policy } from '../../configuration.ts';
import { isCurrent, type JudgedComponent } from '../../incident/change.ts';
import type { Incident } from '../../incident.ts';
import { isRightAfter } from '../../maintenance/aftermath.ts';
import { isDisturbed, isOutage } from '../../severity.ts';
import type { IncidentInput } from './input.ts';

export function opens(component: JudgedComponent, { now, policy }: IncidentInput): boolean {
  if (!isCurrent(component) || isRightAfter(component.uncovered_since, now)) return false;
  if (isOutage(component.state)) return true;
  return (
    component.state === 'degraded_performance' &&
    now - component.since >= policy.degraded_opens_after_ms
  );
}

export function failsAgain(
  resolved: Incident,
  failing: readonly JudgedComponent[],
  policy: Policy,
): boolean {
  const { monitoring_at, resolved_at, impact } = resolved;
  if (resolved_at === null) return false;
  // What is degraded after an outage is something else; after the like it is the same again.
  const isAsBad = impact === 'minor' ? isDisturbed : isOutage;
  return failing.some(
    (it) =>
      isAsBad(it.state) &&
      resolved.components.includes(it.component) &&
      // What is not known now may be what it was before.
      (isCurrent(it) || it.since >= (monitoring_at ?? resolved_at)) &&
      it.since - resolved_at <= policy.reopen_within_ms,
  );
}

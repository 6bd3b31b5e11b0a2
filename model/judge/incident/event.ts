import type { JudgedComponent } from '../../incident/change.ts';
import type { IncidentEvent } from '../../incident/life-cycle.ts';
import { isDisturbed } from '../../severity.ts';
import { ailsOtherwise } from './changed.ts';
import { isWell } from './end.ts';
import { hasHeld } from './held.ts';
import { isWorseThan, severity } from './severity.ts';
import type { WatchedIncident } from './watched.ts';

export function eventOf(
  { open, published, said, its }: WatchedIncident,
  changed: readonly JudgedComponent[],
): IncidentEvent {
  const { status } = open.incident;
  const disturbed = changed.filter(({ state }) => isDisturbed(state));
  const before = (it: JudgedComponent) => published.get(it.component);
  if (disturbed.some((it) => !published.has(it.component))) return 'joined';
  const known = disturbed.filter((it) => before(it) !== 'unknown');
  if (known.some((it) => severity(it.state) > severity(before(it)))) return 'worse';
  if (known.some((it) => ailsOtherwise(it, said) && isWorseThan(it, said))) return 'worse';
  if (disturbed.length > known.length) return 'known';
  const lost = changed.some(({ state }) => state === 'unknown');
  if (its.some(({ state }) => isDisturbed(state))) return lost ? 'unclear_in_part' : 'better';
  const was_lost = its.some((it) => it.state === 'unknown' && before(it) === 'unknown');
  if (lost || (was_lost && status !== 'unclear')) return 'unclear';
  // Nor is all over while one has not been well for long enough.
  const is_well = (it: JudgedComponent) =>
    it.state === 'operational' &&
    (changed.includes(it) || (before(it) ?? 'operational') === 'operational');
  return its.every(is_well) ? 'recovered' : 'better';
}

/**
 * What its functions have come to, though none of them changed with it: the last one that failed is
 * in another incident by now, or was not known or in maintenance when another changed.
 */
export function settledEvent({
  input,
  open,
  published,
  its,
}: WatchedIncident): 'recovered' | 'unclear' | null {
  const { status } = open.incident;
  if (status === 'monitoring' || its.length === 0) return null;
  if (its.some((it) => isDisturbed(it.state) || isDisturbed(published.get(it.component))))
    return null;
  if (!its.every((it) => hasHeld(it, input))) return null;
  if (its.every(isWell)) return 'recovered';
  return status !== 'unclear' && its.some(({ state }) => state === 'unknown') ? 'unclear' : null;
}

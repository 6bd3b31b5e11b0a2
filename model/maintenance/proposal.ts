import {
  type ComponentStatus,
  isSilent,
  measuredMeanwhile,
  type Transition,
} from '../component.ts';
import type { Maintenance } from '../maintenance.ts';
import { NUMBERS } from '../numbers.ts';
import type { ComponentId, EpochMs } from '../vocabulary.ts';

interface Measured {
  statuses: readonly Pick<ComponentStatus, 'component' | 'valid_until' | 'notes'>[];
  /** The last one of each component. */
  transitions: readonly Transition[];
}

/**
 * Since when the whole scope of a maintenance under way has been measured well, if that is long
 * enough to propose ending it; else null. Only a person ends it.
 */
export function endProposedSince(
  { status, actual_from, components }: Pick<Maintenance, 'status' | 'actual_from' | 'components'>,
  measured: Measured,
  now: EpochMs,
): EpochMs | null {
  if ((status !== 'in_progress' && status !== 'overrun') || actual_from === null) return null;
  const well = components.flatMap((it) => wellSince(it, measured, now) ?? []);
  if (well.length < components.length) return null;
  const since = Math.max(actual_from, ...well);
  return now - since >= NUMBERS.maintenance.end_proposed_after_ms ? since : null;
}

/** Since when a component is measured to be operational, covered or not; null: it is not. */
function wellSince(
  component: ComponentId,
  { statuses, transitions }: Measured,
  now: EpochMs,
): EpochMs | null {
  const status = statuses.find((it) => it.component === component);
  const last = transitions.find((it) => it.component === component);
  if (last === undefined || (status?.valid_until ?? 0) < now) return null;
  if (isSilent(status?.notes ?? [])) return null;
  const is_well = last.to === 'operational' || measuredMeanwhile(last.notes) === 'operational';
  return is_well ? last.since : null;
}

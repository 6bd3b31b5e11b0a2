import { alertKey } from '../../model/alert.ts';
import type { Transition } from '../../model/component.ts';
import { isDisturbed } from '../../model/severity.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import type { JudgingContext } from '../judging/evaluation.ts';
import type { MeasuredComponent } from '../state/site.ts';

/**
 * What was told of a disturbance that goes on, where a correction says that it began earlier: its
 * incident and alert begin there, too.
 */
export function movedBeginnings(
  { live, now }: JudgingContext,
  { id, system }: Pick<MeasuredComponent, 'id' | 'system'>,
  corrections: readonly Transition[],
): Recording {
  const since = disturbedSince(corrections);
  if (since === null) return {};
  const incident = live.open_incidents.get(system)?.incident;
  const alert = live.open_alerts.get(alertKey({ kind: 'state', subject: id }));
  const is_moved = incident?.components.includes(id) && since < incident.started_at;
  return {
    ...(incident && is_moved
      ? {
          incidents: [{ ...incident, started_at: since, updated_at: now }],
          changes: [{ kind: 'incident', ref: incident.id, at: now }],
        }
      : {}),
    ...(alert && since < alert.since ? { alerts: [{ ...alert, since }] } : {}),
  };
}

/** Since when it has been disturbed, as far as is known without a pause; null: it is not. */
function disturbedSince(transitions: readonly Transition[]): EpochMs | null {
  const before = transitions.findLastIndex(
    ({ to }) => to === 'operational' || to === 'under_maintenance',
  );
  const since = transitions.slice(before + 1).find(({ to }) => isDisturbed(to));
  return since?.since ?? null;
}

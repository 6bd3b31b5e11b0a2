import { alertKey } from '../../model/alert.ts';
import type { Told } from '../../model/correction.ts';
import { newlyPast } from '../../model/incident/past.ts';
import type { Incident } from '../../model/incident.ts';
import { untoldPast } from '../../model/judge/incident.ts';
import { isDisturbed } from '../../model/severity.ts';
import { earliest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { JudgingContext } from './evaluation.ts';

/**
 * The incident and the alert of a component that goes on, where the ledger, which said `before`,
 * says now that it began earlier: they begin there, too. So does an incident before which its
 * function was disturbed already.
 */
export function movedBeginnings(
  { live, site, now }: JudgingContext,
  { id, system }: Pick<MeasuredComponent, 'id' | 'system'>,
  before: Told,
): Recording {
  const told = live.told.get(id) ?? [];
  const since = disturbedSince(before, told);
  const alert = live.open_alerts.get(alertKey({ kind: 'state', subject: id }));
  const incident = live.open_incidents.get(system)?.incident;
  return {
    ...(incident?.components.includes(id) ? movedIncident(incident) : {}),
    ...(alert && since !== null && since < alert.since ? { alerts: [{ ...alert, since }] } : {}),
  };

  function movedIncident(open: Incident): Recording {
    const last_resolved = live.resolved_incidents.get(system)?.incident ?? null;
    const policy = site.systems.get(system)?.incident_policy;
    const past = newlyPast(before, told);
    const earlier = policy ? untoldPast({ open, last_resolved, policy }, id, past) : [];
    const started_at = earliest([since, ...earlier.map((it) => it.since)]);
    if (started_at === null || started_at >= open.started_at) return {};
    return {
      incidents: [{ ...open, started_at, updated_at: now }],
      changes: [{ kind: 'incident', ref: open.id, at: now }],
    };
  }
}

/**
 * Since when it has been disturbed without a pause, as far as the ledger was corrected; null: it is
 * not.
 */
function disturbedSince(before: Told, told: Told): EpochMs | null {
  const differs = told.findIndex((it) => !before.some((was) => isSame(it, was)));
  const corrected = differs === -1 ? [] : told.slice(differs);
  const paused = corrected.findLastIndex(
    ({ to }) => to === 'operational' || to === 'under_maintenance',
  );
  return corrected.slice(paused + 1).find(({ to }) => isDisturbed(to))?.since ?? null;
}

function isSame(a: Told[number], b: Told[number]): boolean {
  return a.to === b.to && a.since === b.since;
}

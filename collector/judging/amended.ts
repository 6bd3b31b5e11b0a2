import { alertKey } from '../../model/alert.ts';
import type { Told } from '../../model/correction.ts';
import { impactWith, TITLE_OF_IMPACT } from '../../model/incident/impact.ts';
import { type NewSpan, newsIn } from '../../model/incident/news.ts';
import type { Incident } from '../../model/incident.ts';
import { untoldPast } from '../../model/judge/incident/owner.ts';
import { isDisturbed } from '../../model/severity.ts';
import { earliest, latest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import { incidentsOf, openIncidentWith } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { JudgingContext } from './evaluation.ts';

/**
 * The incident and the alert of a component that go on, where the ledger, which said `before`, says
 * now that it began earlier, or was worse meanwhile. So does an incident before which its function
 * was disturbed already.
 */
export function amended(
  { live, site, now }: JudgingContext,
  { id, system }: Pick<MeasuredComponent, 'id' | 'system'>,
  before: Told,
): Recording {
  const { spans, past } = newsIn(before, live.told.get(id) ?? []);
  const since = disturbedSince(spans);
  const alert = live.open_alerts.get(alertKey({ kind: 'state', subject: id }));
  const incident = openIncidentWith(live, system, id);
  return {
    ...(incident ? amendedIncident(incident) : {}),
    ...(alert && since !== null && since < alert.since ? { alerts: [{ ...alert, since }] } : {}),
  };

  /** Another incident told of what was before. */
  function toldUntil(others: readonly Incident[]): EpochMs {
    const its = others.filter(({ components }) => components.includes(id));
    return latest(its.map((it) => it.monitoring_at ?? it.resolved_at)) ?? 0;
  }

  function amendedIncident(open: Incident): Recording {
    const { open: all_open, resolved } = incidentsOf(live, system);
    const known = [...all_open, ...resolved].map(({ incident }) => incident);
    const others = known.filter((it) => it.id !== open.id);
    const policy = site.systems.get(system)?.incident_policy;
    const earlier = policy ? untoldPast({ known, policy }, id, past) : [];
    const starts = earliest([open.started_at, since, ...earlier.map((it) => it.since)]);
    const started_at = starts ?? open.started_at;
    const during = spans.filter(({ until }) => until > Math.max(started_at, toldUntil(others)));
    const impact = impactWith(
      open.impact,
      during.map(({ to }) => to),
    );
    if (started_at === open.started_at && impact === open.impact) return {};
    const title = TITLE_OF_IMPACT[impact];
    return {
      incidents: [{ ...open, started_at, impact, title, updated_at: now }],
      changes: [{ kind: 'incident', ref: open.id, at: now }],
    };
  }
}

/** Since when it has been disturbed without a pause, as far as that is new; null: it is not. */
function disturbedSince(spans: readonly NewSpan[]): EpochMs | null {
  const paused = spans.findLastIndex(
    ({ to }) => to === 'operational' || to === 'under_maintenance',
  );
  return spans.slice(paused + 1).find(({ to }) => isDisturbed(to))?.since ?? null;
}

import type { UpdateCode } from '../../model/incident.ts';
import type { Recording } from '../../store/record.ts';

/**
 * What is recorded together is told together: nothing of an alert that it opens and resolves, and
 * of an incident that is over with it only that. What is known late is judged slot by slot, and
 * people are told of what is, not of each step on the way.
 */
export function toldOnce(recording: Recording): Recording {
  const { notices = [], alerts = [], updates = [] } = recording;
  if (notices.length < 2) return recording;
  const by_subject = Map.groupBy(notices, ({ ref }) => ref);
  const of_components = new Set(
    alerts.filter(({ kind }) => kind === 'state' || kind === 'stale').map(({ id }) => id),
  );
  const codes = new Map(updates.map(({ id, code }) => [id, code]));
  return {
    ...recording,
    alerts: alerts.filter(({ id }) => !isUndone(id)),
    notices: notices.filter((it) => !isUndone(it.ref) && !isOverLater(it)),
  };

  /** What was wrong with ourselves is told although it is over. */
  function isUndone(alert: string): boolean {
    if (!of_components.has(alert)) return false;
    const kinds = by_subject.get(alert)?.map(({ kind }) => kind) ?? [];
    return kinds.includes('alert_opened') && kinds.at(-1) === 'alert_resolved';
  }

  function isOverLater(notice: (typeof notices)[number]): boolean {
    const last = by_subject.get(notice.ref)?.at(-1);
    return last !== notice && OVER.includes(codes.get(last?.update ?? ''));
  }
}

const OVER: readonly (UpdateCode | undefined)[] = ['recovered', 'resolved'];

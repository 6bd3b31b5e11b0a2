import type { Alert } from '../alert.ts';
import type { IncidentUpdate, IncidentWithUpdates } from '../incident.ts';
import type { BadTimeQuery } from '../ledger.ts';
import { DAY } from '../time.ts';
import type { ComponentId, EpochMs } from '../vocabulary.ts';

type Dated = Pick<
  IncidentWithUpdates,
  'components' | 'started_at' | 'monitoring_at' | 'resolved_at' | 'updates'
>;

/** What is known late may move the ends of an outage; not by more than this. */
const CORRECTED_BY_MS = DAY;

/**
 * What the ledger is asked about an incident: its functions, each until it was told to be well in
 * it, for what fails again may be in another one, or until all of it was told to be over; and about
 * what lies around that, where an outage may have begun or ended by what is known now. `told_at`:
 * when it was told, if that was earlier.
 */
export function incidentSpan(
  { components, started_at, monitoring_at, resolved_at, updates }: Dated,
  now: EpochMs,
  told_at = now,
): Omit<BadTimeQuery, 'transitions'> {
  const to = monitoring_at ?? resolved_at ?? told_at;
  const until = wellAt(updates.filter(({ created_at }) => created_at <= told_at));
  return spanAround({ components, from: started_at, to, until }, now);
}

/** When each function was last told to be well, of those of which nothing else was told since. */
function wellAt(updates: readonly IncidentUpdate[]): Map<ComponentId, EpochMs> {
  const at = new Map<ComponentId, EpochMs>();
  for (const { affected, created_at } of updates)
    for (const { component, to } of affected) {
      if (to === 'operational') at.set(component, created_at);
      else at.delete(component);
    }
  return at;
}

/** The same of the component that an alert is about, until the alert resolves. */
export function alertSpan(
  { subject, since, resolved_since }: Pick<Alert, 'subject' | 'since' | 'resolved_since'>,
  now: EpochMs,
  told_at = now,
): Omit<BadTimeQuery, 'transitions'> {
  return spanAround({ components: [subject], from: since, to: resolved_since ?? told_at }, now);
}

/** The same of any time of some components. */
function spanAround(
  span: Omit<BadTimeQuery, 'transitions' | 'known'>,
  now: EpochMs,
): Omit<BadTimeQuery, 'transitions'> {
  const from = span.from - CORRECTED_BY_MS;
  const to = Math.max(span.to, Math.min(now, span.to + CORRECTED_BY_MS));
  return { ...span, known: { from, to } };
}

import type { Ailment } from '../../model/ailment.ts';
import type { Transition } from '../../model/component.ts';
import { type BadTime, spansOf } from '../../model/ledger.ts';
import type { ComponentView, IncidentView, Recovered } from '../../model/overview.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';

/** How long it is told that something is well again. */
const TOLD_FOR_MS = 2 * HOUR;

/** An outage that ended, or was seen last, earlier is not what something is just well after. */
export const RECOVERED_WITHIN_MS = DAY;

/** What is not an outage: somebody could work. */
const MILD: readonly Ailment[] = ['catching_up', 'degraded', 'slow'];

export interface RecoveredParts {
  incidents: readonly IncidentView[];
  /** Of the last {@link RECOVERED_WITHIN_MS}, and the last one of each component before. */
  transitions: readonly Transition[];
  now: EpochMs;
}

/**
 * The outage after which a component is well again since a short while, by the ledger; null: there
 * was none, or it is not well.
 */
export function recoveredOf(
  { id, state }: Pick<ComponentView, 'id' | 'state'>,
  { incidents, transitions, now }: RecoveredParts,
): Recovered | null {
  if (state !== 'operational') return null;
  const outages = incidents.flatMap((incident): Recovered[] => {
    const bad_time = incident.affected.find((it) => it.component === id)?.bad_time ?? null;
    const ailment = bad_time?.ailments.find((it) => !MILD.includes(it));
    if (bad_time === null || ailment === undefined) return [];
    const since = wellSince(id, bad_time, { transitions, now });
    return since === null ? [] : [{ since, ailment, bad_time, incident: incident.id }];
  });
  const [last] = outages.sort((a, b) => endOf(b) - endOf(a));
  return last !== undefined && isToldOf(last, now) ? last : null;
}

function endOf({ bad_time }: Recovered): EpochMs {
  return bad_time.to ?? Number.POSITIVE_INFINITY;
}

/** The same later, without new data. */
export function stillRecovered(
  { state, recovered }: Pick<ComponentView, 'state' | 'recovered'>,
  now: EpochMs,
): Recovered | null {
  return state === 'operational' && recovered !== null && isToldOf(recovered, now)
    ? recovered
    : null;
}

function isToldOf({ since }: Recovered, now: EpochMs): boolean {
  return now - since < TOLD_FOR_MS;
}

/**
 * Since when it has been well without a break, whatever broke that since the outage; null where it
 * had been well again for long before that broke.
 */
function wellSince(
  component: ComponentId,
  { to: ended_at }: BadTime,
  { transitions, now }: Omit<RecoveredParts, 'incidents'>,
): EpochMs | null {
  if (ended_at === null || ended_at < now - RECOVERED_WITHIN_MS) return null;
  const spans = spansOf({ transitions, component, from: ended_at, to: now });
  const well_again = spans.find(({ state }) => state === 'operational');
  const last = spans.at(-1);
  if (well_again === undefined || last?.state !== 'operational') return null;
  return last.from - well_again.from < TOLD_FOR_MS ? last.from : null;
}

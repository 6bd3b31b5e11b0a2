import type { JudgedComponent } from '../../incident/change.ts';
import type { Incident } from '../../incident.ts';
import { NUMBERS } from '../../numbers.ts';
import type { EpochMs } from '../../vocabulary.ts';
import type { IncidentInput } from './input.ts';

/** Watched to be well for long enough, and not taken over by a person. */
export function resolves(
  incident: Incident,
  involved: readonly JudgedComponent[],
  { now, policy, blind_until }: IncidentInput,
): boolean {
  const { status, monitoring_at, taken_over } = incident;
  if (status !== 'monitoring' || taken_over || monitoring_at === null) return false;
  if (!involved.every(isWell)) return false;
  // By then it had been well for `settle`.
  const watched_since = Math.max(
    monitoring_at - policy.settle_ms,
    blind_until ?? 0,
    ...involved.map(({ since }) => since),
  );
  return now - watched_since >= policy.resolve_after_ms;
}

/** What has not been known for long enough is not waited for any longer. */
export function isGivenUp(
  { status, taken_over }: Incident,
  its: readonly JudgedComponent[],
  input: IncidentInput,
): boolean {
  const { now, policy, blind_until } = input;
  if (status !== 'unclear' || taken_over) return false;
  if (now - (blind_until ?? 0) < policy.settle_ms) return false;
  const unknown = its.filter(({ state }) => state === 'unknown');
  const { given_up_after_ms } = NUMBERS.incident;
  return (
    unknown.length > 0 && unknown.every((it) => passedSince(it.since, input) >= given_up_after_ms)
  );
}

function passedSince(since: EpochMs, { now, time_that_never_was }: IncidentInput): number {
  const never = time_that_never_was.map(({ from, to }) =>
    Math.max(0, Math.min(to, now) - Math.max(from, since)),
  );
  return never.reduce((left, ms) => left - ms, now - since);
}

export function isWell({ now }: JudgedComponent): boolean {
  return now === 'operational';
}

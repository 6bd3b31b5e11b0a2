import type { JudgedComponent } from '../../incident/change.ts';
import type { EpochMs } from '../../vocabulary.ts';
import type { IncidentInput } from './input.ts';

/** Long enough to be told, in time that we watched. */
export function hasHeld({ since }: JudgedComponent, input: IncidentInput): boolean {
  return heldSince(since, input);
}

export function heldSince(since: EpochMs, { now, policy, blind_until }: IncidentInput): boolean {
  return now - Math.max(since, blind_until ?? 0) >= policy.settle_ms;
}

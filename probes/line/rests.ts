import type { System } from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import type { Measurement } from '../../model/result.ts';
import { MINUTE } from '../../model/time.ts';
import { nothingSent } from '../probe.ts';
import { SYSTEMS } from '../systems/index.ts';

/** Leaves real systems in peace that have refused this line. */
export interface Rests {
  /** The measurement of a run while its system rests: refused, and nothing sent. */
  resting(system: System): Measurement | null;
  /** Notes what a run found: a refusal begins a rest. */
  note(system: System, measurement: Measurement): void;
}

/**
 * Rests of the systems of a line, by the monotonic clock. Drivers keep no state between runs, and
 * the rest belongs to the line, whose address was refused; a restart forgets it.
 */
export function createRests(clock: Clock): Rests {
  const ends = new Map<string, number>();
  return {
    resting({ id }) {
      const left_ms = (ends.get(id) ?? 0) - clock.monotonic();
      if (left_ms <= 0) return null;
      const detail = `refused before; asked again in ${Math.ceil(left_ms / MINUTE)} min`;
      return nothingSent({ outcome: 'throttled', reason: 'blocked', detail });
    },
    note({ id, driver, environment }, { outcome }) {
      const rest_ms = SYSTEMS[driver]?.sparing?.rest_ms;
      if (rest_ms === undefined || environment === 'simulator' || outcome !== 'throttled') return;
      ends.set(id, clock.monotonic() + rest_ms);
    },
  };
}

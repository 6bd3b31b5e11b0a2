import type { Clock } from '../../model/ports.ts';
import type { Phase, Phases } from '../../model/result.ts';

/** Tracks the phase of an exchange and adds the duration of each phase to the run's totals. */
export interface PhaseWatch {
  current(): Phase;
  enter(next: Phase): void;
  /** Ends the last phase; later events (a lookup answered after the deadline) are ignored. */
  end(): void;
}

export function watchPhases(sums: Phases, first: Phase, clock: Clock): PhaseWatch {
  let phase = first;
  let since = clock.monotonic();
  let over = false;
  function close(): void {
    if (over) return;
    const now = clock.monotonic();
    sums[phase] = (sums[phase] ?? 0) + (now - since);
    since = now;
  }
  return {
    current: () => phase,
    enter(next) {
      close();
      phase = next;
    },
    end() {
      close();
      over = true;
    },
  };
}

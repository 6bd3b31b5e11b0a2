import { type Configuration, isScheduled } from '../model/configuration.ts';
import { NUMBERS } from '../model/judge/numbers.ts';
import type { Clock } from '../model/ports.ts';
import type { LineResult } from '../probes/line/batch.ts';

/** Watches whether every check still runs. */
export interface RunWatch {
  /** Takes results in as they are handed over, judged or not: each shows that its check runs. */
  seen(results: readonly LineResult[]): void;
  /** Which check has not run for two slots, in one line; null while all run. */
  problem(): string | null;
}

/** By the monotonic clock: a wall clock that was set changes nothing. */
export function createRunWatch({ checks }: Pick<Configuration, 'checks'>, clock: Clock): RunWatch {
  // Within this after a start every check has a slot.
  const first_at = clock.monotonic() + NUMBERS.first_slot.unless_within_ms;
  const due = new Map(
    checks
      .filter(isScheduled)
      .map((it) => [it.id, first_at + it.deadline_ms + NUMBERS.own.run_patience_ms]),
  );
  return {
    seen(results) {
      const now = clock.monotonic();
      for (const { result, valid_until } of results)
        due.set(result.check, now + (valid_until - result.slot_at) + NUMBERS.own.run_patience_ms);
    },
    problem() {
      const now = clock.monotonic();
      for (const [check, at] of due)
        if (now > at) return `check ${check} has not run for two slots`;
      return null;
    },
  };
}

import { type Configuration, isScheduled } from '../model/configuration.ts';
import type { Clock } from '../model/ports.ts';
import { MINUTE, SECOND } from '../model/time.ts';
import type { LineResult } from '../probes/line/batch.ts';

/** Within this after a start every check has a slot. */
const FIRST_SLOT_WITHIN_MS = MINUTE;
/** What a result may take beyond its deadline: its proof, a busy machine, being handed over. */
const PATIENCE_MS = 30 * SECOND;

/** Watches whether every check still runs. */
export interface RunWatch {
  /** Takes results in as they are handed over, judged or not: each shows that its check runs. */
  seen(results: readonly LineResult[]): void;
  /** Which check has not run for two slots, in one line; null while all run. */
  problem(): string | null;
}

/** By the monotonic clock: a wall clock that was set changes nothing. */
export function createRunWatch({ checks }: Pick<Configuration, 'checks'>, clock: Clock): RunWatch {
  const start = clock.monotonic();
  const due = new Map(
    checks
      .filter(isScheduled)
      .map((it) => [it.id, start + FIRST_SLOT_WITHIN_MS + it.deadline_ms + PATIENCE_MS]),
  );
  return {
    seen(results) {
      const now = clock.monotonic();
      for (const { result, valid_until } of results)
        due.set(result.check, now + (valid_until - result.slot_at) + PATIENCE_MS);
    },
    problem() {
      const now = clock.monotonic();
      for (const [check, at] of due)
        if (now > at) return `check ${check} has not run for two slots`;
      return null;
    },
  };
}

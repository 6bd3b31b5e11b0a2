import { type Configuration, isScheduled } from '../model/configuration.ts';
import { NUMBERS } from '../model/numbers.ts';
import type { Clock } from '../model/ports.ts';
import type { Reason } from '../model/vocabulary.ts';
import type { LineResult } from '../probes/line/batch.ts';

/** Nothing was run at the slot, or the run is lost: the line was too busy, or not there. */
const NOT_RUN: readonly (Reason | null)[] = ['missed_slot', 'worker_died'];

/** Watches whether every check still runs. */
export interface RunWatch {
  /** Takes results in as they are handed over: a run shows that its check runs, judged or not. */
  seen(results: readonly LineResult[]): void;
  /** Which check has not run for two slots, in one line; null while all run. */
  problem(): string | null;
}

interface Watched {
  deadline_ms: number;
  /** When it must have run. */
  due_at: number;
  /** Since the start it had no slot. */
  is_new: boolean;
}

/** By the monotonic clock: a wall clock that was set changes nothing. */
export function createRunWatch({ checks }: Pick<Configuration, 'checks'>, clock: Clock): RunWatch {
  // Within this after a start every check has a slot.
  const first_at = clock.monotonic() + NUMBERS.first_slot.unless_within_ms;
  const patience_ms = NUMBERS.own.run_patience_ms;
  const watched = new Map(
    checks.filter(isScheduled).map(({ id, deadline_ms }): [string, Watched] => {
      const due_at = first_at + deadline_ms + patience_ms;
      return [id, { deadline_ms, due_at, is_new: true }];
    }),
  );
  return {
    seen(results) {
      for (const it of results) {
        const check = watched.get(it.result.check);
        if (check) see(check, it);
      }
    },
    problem() {
      const now = clock.monotonic();
      for (const [check, { due_at }] of watched)
        if (now > due_at) return `check ${check} has not run for two slots`;
      return null;
    },
  };

  function see(check: Watched, { result, valid_until, next_slot_at }: LineResult): void {
    const { reason, slot_at } = result;
    const has_run = !NOT_RUN.includes(reason);
    const until_next_ms = next_slot_at - slot_at + check.deadline_ms;
    const now = clock.monotonic();
    if (has_run) check.due_at = now + (valid_until - slot_at) + patience_ms;
    // A first slot that was missed leaves it the second one.
    else if (check.is_new) check.due_at = Math.max(check.due_at, now + until_next_ms + patience_ms);
    check.is_new = false;
  }
}

import { NUMBERS } from '../../../model/numbers.ts';
import { type OwnDetail, ownDetail } from '../../../model/own-detail.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import type { Clock } from '../../../model/ports.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';

/** Tells whether the measuring threads of a line die one after the other. */
export interface CrashLoop {
  /** One died: the condition if it begins with that. */
  died(): LineCondition | null;
  /** One says that it runs: the condition if it is over with that. */
  runs(): LineCondition | null;
}

export function createCrashLoop(line: string, clock: Clock): CrashLoop {
  let deaths: { at: EpochMs; monotonic: number }[] = [];
  let runs_since: number | null = null;
  let is_failing = false;
  let over_at = Number.NEGATIVE_INFINITY;
  return {
    died() {
      const now = clock.monotonic();
      const { ends, within_ms } = NUMBERS.crash_loop;
      runs_since = null;
      deaths = [...deaths, { at: clock.now(), monotonic: now }].filter(
        ({ monotonic }) => now - monotonic < within_ms,
      );
      const first = deaths.find((it) => it.monotonic > over_at);
      if (is_failing || first === undefined || deaths.length < ends) return null;
      is_failing = true;
      const span_ms = Math.round(now - (deaths[0] ?? first).monotonic);
      return condition(first.at, { code: 'thread_dies', n: deaths.length, span_ms });
    },
    runs() {
      const now = clock.monotonic();
      runs_since ??= now;
      if (!is_failing || now - runs_since < NUMBERS.crash_loop.over_after_ms) return null;
      is_failing = false;
      over_at = now;
      return condition(clock.now(), { code: 'thread_runs' });
    },
  };

  function condition(at: EpochMs, detail: OwnDetail): LineCondition {
    return { kind: 'process', line, neutral: null, is_failing, at, detail: ownDetail(detail) };
  }
}

import { type OwnDetail, ownDetail } from '../../../model/own-detail.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import type { Clock } from '../../../model/ports.ts';
import { MINUTE } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';

/** Tells whether the measuring threads of a line die one after the other. */
export interface CrashLoop {
  /** One died: the condition if it begins with that. */
  died(): LineCondition | null;
  /** One says that it runs: the condition if it is over with that. */
  runs(): LineCondition | null;
}

/** So many deaths within the window, as of processes. */
const DEATHS = 3;
const WINDOW_MS = 10 * MINUTE;
/** It is over when one has run for so long. */
const OVER_AFTER_MS = 2 * MINUTE;

export function createCrashLoop(line: string, clock: Clock): CrashLoop {
  let deaths: { at: EpochMs; monotonic: number }[] = [];
  let runs_since: number | null = null;
  let is_failing = false;
  return {
    died() {
      const now = clock.monotonic();
      runs_since = null;
      deaths = [...deaths, { at: clock.now(), monotonic: now }].filter(
        ({ monotonic }) => now - monotonic < WINDOW_MS,
      );
      const [first] = deaths;
      if (is_failing || first === undefined || deaths.length < DEATHS) return null;
      is_failing = true;
      const span_ms = Math.round(now - first.monotonic);
      return condition(first.at, { code: 'thread_dies', n: deaths.length, span_ms });
    },
    runs() {
      const now = clock.monotonic();
      runs_since ??= now;
      if (!is_failing || now - runs_since < OVER_AFTER_MS) return null;
      is_failing = false;
      deaths = [];
      return condition(clock.now(), { code: 'thread_runs' });
    },
  };

  function condition(at: EpochMs, detail: OwnDetail): LineCondition {
    return { kind: 'process', line, neutral: null, is_failing, at, detail: ownDetail(detail) };
  }
}

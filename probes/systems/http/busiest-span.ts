/** A run of a check that is planned. */
export interface PlannedRun {
  check: string;
  /** Its slot, at which its first request is sent. */
  at: number;
  /** At least 1; all of them are sent before the deadline. */
  requests: number;
  deadline_ms: number;
}

/** What is surely sent within a span of time, by run. */
export type SurelySent = Pick<PlannedRun, 'check' | 'requests'>[];

/**
 * What is surely sent in the busiest span of such a length, its end excluded, however long the
 * answers take: the first request of each run that begins in it, and all of those whose deadline is
 * over by its end. `runs` in order of their slots.
 */
export function busiestSpan(runs: readonly PlannedRun[], span_ms: number): SurelySent {
  const within = runs.filter(({ deadline_ms }) => deadline_ms <= span_ms);
  const by_end = within.sort((a, b) => endOf(a) - endOf(b));
  let [begun, ended] = [0, 0];
  let [sent, most, busiest_from] = [0, 0, 0];
  // What is sent from the slot of each run on.
  for (const run of runs) {
    const until = run.at + span_ms;
    for (; (runs[begun]?.at ?? until) < until; begun += 1) sent += 1;
    for (let it = by_end[ended]; it && endOf(it) <= until; it = by_end[ended]) {
      sent += it.requests - 1;
      ended += 1;
    }
    if (sent > most) [most, busiest_from] = [sent, run.at];
    sent -= run.deadline_ms <= span_ms ? run.requests : 1;
  }
  return sentWithin(runs, busiest_from, busiest_from + span_ms);
}

function sentWithin(runs: readonly PlannedRun[], from: number, until: number): SurelySent {
  const begun = runs.filter(({ at }) => from <= at && at < until);
  return begun.map((run) => ({
    check: run.check,
    requests: endOf(run) <= until ? run.requests : 1,
  }));
}

function endOf({ at, deadline_ms }: PlannedRun): number {
  return at + deadline_ms;
}

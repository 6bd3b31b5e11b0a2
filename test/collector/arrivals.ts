import type { JudgingContext } from '../../collector/judging/evaluation.ts';
import { stepOfTime } from '../../collector/judging/time.ts';
import { type Draft, openDraft } from '../../collector/recording/draft.ts';
import { judgeBatch } from '../../collector/recording/judge-batch.ts';
import { emptyLiveState } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { Transition } from '../../model/component.ts';
import type { Configuration } from '../../model/configuration.ts';
import { spansOf } from '../../model/ledger.ts';
import { endedAt } from '../../model/result.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LineBatch } from '../../probes/line/batch.ts';
import { START } from './configuration.ts';
import { QUERY } from './two-checks.ts';

/** What is handed over at an instant; null: time passes. */
export interface Arrival {
  at: EpochMs;
  batch: LineBatch | null;
}

/** Judges what arrives, in memory, as a recorder does; until then time is looked at, at the end. */
export function judgeArrivals(
  settings: Configuration,
  arrivals: readonly Arrival[],
  until: EpochMs,
  { tries = 1 } = {},
) {
  const site = siteOf(settings);
  const live = emptyLiveState(site, START);
  const transitions: Transition[] = [];
  let ids = 0;
  const newId = () => `id${String(++ids).padStart(10, '0')}`;
  for (const { at, batch } of [...arrivals, { at: until, batch: null }]) {
    const context: JudgingContext = { site, live, now: at, newId };
    for (let failed = 1; failed < tries; failed += 1) judged().takeBack();
    const draft = judged();
    transitions.push(...(draft.recording()?.transitions ?? []));

    function judged(): Draft {
      const draft = openDraft(live);
      if (batch) judgeBatch({ draft, context, installation: 'test' }, batch);
      else for (let more = true; more; ) more = tick(draft);
      return draft;
    }

    function tick(draft: Draft): boolean {
      const step = stepOfTime(context);
      if (step) draft.add(step);
      return step !== null && (step.recording.transitions ?? []).length > 0;
    }
  }
  const spans = spansOf({ transitions, component: QUERY, from: START, to: until });
  return {
    live,
    transitions: transitions.filter(({ component }) => component === QUERY),
    /** The states, and since when, in seconds. */
    states: spans.map(({ state, from }) => [state, (from - START) / SECOND]),
  };
}

/** With a look at the time every second until the instant, but not while we were away. */
export function withTicks(arrivals: readonly Arrival[], until: EpochMs): Arrival[] {
  const last = Math.floor((until - START) / SECOND);
  const ticks = Array.from({ length: last }, (_, s) => ({ at: START + s * SECOND, batch: null }));
  const gaps = arrivals.flatMap(({ batch }) => batch?.gaps ?? []);
  const present = ticks.filter(({ at }) => gaps.every(({ from, to }) => at <= from || to < at));
  return [...arrivals, ...present].sort((a, b) => a.at - b.at);
}

/** The same things in the order of their slots, each handed over as soon as it is over. */
export function inSlotOrder(arrivals: readonly Arrival[]): Arrival[] {
  const slotOf = ({ batch }: Arrival) =>
    batch?.results[0]?.result.slot_at ?? batch?.gaps[0]?.to ?? 0;
  return arrivals
    .toSorted((a, b) => slotOf(a) - slotOf(b))
    .map((it) => ({ ...it, at: overAt(it) }));
}

function overAt({ at, batch }: Arrival): EpochMs {
  if (batch === null) return at;
  return batch.results.length > 0 ? endsAt(batch) : (batch.gaps[0]?.to ?? at);
}

export function endsAt({ results: [first] }: LineBatch): EpochMs {
  return first ? endedAt(first.result) : 0;
}

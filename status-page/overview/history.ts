import type { Transition } from '../../model/component.ts';
import {
  availability,
  dayBars,
  type ExcludedTime,
  type Span,
  spansOf,
} from '../../model/figures.ts';
import type { ComponentHistory } from '../../model/overview.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { Day } from '../../model/zone.ts';
import type { Count } from './counts.ts';

/** What one component's past is worked out from. */
export interface PastOf {
  component: ComponentId;
  /** Its own, oldest first, with the last one before the first day. */
  transitions: readonly Transition[];
  excluded: readonly ExcludedTime[];
  counts: ReadonlyMap<string, Count>;
  /** Sync only: the promise against which arrivals are counted. */
  promise_ms: number | null;
}

/** The days, availability and counts of a component; nothing is known of it after `known_until`. */
export function historyOf({
  past,
  days,
  known_until,
}: {
  past: PastOf;
  days: readonly Day[];
  known_until: EpochMs;
}): ComponentHistory {
  const spans = spansOf({
    transitions: past.transitions,
    component: past.component,
    from: days[0]?.from ?? known_until,
    to: known_until,
  });
  const bars = dayBars({ spans, days });
  const total = { n: 0, ok: 0 };
  const views = days.map((day, i) => {
    const count = past.counts.get(day.day) ?? { n: 0, ok: 0 };
    total.n += count.n;
    total.ok += count.ok;
    return {
      day: day.day,
      state: bars[i] ?? null,
      availability: availability(within(spans, day), past.excluded),
      n: count.n,
    };
  });
  return {
    days: views,
    availability: availability(spans, past.excluded),
    n: total.n,
    promise:
      past.promise_ms === null
        ? null
        : { within_ms: past.promise_ms, arrived: total.ok, due: total.n },
  };
}

/** The parts of the spans that lie in the day. */
function within(spans: readonly Span[], day: Day): Span[] {
  return spans
    .filter((span) => span.to > day.from && span.from < day.to)
    .map(({ state, from, to }) => ({
      state,
      from: Math.max(from, day.from),
      to: Math.min(to, day.to),
    }));
}

import type { Gap, GapCause, Transition } from '../../model/component.ts';
import type { MeasuredDays } from '../../model/figure.ts';
import {
  type Availability,
  availability,
  type DayBar,
  dayBars,
  type ExcludedTime,
} from '../../model/figures.ts';
import { type StateSpan, spansOf } from '../../model/ledger.ts';
import type { ComponentHistory, DayView } from '../../model/overview.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { Day } from '../../model/zone.ts';
import { type Count, NONE_COUNTED } from './counts.ts';

/** The history of one component over some days. */
export interface DaysKnown extends MeasuredDays {
  days: DayView[];
  /** Over all of them. */
  availability: Availability;
  /** Measurements, and those that were ok, over all of them. */
  count: Count;
}

export interface DayViewsParts {
  component: ComponentId;
  /** Its transitions, oldest first, including the last one before the first day. */
  transitions: readonly Transition[];
  excluded: readonly ExcludedTime[];
  gaps: readonly Gap[];
  counts: ReadonlyMap<string, Count>;
  days: readonly Day[];
  known_until: EpochMs;
}

/** The days of a component; its state is unknown after `known_until`. */
export function dayViews(parts: DayViewsParts): DaysKnown {
  const { component, transitions, days, known_until } = parts;
  const from = days[0]?.from ?? known_until;
  const spans = spansOf({ transitions, component, from, to: known_until });
  const bars = dayBars(spans, days);
  const within = spanCutter(spans);
  const count = { ...NONE_COUNTED };
  const views = days.map((day, i) => {
    const { n, ok, told } = parts.counts.get(day.day) ?? NONE_COUNTED;
    count.n += n;
    count.ok += ok;
    count.told += told;
    return {
      ...(bars[i] ?? NOT_KNOWN),
      day: day.day,
      availability: availability(within(day), parts.excluded),
      n,
      ok,
      ...(told > 0 && { told }),
      gaps: gapsOf(day, parts.gaps),
    };
  });
  const known_from = spans.find(({ state }) => state !== 'unknown')?.from ?? null;
  const total = addAvailabilities(views.map((view) => view.availability));
  return { days: views, availability: total, count, from, known_from };
}

const NOT_KNOWN: DayBar = { state: null, shorter: null, known_ms: 0 };

/** How long of the day lies in gaps, by cause. */
function gapsOf(day: Day, gaps: readonly Gap[]): DayView['gaps'] {
  const by_cause = new Map<GapCause, number>();
  for (const { from, to, cause } of gaps) {
    const ms = Math.min(to, day.to) - Math.max(from, day.from);
    if (ms > 0) by_cause.set(cause, (by_cause.get(cause) ?? 0) + ms);
  }
  return [...by_cause].map(([cause, ms]) => ({ cause, ms }));
}

/** Joins parts, earlier days first. `promise_ms` is set for sync only. */
export function joinHistory(
  parts: readonly DaysKnown[],
  promise_ms: number | null,
): ComponentHistory {
  const n = sum(parts.map((part) => part.count.n));
  const ok = sum(parts.map((part) => part.count.ok));
  return {
    days: parts.flatMap((part) => part.days),
    availability: addAvailabilities(parts.map((part) => part.availability)),
    n,
    ok,
    told: sum(parts.map((part) => part.count.told)),
    from: parts[0]?.from ?? 0,
    known_from: parts.find((part) => part.known_from !== null)?.known_from ?? null,
    promise: promise_ms === null ? null : { within_ms: promise_ms, arrived: ok, due: n },
  };
}

/** Adds times, because ratios cannot be added. */
function addAvailabilities(parts: readonly Availability[]): Availability {
  return {
    up_ms: sum(parts.map((it) => it.up_ms)),
    valid_ms: sum(parts.map((it) => it.valid_ms)),
    down_ms: sum(parts.map((it) => it.down_ms)),
    partial_ms: sum(parts.map((it) => it.partial_ms)),
    excluded_ms: sum(parts.map((it) => it.excluded_ms)),
    raw: {
      up_ms: sum(parts.map((it) => it.raw.up_ms)),
      valid_ms: sum(parts.map((it) => it.raw.valid_ms)),
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** Cuts out the parts of the spans that lie in a day; days must be requested in order. */
function spanCutter(spans: readonly StateSpan[]): (day: Day) => StateSpan[] {
  let first = 0;
  return (day) => {
    while ((spans[first]?.to ?? Number.POSITIVE_INFINITY) <= day.from) first += 1;
    const parts: StateSpan[] = [];
    for (let i = first; i < spans.length; i += 1) {
      const span = spans[i] as StateSpan;
      if (span.from >= day.to) break;
      const [from, to] = [Math.max(span.from, day.from), Math.min(span.to, day.to)];
      parts.push({ ...span, from, to });
    }
    return parts;
  };
}

import { AILMENTS, type Ailment, ailmentOf, saysTheSame } from './ailment.ts';
import { measuredMeanwhile, type Note, type Transition } from './component.ts';
import { isDisturbed, worstOf } from './severity.ts';
import type { ComponentId, EpochMs, State } from './vocabulary.ts';

/** A period in which a component was in one state: [from, to). */
export interface StateSpan {
  state: State;
  /** What was measured during a maintenance; absent otherwise, and where nobody kept it. */
  measured?: State;
  from: EpochMs;
  to: EpochMs;
}

export interface SpanQuery {
  /**
   * In the order of recording; may contain other components, and must contain the last transition
   * before `from`.
   */
  transitions: readonly Transition[];
  component: ComponentId;
  from: EpochMs;
  to: EpochMs;
}

/**
 * The states of a component from `from` to `to`, contiguous and in order; `unknown` before its
 * first transition. A transition recorded later corrects what is known from its `since` on; the
 * rows that it corrects stay.
 */
export function spansOf(query: SpanQuery): StateSpan[] {
  const spans: StateSpan[] = [];
  for (const { notes: _, ...span } of toldSpans(query)) {
    const last = spans.at(-1);
    if (last?.state === span.state && last.measured === span.measured) last.to = span.to;
    else spans.push(span);
  }
  return spans;
}

/** A span, and why its state was told. */
interface ToldSpan extends StateSpan {
  notes: readonly Note[];
}

/** What the ledger said of a component at an instant, as recorded until then; null: nothing. */
export function ledgerAt(
  transitions: readonly Transition[],
  component: ComponentId,
  at: EpochMs,
): Pick<ToldSpan, 'state' | 'notes'> | null {
  const known = transitions.filter((it) => it.component === component && it.recorded_at <= at);
  if (known.length === 0) return null;
  return toldSpans({ transitions: known, component, from: at, to: at + 1 }).at(-1) ?? null;
}

function toldSpans({ transitions, component, from, to }: SpanQuery): ToldSpan[] {
  if (to <= from) return [];
  const own = transitions.filter((it) => it.component === component && it.since < to);
  const known: Omit<ToldSpan, 'to'>[] = [{ state: 'unknown', notes: [], from }];
  for (const { to: state, since, notes } of own) {
    const at = Math.max(from, since);
    known.splice(known.findLastIndex((it) => it.from < at) + 1);
    const measured = measuredMeanwhile(notes);
    const last = known.at(-1);
    if (last === undefined || !saysTheSame(last, { state, notes }))
      known.push({ state, notes, ...(measured && { measured }), from: at });
  }
  return known.map((it, i) => ({ ...it, to: known[i + 1]?.from ?? to }));
}

/** What was measured then, whatever was announced; unknown where nobody kept it. */
export function measuredIn({ state, measured = 'unknown' }: StateSpan): State {
  return state === 'under_maintenance' ? measured : state;
}

/**
 * How a disturbance ended: `seen` to be well; `not_seen` where nothing was known, or a window
 * began, as one of its outages ended; `lasting` when it has not.
 */
export type BadTimeEnd = 'seen' | 'not_seen' | 'lasting';

/** When some components were known to be disturbed, by the ledger. */
export interface BadTime {
  from: EpochMs;
  /** Where the last part ends; null while it lasts. */
  to: EpochMs | null;
  /** The sum of the parts: without what was well or unknown between them. */
  bad_ms: number;
  /** How it was disturbed, the worst first. */
  ailments: readonly Ailment[];
  /** The worst state of it. */
  worst: State;
  /** Times that something was disturbed, apart from each other. */
  parts: number;
  end: BadTimeEnd;
}

export interface BadTimeQuery {
  /** Those of `known`. */
  transitions: readonly Transition[];
  components: readonly ComponentId[];
  /** Outages that lie in this time, or reach into it, count as a whole. */
  from: EpochMs;
  to: EpochMs;
  /** Where one of them was told to be well at another time, until then instead of `to`. */
  until?: ReadonlyMap<ComponentId, EpochMs>;
  /** What of the ledger is known: `from` to `to` and more. */
  known: { from: EpochMs; to: EpochMs };
}

/** What the ledger says of a disturbance; null when none of the components was known to ail. */
export function badTimeOf(asked: BadTimeQuery): BadTime | null {
  const { transitions, components, from, known } = asked;
  const bad = components.flatMap((component) => {
    const to = asked.until?.get(component) ?? asked.to;
    const times = badTimesIn(toldSpans({ transitions, component, ...known }));
    return unseenAfter(times.filter((time) => time.some((it) => it.from < to && it.to > from)));
  });
  const parts = joined(bad);
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return null;
  const ends = bad.map(({ end }) => end);
  const is_lasting = ends.includes('lasting');
  return {
    from: first.from,
    to: is_lasting ? null : last.to,
    bad_ms: parts.reduce((sum, part) => sum + part.to - part.from, 0),
    ailments: AILMENTS.filter((ailment) => bad.some((part) => part.ailment === ailment)),
    worst: worstOf(bad.map(({ state }) => state)),
    parts: parts.length,
    end: is_lasting ? 'lasting' : ends.includes('not_seen') ? 'not_seen' : 'seen',
  };
}

/** What goes on only later than is asked about, after a time in which nothing was known. */
function unseenAfter(times: readonly BadPart[][]): BadPart[] {
  const parts = times.flat();
  const last = parts.at(-1);
  return last?.end === null ? [...parts.slice(0, -1), { ...last, end: 'not_seen' }] : parts;
}

interface BadPart {
  state: State;
  ailment: Ailment;
  from: EpochMs;
  to: EpochMs;
  /** null: it went on after a time in which nothing was known. */
  end: BadTimeEnd | null;
}

/** The disturbed times of one component, each by its states while it got worse or better. */
function badTimesIn(spans: readonly ToldSpan[]): BadPart[][] {
  const times: BadPart[][] = [];
  for (const [i, { state, notes, from, to }] of spans.entries()) {
    const ailment = ailmentOf({ state, notes });
    if (ailment === null) continue;
    const next = spans[i + 1]?.state;
    const after_unknown = spans[i + 2]?.state;
    const goes_on = isDisturbed(next) || (next === 'unknown' && isDisturbed(after_unknown));
    const part = { state, ailment, from, to, end: goes_on ? null : endBefore(next) };
    if (times.at(-1)?.at(-1)?.to === from) times.at(-1)?.push(part);
    else times.push([part]);
  }
  return times;
}

function endBefore(next: State | undefined): BadTimeEnd {
  if (next === undefined) return 'lasting';
  return next === 'operational' ? 'seen' : 'not_seen';
}

/** The same time as disjoint intervals in order: what touches is one. */
function joined(parts: readonly BadPart[]): Pick<BadPart, 'from' | 'to'>[] {
  const together: Pick<BadPart, 'from' | 'to'>[] = [];
  for (const { from, to } of parts.toSorted((a, b) => a.from - b.from)) {
    const last = together.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else together.push({ from, to });
  }
  return together;
}

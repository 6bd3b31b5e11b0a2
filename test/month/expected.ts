import type { Lived, LivedFinding } from './lived.ts';
import {
  type AilingSpan,
  ailmentsOf,
  type OracleSpan,
  type OracleState,
  type Reading,
  statesOf,
} from './oracle/component.ts';
import type { ComponentFacts, SetBack, Stretch } from './oracle/facts.ts';

import { DAY_MS } from './site.ts';

/** A time in which the product says something else than the oracle. */
export interface Difference extends Stretch {
  component: string;
  expected: string;
  told: string;
}

interface SpanOfState extends Stretch {
  state: string;
}

/** What the oracle makes of everything that was recorded and is not void. */
export function expectedStates(
  lived: Lived,
  facts: ComponentFacts,
  { from, is_measured = false }: { from: number; is_measured?: boolean },
): OracleSpan[] {
  const findings = lived.findings.filter(({ void_at }) => void_at === null);
  const windows = coveringOf(lived, facts);
  const set_back = setBackBy(lived, Number.POSITIVE_INFINITY);
  return statesOf({ facts, findings, windows, set_back, from, to: lived.ended_at, is_measured });
}

/** No state rests on anything longer ago: the longest window, and the longest that was drawn. */
const LASTS_MS = 3 * DAY_MS;

/** What it makes of what was known at an instant, of that instant. */
export function expectedThen(lived: Lived, facts: ComponentFacts, then: Then): OracleState {
  return statesOf(readingThen(lived, facts, then)).at(-1)?.state ?? 'unknown';
}

/** By the clock of the truth, and by the wall clock. */
export interface Then {
  true_at: number;
  at: number;
}

/** What it makes of what was known at an instant, of all the time that this can depend on. */
export function ailmentsThen(
  lived: Lived,
  facts: ComponentFacts,
  then: Then,
  { is_measured = false } = {},
): AilingSpan[] {
  return ailmentsOf({ ...readingThen(lived, facts, then), is_measured });
}

function readingThen(lived: Lived, facts: ComponentFacts, then: Then): Reading {
  const { true_at, at } = then;
  const findings = findingsThen(lived, then);
  const windows = coveringOf(lived, facts);
  const begun_at = findings.reduce((first, { slot_at }) => Math.min(first, slot_at), at);
  const set_back = setBackBy(lived, true_at);
  return { facts, findings, windows, set_back, from: begun_at, to: at + 1 };
}

/** What was known at an instant, and not void yet, of the last days. */
export function findingsThen({ findings }: Lived, { true_at, at }: Then): LivedFinding[] {
  return findings.filter(
    ({ slot_at, known_at, void_at }) =>
      slot_at > at - LASTS_MS && known_at <= true_at && (void_at === null || void_at > true_at),
  );
}

/** A window covers until it is ended, and not beyond what was announced. */
function coveringOf({ windows }: Lived, { component }: ComponentFacts): Stretch[] {
  return windows
    .filter((it) => it.components.includes(component))
    .map(({ from, to, until }) => ({ from, to: Math.min(to, until) }));
}

/** The times that the clock was set back by then, but not to before one of these. */
function setBackBy({ set_back }: Lived, true_at: number): SetBack[] {
  const known = set_back.filter((it) => it.true_at <= true_at);
  return known.filter((it, i) => known.slice(i + 1).every(({ at }) => at >= it.at));
}

/** Where two readings of one time differ, in order. */
export function differences(
  component: string,
  expected: readonly OracleSpan[],
  told: readonly SpanOfState[],
): Difference[] {
  const borders = [...expected, ...told].flatMap(({ from, to }) => [from, to]);
  const sorted = [...new Set(borders)].sort((a, b) => a - b);
  return sorted.slice(0, -1).flatMap((from, i) => {
    const to = sorted[i + 1] ?? from;
    const [a, b] = [stateIn(expected, from), stateIn(told, from)];
    return a === b ? [] : [{ component, from, to, expected: a, told: b }];
  });
}

function stateIn(spans: readonly SpanOfState[], at: number): string {
  return spans.find(({ from, to }) => from <= at && at < to)?.state ?? 'none';
}

/** The same to be read, in China's time. */
export function readable({ component, from, to, expected, told }: Difference): string {
  const [begin, end] = [from, to].map((it) => new Date(it + 8 * 3_600_000).toISOString());
  return `${component} ${begin?.slice(5, 23)}–${end?.slice(11, 23)}: ${told}, not ${expected}`;
}

import { ailmentsThen, findingsThen, type Then } from '../expected.ts';
import { isUnjudged, type Lived, type LivedFinding } from '../lived.ts';
import type { AilingSpan, OracleAilment } from '../oracle/component.ts';
import type { Stretch } from '../oracle/facts.ts';
import { type Disturbance, disturbancesOf } from '../oracle/lengths.ts';
import { COMPONENTS_OF_MONTH, MINUTE_MS } from '../site.ts';

/** What is true at an instant, by what was known then. */
export interface Instant extends Then {
  /** How a function was from the first that is known of it until now, in order. */
  spans: (component: string) => readonly AilingSpan[];
  /** What was measured, whatever was announced. */
  measured: (component: string) => OracleAilment;
  measuredSpans: (component: string) => readonly AilingSpan[];
  /** How it is now. */
  how: (component: string) => OracleAilment;
  /** Whole disturbances that reach into a time. */
  disturbances: (component: string, time: Stretch) => Disturbance[];
  /** Judged results of a function or check, in the order of their slots. */
  judged: (of: string) => readonly LivedFinding[];
  /** All results. */
  results: (component: string) => readonly LivedFinding[];
  /** Nobody judges: what has run out is unknown. */
  is_unjudged: boolean;
  /** Nothing was recorded for a minute. */
  is_idle: boolean;
}

export function instantOf(lived: Lived, then: Then): Instant {
  const known = findingsThen(lived, then).toSorted((a, b) => a.slot_at - b.slot_at);
  const factsOf = (component: string) => {
    const facts = COMPONENTS_OF_MONTH.find((it) => it.component === component);
    if (!facts) throw new Error(`no function ${component}`);
    return facts;
  };
  const spans = remembered((component) => ailmentsThen(lived, factsOf(component), then));
  const results = remembered((of) => {
    const facts = COMPONENTS_OF_MONTH.find((it) => it.component === of);
    const checks = facts ? facts.checks.map(({ check }) => check) : [of];
    return known.filter((it) => checks.includes(it.check));
  });
  const measured = remembered((component) =>
    ailmentsThen(lived, factsOf(component), then, { is_measured: true }),
  );
  return {
    ...then,
    spans,
    how: (component) => spans(component).at(-1)?.how ?? 'unknown',
    measuredSpans: measured,
    measured: (component) => measured(component).at(-1)?.how ?? 'unknown',
    disturbances: (component, { from, to }) => {
      const states = spans(component).map(({ how, ...it }) => ({ ...it, state: stateOf(how) }));
      return disturbancesOf(states).filter((it) => it.from < to && it.to > from);
    },
    judged: remembered((of) => results(of).filter(({ found }) => found !== 'nothing')),
    results,
    is_idle: known.every(({ known_at }) => known_at < then.true_at - MINUTE_MS),
    is_unjudged: isUnjudged(lived, then.at),
  };
}

/** Some users are a part. */
export function stateOf(how: OracleAilment) {
  return how === 'some_users' ? 'partial_outage' : how;
}

const WORST: readonly OracleAilment[] = [
  'major_outage',
  'partial_outage',
  'some_users',
  'degraded_performance',
];

/** The worst in a time; null: it was not disturbed. */
export function worstIn(spans: readonly AilingSpan[], { from, to }: Stretch): OracleAilment | null {
  const its = spans.filter((it) => it.from < to && it.to > from).map(({ how }) => how);
  return WORST.find((it) => its.includes(it)) ?? null;
}

export function isDisturbed(how: OracleAilment): boolean {
  return WORST.includes(how);
}

function remembered<T>(find: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const before = known.get(key) ?? find(key);
    known.set(key, before);
    return before;
  };
}

import { stateOf } from './claims/instant.ts';
import { readText } from './claims/read-text.ts';
import type { LivedMonth } from './lived-month.ts';
import type { OracleSpan, OracleState } from './oracle/component.ts';
import type { Stretch } from './oracle/facts.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './site.ts';

/** What everyone was told of a function, and when. */
interface Told {
  at: number;
  component: string;
  state: OracleState;
}

const DISTURBED: readonly OracleState[] = [
  'degraded_performance',
  'partial_outage',
  'major_outage',
];
/** A state that was published for an hour is what was last told; it is looked at each minute. */
const HELD_MS = HOUR_MS + 5 * MINUTE_MS;
/** Shorter outages, and those nearer to another one, may be told together or not. */
const LEAST_MS = 3 * MINUTE_MS;
const APART_MS = 2 * HOUR_MS;
const TOLD_WITHIN_MS = 15 * MINUTE_MS;

type Month = Pick<LivedMonth, 'lived' | 'truth' | 'expected'>;

/**
 * States that were published for an hour and are not what was told last, and outages nobody was
 * told of. What was published is compared by itself.
 */
export function wrongTelling(month: Month): { n: number; wrong: string[] } {
  const told = toldIn(month);
  const compared = [...month.expected.keys()].flatMap((component) => {
    const own = told.filter((it) => it.component === component);
    return [
      ...heldFor(publishedOf(component, month), month).map((span) => ({
        component,
        ...span,
        said: lastBefore(own, span),
      })),
      ...apartFrom(component, month).map((span) => ({
        component,
        ...span,
        said: toldOf(own, span),
      })),
    ];
  });
  const wrong = compared.filter(({ state, said }) => !said.includes(state));
  return {
    n: compared.length,
    wrong: wrong.map(
      ({ component, state, from, said }) =>
        `${component} ${state} since ${new Date(from).toISOString()}, told ${said.join(', ')}`,
    ),
  };
}

function toldIn({ lived }: Month): Told[] {
  return lived.sent.flatMap(({ kind, told_at: at, texts, webhook }) => {
    const { incident } = webhook.data;
    if (!kind.startsWith('incident_') || !incident) return [];
    const claims = texts
      .filter(({ place }) => place === 'webhook')
      .flatMap(({ text }) => readText(text, at).claims);
    return claims.flatMap((claim): Told[] => {
      if (claim.says === 'over')
        return incident.components.map((component) => ({ at, component, state: 'operational' }));
      if (claim.says !== 'changed') return [];
      const component = incident.components.find((it) => it.endsWith(`.${claim.of}`)) ?? claim.of;
      return [{ at, component, state: stateOf(claim.to) }];
    });
  });
}

/** What was published of a function without a break, by the samples of each minute. */
function publishedOf(component: string, { lived }: Month): OracleSpan[] {
  const spans: OracleSpan[] = [];
  for (const { at, states } of lived.samples) {
    const state = states.get(component) as OracleState | undefined;
    const last = spans.at(-1);
    if (last !== undefined) last.to = at;
    if (state !== undefined && last?.state !== state) spans.push({ state, from: at, to: at });
  }
  return spans;
}

/** Times that held for long enough, and in which nothing befell us. */
function heldFor(spans: readonly OracleSpan[], month: Month): OracleSpan[] {
  return spans.filter(
    ({ state, from, to }) =>
      state !== 'unknown' &&
      state !== 'under_maintenance' &&
      to - from > HELD_MS &&
      isClear({ from, to: from + HELD_MS }, month),
  );
}

/** What was last told when it had held for so long; before anything is told, all is well. */
function lastBefore(own: readonly Told[], { from }: Stretch): OracleState[] {
  return [own.findLast(({ at }) => at <= from + HELD_MS)?.state ?? 'operational'];
}

/** Outages that nothing was near to. */
function apartFrom(component: string, month: Month): OracleSpan[] {
  const [system] = component.split('.');
  const all = [...month.expected].filter(([it]) => it.startsWith(`${system}.`));
  const disturbed = all.flatMap(([, its]) => its.filter(({ state }) => state !== 'operational'));
  return (month.expected.get(component) ?? []).filter((span) => {
    const { state, from, to } = span;
    const near = disturbed.filter(
      (it) => it !== span && it.to > from - APART_MS && it.from <= to + TOLD_WITHIN_MS,
    );
    const is_outage = state === 'partial_outage' || state === 'major_outage';
    return (
      is_outage &&
      to - from >= LEAST_MS &&
      near.length === 0 &&
      isClear({ from: from - APART_MS, to: to + TOLD_WITHIN_MS }, month)
    );
  });
}

/** What was told while it lasted, or right after. */
function toldOf(own: readonly Told[], { from, to }: Stretch): OracleState[] {
  const its = own.filter(({ at }) => at >= from && at <= to + TOLD_WITHIN_MS);
  return its.map(({ state }) => state).filter((it) => DISTURBED.includes(it));
}

/** Nothing befell us in the time, a day's clock steps included: then it is told later. */
function isClear({ from, to }: Stretch, { lived, truth }: Month): boolean {
  const of_ours = truth.blindness.map((it) => ({
    from: it.from - 2 * it.by_ms,
    to: it.to + 2 * it.by_ms,
  }));
  const windows = lived.windows.map((it) => ({ from: it.from, to: Math.max(it.to, it.until) }));
  const is_inside = from >= truth.from && to <= truth.from + 400 * DAY_MS;
  return is_inside && ![...of_ours, ...windows].some((it) => it.from < to && it.to > from);
}

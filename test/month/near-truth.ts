import type { Lived } from './lived.ts';
import type { ComponentFacts, Stretch } from './oracle/facts.ts';
import { COMPONENTS_OF_MONTH, MINUTE_MS } from './site.ts';
import type { Truth } from './truth.ts';

interface ToldSpan extends Stretch {
  state: string;
}

/** A true outage, and when it was told to be; null: it was not. */
export interface TrueOutage extends Stretch {
  component: string;
  /** Between two slots of one check. */
  slot_ms: number;
  told: Stretch | null;
}

/** This near to something else an outage is not told apart from it. */
const APART_MS = 15 * MINUTE_MS;
/** A shorter one may pass between two slots, or before it is confirmed. */
const LEAST_MS = 3 * MINUTE_MS;

const OUTAGES = ['partial_outage', 'major_outage'];

/** The outages of all of a component with nothing else near them, beside what was told of each. */
export function trueOutages(
  truth: Truth,
  lived: Lived,
  told: ReadonlyMap<string, readonly ToldSpan[]>,
): TrueOutage[] {
  return COMPONENTS_OF_MONTH.flatMap((facts) => {
    const slot_ms = Math.max(...facts.checks.map((it) => it.every_ms));
    return isolatedOutages(truth, lived, facts).map((it) => {
      const [from, to] = [lived.wallAt(it.from), lived.wallAt(it.to)];
      const disturbed = joinedOutages(told.get(facts.component) ?? []);
      const found = disturbed.find((span) => span.from < to && span.to > from) ?? null;
      return { component: facts.component, slot_ms, from, to, told: found };
    });
  });
}

function isolatedOutages(truth: Truth, lived: Lived, facts: ComponentFacts): Stretch[] {
  const { component, checks } = facts;
  const own = truth.ailments.filter((it) => it.component === component && it.share > 0.01);
  const others = [
    ...truth.blindness,
    ...lived.windows.filter((it) => it.components.includes(component)),
  ];
  const is_own = new Set(checks.map(({ check }) => check));
  const bad = lived.findings.filter(({ check, found }) => is_own.has(check) && found === 'bad');
  return own.filter((it) => {
    if (it.kind !== 'down' || it.check !== null || it.to - it.from < LEAST_MS) return false;
    const near = (other: Stretch) => other.from < it.to + APART_MS && other.to > it.from - APART_MS;
    if (it.from - APART_MS < truth.from || it.to + APART_MS > truth.to) return false;
    if (others.some(near) || own.some((other) => other !== it && near(other))) return false;
    const [from, to] = [lived.wallAt(it.from), lived.wallAt(it.to)];
    const isStray = (at: number) =>
      (at > from - APART_MS && at < from) || (at >= to && at < to + APART_MS);
    return !bad.some(({ slot_at }) => isStray(slot_at));
  });
}

function joinedOutages(spans: readonly ToldSpan[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const { state, from, to } of spans) {
    if (!OUTAGES.includes(state)) continue;
    const last = joined.at(-1);
    if (last?.to === from) last.to = to;
    else joined.push({ from, to });
  }
  return joined;
}

/** How long the components were told to be unknown, and how long we were truly blind, summed. */
export function blindness(lived: Lived, told: ReadonlyMap<string, readonly ToldSpan[]>) {
  const unknown = [...told.values()].flat().filter(({ state }) => state === 'unknown');
  const length = (stretches: readonly Stretch[]) =>
    stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  // What is void is measured again at the next slot.
  const remeasured_ms = lived.set_back.length * MINUTE_MS;
  const blind_ms = told.size * (length(lived.blind) + remeasured_ms);
  return { unknown_ms: length(unknown), blind_ms };
}

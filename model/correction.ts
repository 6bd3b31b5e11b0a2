import { type ComponentStatus, measuredMeanwhile, type Transition } from './component.ts';
import type { EpochMs, State } from './vocabulary.ts';

export interface CorrectionParts {
  /** The component as it was before what is compared. */
  before: Pick<ComponentStatus, 'component' | 'state' | 'since' | 'notes'>;
  /** What the ledger says since then, and what it is to say, each in the order of recording. */
  told: readonly Transition[];
  derived: readonly Transition[];
  now: EpochMs;
  /** Why, where a state goes on that was thought to have ended. */
  why: Pick<Transition, 'cause' | 'cause_ref' | 'simulated'>;
}

export interface Correction {
  /** Start of the last state that was derived. */
  since: EpochMs;
  /** To be recorded, so that the ledger says what was derived; empty: it does. */
  transitions: Transition[];
}

/**
 * What makes a ledger say what was derived: its states from the first difference on, recorded anew.
 * The first of them starts from the state that was told last.
 */
export function correctionOf({ before, told, derived, now, why }: CorrectionParts): Correction {
  const was = statesOf(before, told);
  const is = statesOf(before, derived);
  const since = beginningOf(is) ?? before.since;
  const differs = is.findIndex((it, i) => !isSame(it, was[i]) || it.since !== was[i]?.since);
  if (differs === -1 && is.length === was.length) return { since, transitions: [] };
  const first = differs === -1 ? is.length : differs;
  const states = [...goingOn(is, was, first), ...is.slice(first)];
  const froms = [was.at(-1)?.state ?? before.state, ...states.map(({ state }) => state)];
  const transitions = states.map((it, i): Transition => {
    const from = froms[i] ?? it.state;
    const { component } = before;
    const because = it.by ?? { ...why, notes: it.notes };
    return { ...because, component, from, to: it.state, since: it.since, recorded_at: now };
  });
  return { since, transitions };
}

/** Of the last state, which in a maintenance goes on whatever is measured meanwhile. */
function beginningOf(states: readonly StateThen[]): EpochMs | undefined {
  const last = states.at(-1)?.state;
  return states[states.findLastIndex(({ state }) => state !== last) + 1]?.since;
}

/**
 * The state before the first difference, where it was thought to have ended: it goes on from there.
 * As the last one it is recorded since its own beginning.
 */
function goingOn(is: readonly StateThen[], was: readonly StateThen[], first: number): StateThen[] {
  const [going_on, ended, next] = [is[first - 1], was[first], is[first]];
  if (!going_on || !ended || (next && next.since <= ended.since)) return [];
  return [{ ...going_on, since: next ? ended.since : going_on.since, by: null }];
}

interface StateThen {
  state: State;
  /** In a maintenance. */
  measured: State | undefined;
  since: EpochMs;
  /** null: it was so before. */
  by: Transition | null;
  notes: Transition['notes'];
}

function isSame(a: StateThen, b: Pick<StateThen, 'state' | 'measured'> | undefined): boolean {
  return a.state === b?.state && a.measured === b.measured;
}

/** The states one after the other; none of no length, and none like the one before it. */
function statesOf(
  { state, since, notes }: CorrectionParts['before'],
  transitions: readonly Transition[],
): StateThen[] {
  const measured = measuredMeanwhile(notes);
  const states: StateThen[] = [{ state, measured, since, by: null, notes }];
  for (const by of transitions) {
    while ((states.at(-1)?.since ?? 0) >= by.since && states.length > 0) states.pop();
    const { to, since: begins, notes: said } = by;
    const next = { state: to, measured: measuredMeanwhile(said), since: begins, by, notes: said };
    const last = states.at(-1);
    if (!last || !isSame(last, next)) states.push(next);
  }
  return states;
}

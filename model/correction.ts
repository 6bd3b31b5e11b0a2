import { saysTheSame } from './ailment.ts';
import type { Transition } from './component.ts';
import type { ComponentId, EpochMs } from './vocabulary.ts';

/** A state from an instant on, and why it is told. */
export type StateFrom = Pick<
  Transition,
  'to' | 'since' | 'cause' | 'cause_ref' | 'notes' | 'simulated'
>;

/**
 * What a ledger says of a component: one state after the other, none like the one before it;
 * unknown before the first.
 */
export type Told = readonly StateFrom[];

/** What a ledger says of its time since `from`, after more transitions, in their order. */
export function toldAfter(told: Told, transitions: readonly StateFrom[], from: EpochMs): Told {
  const states = [...told];
  for (const next of transitions) {
    while ((states.at(-1) ?? BEFORE_ALL).since >= next.since) states.pop();
    if (!isSame(states.at(-1) ?? BEFORE_ALL, next)) states.push(next);
  }
  const first = states.findLastIndex(({ since }) => since <= from);
  return states.slice(Math.max(0, first));
}

const BEFORE_ALL: StateFrom = {
  to: 'unknown',
  since: Number.NEGATIVE_INFINITY,
  cause: 'expired',
  cause_ref: null,
  notes: [],
  simulated: false,
};

export interface CorrectionParts {
  component: ComponentId;
  told: Told;
  /** What it is to say from the first of them on. */
  derived: readonly [StateFrom, ...StateFrom[]];
  now: EpochMs;
}

export interface Correction {
  /**
   * Start of the last state, which in a maintenance goes on whatever is measured meanwhile; null:
   * unknown, as before all that was told.
   */
  since: EpochMs | null;
  /** To be recorded, so that the ledger says what was derived; empty: it does. */
  transitions: Transition[];
}

/**
 * What makes a ledger say what was derived: its states from the first difference on, recorded anew.
 * The first of them starts from the state that was told last.
 */
export function correctionOf(parts: CorrectionParts): Correction {
  const { component, derived, now } = parts;
  const told = [BEFORE_ALL, ...parts.told];
  const is = [BEFORE_ALL, ...stayingWith(parts)];
  const differs = is.findIndex((it, i) => !isSame(it, told[i]) || it.since !== told[i]?.since);
  const begins = beginningOf(is);
  if (differs === -1 && is.length === told.length) return { since: begins, transitions: [] };
  const first = differs === -1 ? is.length : differs;
  const why = derived.at(-1) ?? derived[0];
  const states = [...goingOn(is, told, first, why), ...is.slice(first).map(asTold)];
  const froms = [told.at(-1)?.to ?? 'unknown', ...states.map(({ to }) => to)];
  const transitions = states.map(
    (it, i): Transition => ({ ...it, component, from: froms[i] ?? it.to, recorded_at: now }),
  );
  return { since: begins ?? states.at(-1)?.since ?? null, transitions };

  /** Recorded anew only because what came before it was corrected: for the reason that it had. */
  function asTold(state: StateFrom): StateFrom {
    return told.find((it) => isSame(it, state) && it.since === state.since) ?? state;
  }
}

/** What was told until the first that was derived, and what was. */
function stayingWith({ told, derived }: CorrectionParts): Told {
  const staying = told.filter(({ since }) => since < derived[0].since);
  return toldAfter(staying, derived, Number.NEGATIVE_INFINITY);
}

function beginningOf(states: Told): EpochMs | null {
  const last = states.at(-1)?.to;
  const first = states[states.findLastIndex(({ to }) => to !== last) + 1] ?? BEFORE_ALL;
  return first === BEFORE_ALL ? null : first.since;
}

/**
 * The state before the first difference, where it was thought to have ended: it goes on from there.
 * As the last one it is recorded since its own beginning.
 */
function goingOn(is: Told, was: Told, first: number, why: StateFrom): StateFrom[] {
  const [going_on, ended, next] = [is[first - 1], was[first], is[first]];
  if (!going_on || !ended || (next && next.since <= ended.since)) return [];
  const { cause, cause_ref, simulated } = why;
  const since = next || going_on === BEFORE_ALL ? ended.since : going_on.since;
  return [{ ...going_on, cause, cause_ref, simulated, since }];
}

function isSame(a: StateFrom, b: StateFrom | undefined): boolean {
  return b !== undefined && saysTheSame({ ...a, state: a.to }, { ...b, state: b.to });
}

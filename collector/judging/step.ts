import type { ComponentStatus, Transition } from '../../model/component.ts';
import { correctionOf } from '../../model/correction.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Change } from '../../store/ports/changes.ts';
import type { Step } from '../state/live-state.ts';
import type { ComponentChange, Evaluation, Facts, JudgingContext } from './evaluation.ts';
import { journalWith } from './journal.ts';

/**
 * Combines evaluations into a step: their rows, the new states of components, the transitions that
 * make the ledger say so, and what of it is public. What follows for incidents and alerts is judged
 * once for all that is recorded together: consequences.ts.
 */
export function stepOf(context: JudgingContext, evaluations: readonly Evaluation[]): Step {
  const told = evaluations.map(({ event, component_changes }) => ({
    event,
    changes: component_changes.map((change) => toldChange(context, change)),
  }));
  const changes = told.flatMap((it) => it.changes);
  const transitions = changes.flatMap((it) => it.transitions);
  return {
    recording: {
      ...factsOf(evaluations),
      components: changes.map(({ status }) => status),
      transitions,
      changes: transitions.map(stateChange),
    },
    spells: evaluations.flatMap((it) => it.spells ?? []),
    traffic: evaluations.flatMap((it) => it.traffic ?? []),
    histories: evaluations.flatMap((it) => it.histories ?? []),
    shares: evaluations.flatMap((it) => it.shares ?? []),
    recent: evaluations.flatMap((it) => it.recent ?? []),
    journals: told.flatMap(({ event, changes: its }) =>
      its.flatMap(({ status, touched_at }) =>
        journalWith(context, event, status.component, touched_at),
      ),
    ),
    syncs: evaluations.flatMap((it) => it.syncs ?? []),
  };
}

function factsOf(evaluations: readonly Evaluation[]): Facts {
  const [only, second] = evaluations;
  if (only && !second) return only.facts;
  const all = evaluations.map((it) => it.facts);
  return {
    results: all.flatMap((it) => it.results ?? []),
    own_results: all.flatMap((it) => it.own_results ?? []),
    judgements: all.flatMap((it) => it.judgements ?? []),
    specimens: all.flatMap((it) => it.specimens ?? []),
    specimen_changes: all.flatMap((it) => it.specimen_changes ?? []),
    journeys: all.flatMap((it) => it.journeys ?? []),
    corrected_journeys: all.flatMap((it) => it.corrected_journeys ?? []),
    looks: all.flatMap((it) => it.looks ?? []),
  };
}

interface ToldChange {
  status: ComponentStatus;
  transitions: Transition[];
  /** From when on something was judged; null: nothing began or ended. */
  touched_at: EpochMs | null;
}

/** The new row of a component, and what makes the ledger say what was judged. */
function toldChange({ live, now }: JudgingContext, change: ComponentChange): ToldChange {
  const { before, after, states, is_told_anew = false } = change;
  const { component } = after;
  if (states === null)
    return { status: { ...after, since: before.since }, transitions: [], touched_at: null };
  const told = live.told.get(component) ?? [];
  const { since, transitions } = correctionOf({ component, told, derived: states, now });
  const last = states.at(-1) ?? states[0];
  const anew = { ...last, component, from: before.state, recorded_at: now };
  return {
    status: { ...after, since: since ?? before.since },
    transitions: transitions.length === 0 && is_told_anew ? [anew] : transitions,
    touched_at: states[0].since,
  };
}

function stateChange({ component, recorded_at }: Transition): Change {
  return { kind: 'state', ref: component, at: recorded_at };
}

import type { ComponentStatus } from '../../model/component.ts';
import type { Told } from '../../model/correction.ts';
import type { ComponentId } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import type { Before } from '../judging/consequences.ts';
import type { JudgedResult } from '../judging/result.ts';
import {
  advance,
  type LiveState,
  type Step,
  statusOf,
  toldAt,
  type Undo,
} from '../state/live-state.ts';
import { merged } from './merge.ts';

/** What is told while something is judged. */
export interface Judging {
  add(step: Step): void;
  /** Remembers a judged result, told to the observer after the commit. */
  judged(judged: JudgedResult): void;
}

/**
 * A transaction while it is judged: each step changes the live state at once, so that the next one
 * is judged by it, and all are taken back together when the commit fails.
 */
export interface Draft extends Judging {
  /** Leaves the live state as it was before the first step. */
  takeBack(): void;
  /** What there is to commit; null: nothing. */
  recording(): Recording | null;
  /** What was before the steps, and before those of which nobody was told yet. */
  readonly before: Before;
  readonly results: readonly JudgedResult[];
}

export const NOTHING_UNTOLD: Before = { statuses: new Map(), told: new Map() };

export function openDraft(live: LiveState, untold = NOTHING_UNTOLD): Draft {
  const steps: Recording[] = [];
  const undo: Undo[] = [];
  const results: JudgedResult[] = [];
  const statuses = new Map<ComponentId, ComponentStatus>(untold.statuses);
  const told = new Map<ComponentId, Told>(untold.told);
  return {
    add(step) {
      keepBefore(step.recording);
      steps.push(step.recording);
      undo.push(advance(live, step));
      const { void_after } = step.recording;
      if (void_after !== undefined)
        for (const [id, its] of told) told.set(id, toldAt(its, void_after));
    },
    judged: (judged) => void results.push(judged),
    takeBack() {
      for (const back of undo.reverse()) back();
    },
    recording: () => (steps.length === 0 ? null : merged(steps)),
    before: { statuses, told },
    results,
  };

  function keepBefore({ components = [], transitions = [] }: Recording): void {
    for (const { component, since } of components)
      if (!statuses.has(component)) statuses.set(component, statusOf(live, component, since));
    for (const { component } of transitions)
      if (!told.has(component)) told.set(component, live.told.get(component) ?? []);
  }
}

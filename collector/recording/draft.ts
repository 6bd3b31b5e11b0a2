import type { Recording } from '../../store/record.ts';
import type { JudgedResult } from '../judging/result.ts';
import { advance, type LiveState, type Step, type Undo } from '../state/live-state.ts';
import { merged } from './merge.ts';
import { toldOnce } from './told-once.ts';

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
  readonly results: readonly JudgedResult[];
}

export function openDraft(live: LiveState): Draft {
  const steps: Recording[] = [];
  const undo: Undo[] = [];
  const results: JudgedResult[] = [];
  return {
    add(step) {
      steps.push(step.recording);
      undo.push(advance(live, step));
    },
    judged: (judged) => void results.push(judged),
    takeBack() {
      for (const back of undo.reverse()) back();
    },
    recording: () => (steps.length === 0 ? null : toldOnce(merged(steps))),
    results,
  };
}

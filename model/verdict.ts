import type { State } from './vocabulary.ts';

/** Precedence of states in the summary of a task. Unlike SEVERITY, it ranks unknown. */
const TASK_PRECEDENCE: readonly State[] = [
  'major_outage',
  'partial_outage',
  'under_maintenance',
  'degraded_performance',
  'unknown',
  'operational',
];

/** The summarised state of a task. */
export interface TaskState {
  /** The first of its components' states by precedence; `unknown` when it has none. */
  state: State;
  /**
   * Number of unknown components; always shown when greater than 0, so that the answer is never an
   * unqualified yes.
   */
  unknown: number;
  components: number;
}

export function taskState(states: readonly State[]): TaskState {
  return {
    state: TASK_PRECEDENCE.find((state) => states.includes(state)) ?? 'unknown',
    unknown: states.filter((state) => state === 'unknown').length,
    components: states.length,
  };
}

/** What the sentence at the top of the page says, and the state by which it is drawn. */
export interface Verdict {
  code: 'nothing_measured' | 'all_operational' | 'partly_unknown' | 'affected';
  state: State;
}

/** Summarises the measured functions; functions that are not measured have no effect. */
export function verdict(states: readonly State[]): Verdict {
  const { state, unknown, components } = taskState(states);
  if (unknown === components) return { code: 'nothing_measured', state };
  if (state === 'operational') return { code: 'all_operational', state };
  return { code: state === 'unknown' ? 'partly_unknown' : 'affected', state };
}

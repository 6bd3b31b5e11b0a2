import type { ComponentId, State } from './vocabulary.ts';

/** Precedence of states in the summary of a task. Unlike SEVERITY, it ranks unknown. */
const TASK_PRECEDENCE: readonly State[] = [
  'major_outage',
  'partial_outage',
  'under_maintenance',
  'degraded_performance',
  'unknown',
  'operational',
];

export interface ComponentState {
  component: ComponentId;
  state: State;
}

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

/** The sentence at the top of the page, as a code with the components it refers to. */
export type Verdict =
  | { code: 'nothing_measured'; state: 'unknown' }
  | { code: 'all_operational'; state: 'operational' }
  | { code: 'partly_unknown'; state: 'unknown'; unknown: ComponentId[] }
  | {
      code: 'affected';
      state: State;
      /** Components in `state`, the worst one. */
      worst: ComponentId[];
      /** Other affected components. */
      also: ComponentId[];
      unknown: ComponentId[];
      /** Whether any other component is operational ("the rest is fine"). */
      rest_operational: boolean;
    };

/** Summarises the measured functions; functions that are not measured have no effect. */
export function verdict(components: readonly ComponentState[]): Verdict {
  const inState = (state: State) =>
    components.filter((it) => it.state === state).map((it) => it.component);
  const unknown = inState('unknown');
  const operational = inState('operational');
  if (unknown.length === components.length) return { code: 'nothing_measured', state: 'unknown' };
  if (operational.length === components.length)
    return { code: 'all_operational', state: 'operational' };
  const { state } = taskState(components.map((it) => it.state));
  if (state === 'unknown') return { code: 'partly_unknown', state, unknown };
  const worst = inState(state);
  const listed = new Set([...worst, ...unknown, ...operational]);
  return {
    code: 'affected',
    state,
    worst,
    also: components.map((it) => it.component).filter((id) => !listed.has(id)),
    unknown,
    rest_operational: operational.length > 0,
  };
}

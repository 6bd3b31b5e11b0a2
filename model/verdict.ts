import type { ComponentId, State } from './vocabulary.ts';

/**
 * What weighs most when several components are summed up in one word. Not the order of severity:
 * unknown ranks.
 */
const TASK_ORDER: readonly State[] = [
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

/** A task in one word, and how much of it nobody knows. */
export interface TaskState {
  /** The weightiest state of its components; `unknown` when it has none. */
  state: State;
  /**
   * How many of its components are unknown: more than 0 is always said, so that the answer is never
   * a plain yes.
   */
  unknown: number;
  components: number;
}

export function taskState(states: readonly State[]): TaskState {
  return {
    state: TASK_ORDER.find((state) => states.includes(state)) ?? 'unknown',
    unknown: states.filter((state) => state === 'unknown').length,
    components: states.length,
  };
}

/** The sentence at the top of the page, as a code and the components it speaks of. */
export type Verdict =
  | { code: 'nothing_measured'; state: 'unknown' }
  | { code: 'all_operational'; state: 'operational' }
  | { code: 'partly_unknown'; state: 'unknown'; unknown: ComponentId[] }
  | {
      code: 'affected';
      state: State;
      /** Components in `state`, the weightiest. */
      worst: ComponentId[];
      /** Disturbed too, but less. */
      also: ComponentId[];
      unknown: ComponentId[];
      /** Whether anything is left that is operational: "the rest is fine". */
      rest_operational: boolean;
    };

/** Sums up measured functions only; what is not measured cannot make it better or worse. */
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
  const settled = new Set([...worst, ...unknown, ...operational]);
  return {
    code: 'affected',
    state,
    worst,
    also: components.map((it) => it.component).filter((id) => !settled.has(id)),
    unknown,
    rest_operational: operational.length > 0,
  };
}

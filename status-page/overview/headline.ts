import { AILMENTS, type Ailment, ailmentOf } from '../../model/ailment.ts';
import { isQuiet, type Note } from '../../model/component.ts';
import type { Configuration } from '../../model/configuration.ts';
import { withDependencies } from '../../model/dependencies.ts';
import type { ComponentView, Headline, TaskView } from '../../model/overview.ts';
import { indicator } from '../../model/severity.ts';
import { earliest, latest } from '../../model/time.ts';
import { taskState, verdict } from '../../model/verdict.ts';
import type { State } from '../../model/vocabulary.ts';
import { wellOfAll } from '../../model/well.ts';

/** The summary at the top of the page, from the current components. */
export function headlineOf(
  components: readonly ComponentView[],
  configuration: Configuration,
): Headline {
  const states = components.map((it) => it.state);
  return {
    verdict: verdict(states),
    indicator: indicator(states),
    tasks: tasksOf(components, configuration),
    measured_at: latest(components.map((it) => it.measured_at)),
    valid_until: earliest(components.map((it) => (it.state === 'unknown' ? null : it.valid_until))),
    recent: recentOf(components),
  };
}

function tasksOf(components: readonly ComponentView[], configuration: Configuration): TaskView[] {
  return configuration.tasks.map((task) => {
    const own = components.filter((it) => task.components.includes(it.id));
    const ids = withDependencies(task.components, configuration.depends_on);
    const needed = components.filter((it) => ids.includes(it.id));
    const task_state = taskState(needed.map((it) => it.state));
    return {
      ...task_state,
      id: task.id,
      name: task.name,
      ailment: worstAilment(needed, task_state.state),
      well: own.some(isQuiet) ? 'quiet' : wellOfAll(own),
      is_recovered:
        task_state.state === 'operational' && needed.some(({ recovered }) => recovered !== null),
      note: commonReason(needed) ?? suspicion(needed.filter((it) => it.state === task_state.state)),
      because: becauseOf(own, needed, task_state.state),
    };
  });
}

/** The first dependency in the state that stands for all, if no function of its own is in it. */
function becauseOf(
  own: readonly ComponentView[],
  needed: readonly ComponentView[],
  state: State,
): TaskView['because'] {
  if (own.some((it) => it.state === state)) return null;
  const first = needed.find((it) => it.state === state);
  return first ? { system_name: first.system_name, function: first.function } : null;
}

/** Of those in the state that stands for all; null: they are not disturbed. */
function worstAilment(components: readonly ComponentView[], state: State): Ailment | null {
  const ailments = components.filter((it) => it.state === state).map(ailmentOf);
  return AILMENTS.find((ailment) => ailments.includes(ailment)) ?? null;
}

/** The note that says why all of them are unknown, if they say the same; times may differ. */
function commonReason(components: readonly ComponentView[]): Note | null {
  const notes = components.map(({ state, notes: [first] }) =>
    state === 'unknown' ? (first ?? null) : null,
  );
  const [first = null] = notes;
  if (first?.code !== 'not_judged') return null;
  const is_same = (note: Note | null) =>
    note?.code === 'not_judged' && note.outcome === first.outcome && note.reason === first.reason;
  return notes.every(is_same) ? first : null;
}

/** The note that it may be our own line, if it is said of all of them. */
function suspicion(components: readonly ComponentView[]): Note | null {
  const notes = components.map((it) => it.notes.find(({ code }) => code === 'maybe_our_line'));
  const [first = null] = notes;
  return notes.every((note) => note !== undefined) ? first : null;
}

/**
 * The total of recent measurements; null unless all components have the same window. What was made
 * stays so where nothing comes any more, and is then told of the time before the last; but not of
 * what was measured last when none of that window was.
 */
function recentOf(components: readonly ComponentView[]): Headline['recent'] {
  const last_at = latest(components.map((it) => it.measured_at)) ?? 0;
  const counted = components.flatMap((it) => {
    const { recent, measured_at, state } = it;
    const is_late = recent === null || (measured_at ?? 0) <= last_at - recent.window_ms;
    return is_late ? [] : [{ recent, is_current: state !== 'unknown' && !isQuiet(it) }];
  });
  const window_ms = counted[0]?.recent.window_ms;
  if (window_ms === undefined || counted.some((it) => it.recent.window_ms !== window_ms))
    return null;
  return {
    window_ms,
    n: counted.reduce((sum, { recent }) => sum + (recent.measured ?? recent.n), 0),
    told: counted.reduce((sum, { recent }) => sum + (recent.told?.measured ?? 0), 0),
    is_current: counted.every((it) => it.is_current),
  };
}

import type { TaskView } from '../model/overview.ts';
import type { Well } from '../model/well.ts';
import { ailmentName, stateName } from './why.ts';
import type { PageWords } from './words.ts';

/**
 * What is told of a task in a few words: an unknown part is always mentioned, and of an entry no
 * more than that it is reached.
 */
export function taskText(task: TaskView, words: PageWords): string {
  const told = becauseOf(task, toldOf(task, words), words);
  if (task.state === 'unknown') {
    return task.unknown < task.components ? words.text('task.some_unknown') : told;
  }
  if (task.unknown > 0) return words.text('task.partly_unknown', { state: told });
  return task.is_recovered ? words.text('task.recovered', { state: told }) : told;
}

/** What ails is not its own function but one that it depends on, which is named. */
function becauseOf({ because }: TaskView, state: string, words: PageWords): string {
  if (because === null) return state;
  const system = words.name(because.system_name);
  return words.text('task.because', {
    system,
    function: words.text(`function.${because.function}`),
    state,
  });
}

function toldOf({ state, ailment, well, note }: TaskView, words: PageWords): string {
  if (state === 'operational') return wellText(well, words);
  const notes = note === null ? [] : [note];
  return ailment === null
    ? stateName({ state, notes }, words)
    : ailmentName(ailment, { state, notes }, words);
}

/** What is told of what is well. */
export function wellText(well: Well, words: PageWords): string {
  return words.text(well === 'normal' ? 'state.operational' : `well.${well}`);
}

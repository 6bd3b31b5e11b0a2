import { isAnsweredOnly } from '../model/component.ts';
import type { ComponentView, Headline } from '../model/overview.ts';
import type { InvoiceFunction, State } from '../model/vocabulary.ts';
import { functionOf } from './incidents.ts';
import { claimText, isMaybeOurLine } from './why.ts';
import type { PageWords } from './words.ts';

/** The properties of a component used in sentences. */
export type NamedState = Pick<ComponentView, 'function' | 'system_name' | 'state' | 'notes'>;
/** The verdict, and whether anything was ever measured. */
export type Judged = Pick<Headline, 'verdict' | 'measured_at'>;

/** Order of disturbances in sentences, worst first. */
const NAMED: readonly Exclude<State, 'operational'>[] = [
  'major_outage',
  'partial_outage',
  'under_maintenance',
  'degraded_performance',
  'unknown',
];

/** The verdict as one short sentence: */
export function verdictSentence(
  judged: Judged,
  components: readonly NamedState[],
  words: PageWords,
): string {
  return verdictClauses(judged, components, words).join('');
}

/** The same as clauses between which a line may break, with punctuation. */
export function verdictClauses(
  { verdict, measured_at }: Judged,
  components: readonly NamedState[],
  words: PageWords,
): string[] {
  if (verdict.code === 'nothing_measured') {
    const key = isBeginning({ measured_at }, components) ? 'nothing_measured' : 'all_unknown';
    return [words.text(`verdict.${key}`)];
  }
  if (components.length > 0 && components.every(isAnsweredOnly))
    return [words.text('verdict.all_answered')];
  const clauses = [...NAMED, 'answered' as const].flatMap((what) =>
    [false, true].flatMap((maybe_our_line) => {
      const tasks = namesOf({ what, maybe_our_line }, components, words);
      if (tasks.length === 0) return [];
      const clause = words.text(`verdict.${what}`, { tasks: words.list(tasks) });
      return claimText(clause, { maybe_our_line }, words);
    }),
  );
  if (clauses.length === 0) return [words.text('verdict.operational')];
  if (components.some((it) => toldOf(it) === 'operational')) {
    clauses.push(words.text('verdict.rest_operational'));
  }
  const separator = words.text('verdict.separator');
  return clauses.map((clause, i) => (i < clauses.length - 1 ? clause + separator : clause));
}

/** Whether no result came yet; one that allows no verdict is a result. */
export function isBeginning(
  { measured_at }: Pick<Headline, 'measured_at'>,
  components: readonly Pick<NamedState, 'notes'>[],
): boolean {
  const is_unjudged = components.some(({ notes }) =>
    notes.some(({ code }) => code === 'not_judged'),
  );
  return measured_at === null && !is_unjudged;
}

/** What is told of functions, and whether it may be our own line. */
interface Told {
  what: State | 'answered';
  maybe_our_line: boolean;
}

/** What is told of a component: its state, or that it only answers. */
function toldOf(component: NamedState): State | 'answered' {
  return isAnsweredOnly(component) ? 'answered' : component.state;
}

/**
 * The functions of which the same is told, qualified by system where something else is told of the
 * same function elsewhere.
 */
function namesOf(
  { what, maybe_our_line }: Told,
  components: readonly NamedState[],
  words: PageWords,
): string[] {
  const is_told = (it: NamedState) => toldOf(it) === what && isMaybeOurLine(it) === maybe_our_line;
  const names = components.filter(is_told).map(({ function: fn, system_name }) => {
    const name = words.text(`function.${fn}`);
    const is_clear = components.every((it) => it.function !== fn || is_told(it));
    return is_clear
      ? name
      : words.text('verdict.of_system', { system: words.name(system_name), function: name });
  });
  return [...new Set(names)];
}

/** Functions whose disturbance tempts people to submit the same invoice twice. */
const SUBMITTING: readonly InvoiceFunction[] = ['issue', 'upload'];

/** What to do now, in a few short sentences. */
export function advice(
  { verdict, measured_at }: Judged,
  components: readonly NamedState[],
  words: PageWords,
): string {
  if (isBeginning({ measured_at }, components)) return words.text('advice.never_measured');
  if (components.length > 0 && components.every(isAnsweredOnly)) {
    return words.text('advice.all_answered');
  }
  const general = words.text(`advice.${verdict.state}`);
  if (verdict.code !== 'affected') return general;
  const functions = [...verdict.worst, ...verdict.also].map(functionOf);
  const sentences = [
    ...(functions.every((fn) => fn === 'sync') ? [] : [general]),
    ...(functions.some((fn) => SUBMITTING.includes(fn)) ? [words.text('advice.submitted')] : []),
    ...(functions.includes('sync') ? [words.text('advice.sync')] : []),
  ];
  return sentences.join(words.text('sentence.separator'));
}

import type { ComponentView, Headline } from '../model/overview.ts';
import type { InvoiceFunction, State } from '../model/vocabulary.ts';
import { functionOf } from './incidents.ts';
import type { PageWords } from './words.ts';

/** The properties of a component used in sentences. */
export type NamedState = Pick<ComponentView, 'function' | 'system_name' | 'state'>;
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
    return [words.text(measured_at === null ? 'verdict.nothing_measured' : 'verdict.all_unknown')];
  }
  if (verdict.code === 'all_operational') return [words.text('verdict.operational')];
  const clauses = NAMED.flatMap((state) => {
    const tasks = namesOf(state, components, words);
    return tasks.length > 0 ? words.text(`verdict.${state}`, { tasks: words.list(tasks) }) : [];
  });
  if (components.some((it) => it.state === 'operational')) {
    clauses.push(words.text('verdict.rest_operational'));
  }
  const separator = words.text('verdict.separator');
  return clauses.map((clause, i) => (i < clauses.length - 1 ? clause + separator : clause));
}

/**
 * The functions in a state, qualified by system where the same function is in another state
 * elsewhere.
 */
function namesOf(state: State, components: readonly NamedState[], words: PageWords): string[] {
  const names = components
    .filter((it) => it.state === state)
    .map(({ function: fn, system_name }) => {
      const name = words.text(`function.${fn}`);
      const is_clear = components.every((it) => it.function !== fn || it.state === state);
      return is_clear
        ? name
        : words.text('verdict.of_system', { system: words.name(system_name), function: name });
    });
  return [...new Set(names)];
}

/** Functions whose disturbance tempts people to submit the same invoice twice. */
const SUBMITTING: readonly InvoiceFunction[] = ['issue', 'upload'];

/** What to do now, in a few short sentences. */
export function advice({ verdict, measured_at }: Judged, words: PageWords): string {
  if (measured_at === null) return words.text('advice.never_measured');
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

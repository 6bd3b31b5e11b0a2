import type { Headline } from '../model/overview.ts';
import type { ComponentId, State } from '../model/vocabulary.ts';
import { functionOf } from './incidents.ts';
import type { Words } from './words.ts';

/** What a sentence needs to know of a component. */
export interface NamedState {
  id: ComponentId;
  state: State;
}

/** From bad to good: the order in which a sentence names disturbances. */
const NAMED: readonly Exclude<State, 'operational'>[] = [
  'major_outage',
  'partial_outage',
  'under_maintenance',
  'degraded_performance',
  'unknown',
];

/** The answer in one short sentence: 下载较慢,其余正常. */
export function verdictSentence(...about: Parameters<typeof verdictClauses>): string {
  return verdictClauses(...about).join('');
}

/** The same in the parts between which a line may end, each with its punctuation. */
export function verdictClauses(
  { verdict, measured_at }: Pick<Headline, 'verdict' | 'measured_at'>,
  components: readonly NamedState[],
  words: Words,
): string[] {
  if (verdict.code === 'nothing_measured') {
    return [words.text(measured_at === null ? 'verdict.nothing_measured' : 'verdict.all_unknown')];
  }
  if (verdict.code === 'all_operational') return [words.text('verdict.operational')];
  const clauses = NAMED.flatMap((state) => {
    const tasks = functionNames(components, state, words);
    return tasks ? words.text(`verdict.${state}`, { tasks }) : [];
  });
  if (components.some((it) => it.state === 'operational')) {
    clauses.push(words.text('verdict.rest_operational'));
  }
  const separator = words.text('verdict.separator');
  return clauses.map((clause, i) => (i < clauses.length - 1 ? clause + separator : clause));
}

/** What to do now, in one or two short sentences. */
export function advice(
  { verdict, measured_at }: Pick<Headline, 'verdict' | 'measured_at'>,
  words: Words,
): string {
  if (measured_at === null) return words.text('advice.never_measured');
  const first = words.text(`advice.${verdict.state}`);
  if (verdict.code !== 'affected') return first;
  const functions = [...verdict.worst, ...verdict.also].map(functionOf);
  if (!functions.includes('sync')) return first;
  const late = words.text('advice.sync');
  return functions.every((fn) => fn === 'sync') ? late : words.text('advice.both', { first, late });
}

function functionNames(components: readonly NamedState[], state: State, words: Words): string {
  const functions = new Set(
    components.filter((it) => it.state === state).map((it) => functionOf(it.id)),
  );
  return words.list([...functions].map((fn) => words.text(`function.${fn}`)));
}

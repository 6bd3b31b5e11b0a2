import { type Ailment, ailmentOf, isAilment } from '../model/ailment.ts';
import { isAnsweredOnly, isQuiet } from '../model/component.ts';
import type { ComponentView, Headline } from '../model/overview.ts';
import { type Well, wellOfAll } from '../model/well.ts';
import { claimText, isMaybeOurLine } from './why.ts';
import type { PageWords } from './words.ts';

/** The properties of a component used in sentences. */
export type NamedState = Pick<
  ComponentView,
  'function' | 'system_name' | 'state' | 'notes' | 'is_tax_entry'
>;
/** The verdict, and whether anything was ever measured. */
export type Judged = Pick<Headline, 'verdict' | 'measured_at'>;

/**
 * What is told of a function: how it is disturbed, else its state, or that it only answers, or that
 * nobody uses it now.
 */
export type Kind = Ailment | 'under_maintenance' | 'unknown' | 'answered' | 'quiet' | 'operational';

/** Order of what is told in sentences, worst first. */
export const KINDS: readonly Exclude<Kind, 'operational'>[] = [
  'outage',
  'says_maintenance',
  'still_maintained',
  'stalled',
  'partial_outage',
  'part_lost',
  'some_users',
  'under_maintenance',
  'catching_up',
  'degraded',
  'slow',
  'unknown',
  'answered',
  'quiet',
];

export function toldKind(component: Pick<NamedState, 'state' | 'notes'>): Kind {
  if (isAnsweredOnly(component)) return 'answered';
  if (isQuiet(component)) return 'quiet';
  const ailment = ailmentOf(component);
  if (ailment !== null) return ailment;
  const { state } = component;
  return state === 'operational' || state === 'under_maintenance' ? state : 'unknown';
}

/** The verdict as one short sentence: 下载中断，同步停滞，其余正常 */
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
  const clauses = KINDS.flatMap((kind) =>
    [false, true].flatMap((maybe_our_line) => {
      const names = namesOf({ kind, maybe_our_line }, components, words);
      if (names.length === 0) return [];
      const clause = clauseOf(kind, names, words);
      return claimText(clause, { maybe_our_line }, words);
    }),
  );
  const well = components.filter((it) => toldKind(it) === 'operational');
  if (well.length > 0) {
    const part = clauses.length > 0 ? 'rest' : 'all';
    clauses.push(words.text(`verdict.${part}_${wordOfWell(wellOfAll(well))}`));
  }
  const separator = words.text('verdict.separator');
  return clauses.map((clause, i) => (i < clauses.length - 1 ? clause + separator : clause));
}

/** Where nothing but entries is measured, it is said of them only that they are reached. */
function wordOfWell(well: Well): 'operational' | 'reachable' {
  return well === 'normal' ? 'operational' : 'reachable';
}

function clauseOf(
  kind: (typeof KINDS)[number],
  names: readonly string[],
  words: PageWords,
): string {
  const [n, told] = [names.length, words.list(names)];
  return isAilment(kind)
    ? words.text(`incident.now.${kind}`, { functions: told, n })
    : words.text(`verdict.${kind}`, { tasks: told, n });
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
  kind: Kind;
  maybe_our_line: boolean;
}

/** The functions of which the same is told. */
function namesOf(
  { kind, maybe_our_line }: Told,
  components: readonly NamedState[],
  words: PageWords,
): string[] {
  const is_told = (it: NamedState) =>
    toldKind(it) === kind && isMaybeOurLine(it) === maybe_our_line;
  return functionNames(components.filter(is_told), components, words);
}

/**
 * Some of the components by the names of their functions, qualified by system where something else
 * is told of the same function elsewhere.
 */
export function functionNames<Component extends NamedState>(
  told: readonly Component[],
  components: readonly Component[],
  words: PageWords,
): string[] {
  const names = told.map(({ function: fn, system_name }) => {
    const name = words.text(`function.${fn}`);
    const is_clear = components.every((it) => it.function !== fn || told.includes(it));
    return is_clear
      ? name
      : words.text('verdict.of_system', { system: words.name(system_name), function: name });
  });
  return [...new Set(names)];
}

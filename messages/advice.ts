import { isAilment } from '../model/ailment.ts';
import { measuredMeanwhile } from '../model/component.ts';
import type { ComponentView } from '../model/overview.ts';
import type { InvoiceFunction } from '../model/vocabulary.ts';
import { wellOfAll } from '../model/well.ts';
import {
  functionNames,
  isBeginning,
  type Judged,
  KINDS,
  type Kind,
  type NamedState,
  toldKind,
} from './verdict.ts';
import { isMaybeOurLine } from './why.ts';
import type { PageWords } from './words.ts';

/** The properties of a component from which advice is made. */
export type Advised = NamedState & Pick<ComponentView, 'maintenance'>;

/**
 * What to do now: one line for each kind of trouble there is, worst first, each with the functions
 * that it is about unless there is one line only.
 */
export function advice(
  { verdict, measured_at }: Judged,
  components: readonly Advised[],
  words: PageWords,
): string[] {
  if (isBeginning({ measured_at }, components)) return [words.text('advice.never_measured')];
  if (verdict.code === 'nothing_measured') return [words.text('advice.unknown')];
  if (verdict.code === 'all_operational') return [whereAllIsWell(components, words)];
  const groups = troublesByAdvice(components, words);
  const submitted = components.some(isTempting) ? [words.text('advice.submitted')] : [];
  const [[only, about] = ['', []], second] = groups;
  if (second === undefined && !about.some(({ state }) => state === 'unknown'))
    return [[only, ...submitted].join(words.text('sentence.separator'))];
  const lines = groups.map(([sentence, its]) => {
    const functions = words.list(functionNames(its, components, words));
    return words.text('advice.for', { functions, advice: sentence });
  });
  return [...lines, ...submitted];
}

function whereAllIsWell(components: readonly Advised[], words: PageWords): string {
  const well = wellOfAll(components);
  if (well === 'normal') return words.text('advice.operational');
  if (well === 'quiet') return words.text('advice.all_quiet');
  return words.text(well === 'answered' ? 'advice.all_answered' : 'advice.all_reachable');
}

/** What is not well, by what to do about it. */
function troublesByAdvice(
  components: readonly Advised[],
  words: PageWords,
): [sentence: string, about: Advised[]][] {
  const bad = KINDS.filter((kind) => kind !== 'answered' && kind !== 'quiet');
  const troubles = bad.flatMap((kind) =>
    components.filter((it) => toldKind(it) === kind).map((it) => ({ it, kind })),
  );
  const by_sentence = Map.groupBy(troubles, ({ it, kind }) => sentenceFor(it, kind, words));
  return [...by_sentence].map(([sentence, its]) => [sentence, its.map(({ it }) => it)]);
}

type Trouble = Exclude<Kind, 'operational' | 'answered' | 'quiet'>;

function sentenceFor(view: Advised, kind: Trouble, words: PageWords): string {
  if (isMaybeOurLine(view)) return words.text('advice.maybe_our_line');
  if (kind === 'under_maintenance') return maintenanceAdvice(view, words);
  if (view.function === 'sync' && LATE.includes(kind)) return words.text('advice.sync');
  return words.text(`advice.${kind}`);
}

/** Disturbances of a sync that say no more than that invoices come late or not. */
const LATE: readonly Kind[] = ['outage', 'partial_outage', 'some_users', 'degraded', 'slow'];

/** Until when it is announced, while it lasts; and that it can be used, where that is measured. */
function maintenanceAdvice({ maintenance, notes }: Advised, words: PageWords): string {
  const is_usable = measuredMeanwhile(notes) === 'operational';
  const what = words.text(is_usable ? 'advice.maintenance_usable' : 'advice.under_maintenance');
  if (maintenance?.status !== 'in_progress') return what;
  const until = words.appointmentToday(maintenance.announced_until);
  return words.text('advice.maintenance_until', { until, advice: what });
}

/** Functions whose disturbance tempts people to submit the same invoice twice. */
const SUBMITTING: readonly InvoiceFunction[] = ['apply', 'issue', 'upload'];

function isTempting(view: Advised): boolean {
  const kind = toldKind(view);
  return SUBMITTING.includes(view.function) && (isAilment(kind) || kind === 'under_maintenance');
}

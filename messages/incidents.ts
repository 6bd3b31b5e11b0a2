import { AILMENTS, type Ailment, isAilment } from '../model/ailment.ts';
import { heldBack } from '../model/incident/telling.ts';
import { ailmentsOf, type StatusNow, statusNow } from '../model/incident/told.ts';
import type {
  AffectedComponent,
  AffectedFunction,
  Incident,
  IncidentStatus,
  IncidentUpdate,
  IncidentWithUpdates,
  UpdateCode,
} from '../model/incident.ts';
import type { BadTime } from '../model/ledger.ts';
import { type EpochMs, functionOf, type Localized } from '../model/vocabulary.ts';
import { lengthText } from './lasted.ts';
import { claimText } from './why.ts';
import type { PageWords } from './words.ts';

/** Display names in an incident. */
export interface IncidentNames {
  system_name: Localized;
  /** Of the only line that it was seen from; null when it is not said. */
  line_name: Localized | null;
}

interface Titled extends Pick<Incident, 'title' | 'maybe_our_line'> {
  status: IncidentStatus;
  affected: readonly AffectedFunction[];
  /** By the ledger; null: it knows of nothing. */
  bad_time: BadTime | null;
  /** When what was told of it was corrected last. */
  corrected_at?: EpochMs | null;
}

/** Statuses in which all of it was measured to be well. */
const OVER: readonly StatusNow[] = ['monitoring', 'resolved', 'postmortem'];

/**
 * An incident's title, by how each of its functions is disturbed, with what limits it:
 * 北京电子发票系统：下载中断 · 同步停滞（从电信测）; once they are well in the past tense, with the length:
 * 下载曾中断 1 分 36 秒. While it is not known whether it is over, neither is said:
 * 下载曾中断，现在情况不明.
 */
export function incidentTitle(incident: Titled, names: IncidentNames, words: PageWords): string {
  return titleOf(what(incident, words), incident, names, words);
}

/** The title of an update: what changed with it, else that of its incident. */
export function updateTitle(
  update: IncidentUpdate,
  incident: Titled,
  names: IncidentNames,
  words: PageWords,
): string {
  const changes = CHANGING.includes(update.code) ? changesOf(update.affected, words) : [];
  const told = changes.length > 0 ? joined(changes, words) : what(incident, words);
  return titleOf(told, incident, names, words);
}

/** Codes of updates that say how something changed that was told before. */
const CHANGING: readonly UpdateCode[] = ['worse', 'better', 'joined'];

function titleOf(
  told: string,
  { maybe_our_line }: Titled,
  { system_name, line_name }: IncidentNames,
  words: PageWords,
): string {
  const title = words.text('incident.title', { system: words.name(system_name), what: told });
  const seen_from = line_name === null ? null : words.name(line_name);
  return claimText(title, { maybe_our_line, seen_from }, words);
}

/** What the title says of one of its functions: 下载曾中断 1 分 36 秒. */
export function functionClause(
  affected: AffectedFunction,
  incident: Titled,
  words: PageWords,
): string {
  return what({ ...incident, affected: [affected] }, words);
}

function what(incident: Titled, words: PageWords): string {
  const { affected, bad_time, corrected_at = null, status } = incident;
  // What was told of it is taken back.
  if (bad_time === null && corrected_at !== null)
    return words.text('incident.withdrawn', { functions: functionsText(affected, words) });
  const failing = affected.filter(({ now }) => isAilment(now));
  const unknown = affected.filter(({ now }) => now === 'unknown');
  if (OVER.includes(statusNow({ status, affected })))
    return joined(pastClauses(affected, incident, words), words);
  const present = [
    ...groupedBy(failing, ({ now }) => now).map(([ailment, its]) => nowClause(ailment, its, words)),
    ...groupedBy(unknown, (it) => worstOf(it, incident)).map(([ailment, its]) =>
      words.text('incident.unclear', { was: wasClause(ailment, its, words) }),
    ),
  ];
  const told = present.length > 0 ? present : pastClauses(affected, incident, words);
  return joined(told, words);
}

/** How one function is disturbed: 下载中断. */
export function disturbedText(component: string, ailment: Ailment, words: PageWords): string {
  return nowClause(ailment, [{ component }], words);
}

/** How one function was disturbed, and for how long: 下载曾中断 1 分 36 秒. */
export function wasDisturbedText(
  component: string,
  { ailment, bad_time }: { ailment: Ailment; bad_time: BadTime | null },
  words: PageWords,
): string {
  const worst = bad_time?.ailments[0] ?? ailment;
  return withLength(wasClause(worst, [{ component }], words), bad_time, words);
}

function pastClauses(
  affected: readonly AffectedFunction[],
  incident: Titled,
  words: PageWords,
): string[] {
  return groupedBy(affected, (it) => worstOf(it, incident)).map(([ailment, its]) => {
    const was = wasClause(ailment, its, words);
    const [only, second] = its;
    return only && !second ? withLength(was, only.bad_time, words) : was;
  });
}

/** A length is that of an outage only where it was nothing less meanwhile. */
function withLength(was: string, bad_time: BadTime | null, words: PageWords): string {
  if (bad_time === null || bad_time.ailments.length > 1 || bad_time.end === 'lasting') return was;
  const length = lengthText(bad_time, words);
  return bad_time.parts === 1 && bad_time.end === 'seen'
    ? words.text('incident.was_for', { was, duration: length })
    : words.text('text.with_aside', { text: was, aside: length });
}

/** The worst of a function by the ledger, else of the incident as it was told. */
function worstOf({ bad_time }: AffectedFunction, { title }: Titled): Ailment {
  return bad_time?.ailments[0] ?? AILMENT_OF_TITLE[title];
}

const AILMENT_OF_TITLE: Record<Incident['title'], Ailment> = {
  outage: 'outage',
  partial_outage: 'partial_outage',
  degraded: 'slow',
};

/** What changed, function by function: 下载由中断转为部分中断. */
function changesOf(affected: readonly AffectedComponent[], words: PageWords): string[] {
  return affected.map((it) => {
    const { from, to } = ailmentsOf(it);
    const functions = functionsText([it], words);
    if (it.by_then !== undefined) {
      const is_maintained = it.by_then === 'under_maintenance';
      return words.text(is_maintained ? 'incident.maintained' : 'incident.unknown', { functions });
    }
    if (to !== null && from !== null) {
      const names = { from: words.text(`ailment.${from}`), to: words.text(`ailment.${to}`) };
      return words.text('incident.changed', { functions, ...names });
    }
    if (to !== null) return nowClause(to, [it], words);
    if (it.to === 'operational') return words.text('incident.well', { functions });
    const is_maintained = it.to === 'under_maintenance';
    return words.text(is_maintained ? 'incident.maintained' : 'incident.unknown', { functions });
  });
}

type Affected = Pick<AffectedComponent, 'component'>;

function nowClause(ailment: Ailment, its: readonly Affected[], words: PageWords): string {
  return words.text(`incident.now.${ailment}`, namedFunctions(its, words));
}

function wasClause(ailment: Ailment, its: readonly Affected[], words: PageWords): string {
  return words.text(`incident.was.${ailment}`, namedFunctions(its, words));
}

/** With their number, by which some languages choose the verb. */
function namedFunctions(its: readonly Affected[], words: PageWords) {
  return { functions: functionsText(its, words), n: its.length };
}

function functionsText(its: readonly Affected[], words: PageWords): string {
  return words.list(its.map(({ component }) => words.text(`function.${functionOf(component)}`)));
}

/** By how they are or were disturbed, the worst first. */
function groupedBy<T extends Affected>(
  its: readonly T[],
  ailmentIn: (it: T) => AffectedFunction['now'],
): [Ailment, T[]][] {
  return AILMENTS.flatMap((ailment): [Ailment, T[]][] => {
    const same = its.filter((it) => ailmentIn(it) === ailment);
    return same.length === 0 ? [] : [[ailment, same]];
  });
}

function joined(clauses: readonly string[], words: PageWords): string {
  return clauses.join(words.text('incident.separator'));
}

/** Codes of updates that say that something is disturbed. */
const DISTURBING: readonly UpdateCode[] = ['opened', 'joined', 'worse', 'reopened'];

/** The text of an update: a person's own, or the rendered code with the affected components. */
export function updateBody(
  update: IncidentUpdate,
  {
    maybe_our_line,
    bad_time,
    updates,
  }: Pick<Titled, 'maybe_our_line' | 'bad_time'> & Pick<IncidentWithUpdates, 'updates'>,
  words: PageWords,
): string {
  const body = bodyOf(update, words);
  const held_back = update.code === 'still' ? heldBack(updates, update) : 0;
  const more = [
    ...(held_back > 0 ? [words.text('update.held_back', { n: held_back })] : []),
    ...(maybe_our_line && DISTURBING.includes(update.code)
      ? [words.text('update.maybe_our_line')]
      : []),
    ...(update.code === 'resolved' && bad_time !== null && bad_time.end !== 'lasting'
      ? [words.text('update.length', { length: lengthText(bad_time, words) })]
      : []),
  ];
  return [body, ...more].join(words.text('sentence.separator'));
}

/** What was well only before that is no recovery by now. */
function bodyOf({ code, text, affected }: IncidentUpdate, words: PageWords): string {
  if (code === 'text') return text ?? '';
  if (code !== 'recovered') return bodyWith(code, affected, words);
  const lasting = affected.filter(({ by_then }) => by_then === undefined);
  const passed = affected.filter(({ by_then }) => by_then !== undefined);
  if (passed.length === 0) return bodyWith(code, lasting, words);
  const before = bodyWith('recovered_before', passed, words);
  if (lasting.length === 0) return before;
  return [bodyWith(code, lasting, words), before].join(words.text('sentence.separator'));
}

function bodyWith(
  code: Exclude<UpdateCode, 'text'> | 'recovered_before',
  affected: readonly AffectedComponent[],
  words: PageWords,
): string {
  const changes = affected.map((it) => changeText(it, words));
  return words.text(`update.${code}`, {
    affected: changes.length > 0 ? words.list(changes) : words.text('update.not_recorded'),
  });
}

function changeText(it: AffectedComponent, words: PageWords): string {
  const { from, to } = ailmentsOf(it);
  const text = words.text('update.affected', {
    function: words.text(`function.${functionOf(it.component)}`),
    from: words.text(from === null ? `state.${it.from}` : `ailment.${from}`),
    to: words.text(to === null ? `state.${it.to}` : `ailment.${to}`),
  });
  if (it.by_then === undefined) return text;
  return words.text('text.with_aside', { text, aside: words.text(`update.then.${it.by_then}`) });
}

/** That what is told of it now was told otherwise before; null: it was not. */
export function correctionText(at: EpochMs | null, words: PageWords): string | null {
  return at === null ? null : words.text('incident.corrected', { time: words.dateTime(at) });
}

import { html, nothing, type TemplateResult } from 'lit';
import { runsText } from '../../../messages/figures.ts';
import {
  advice,
  isBeginning,
  mainSentences,
  type PageWords,
  stateName,
  verdictClauses,
} from '../../../messages/index.ts';
import type { ComponentView, Headline, OwnTroubleView, TaskView } from '../../../model/overview.ts';
import { SEVERITY } from '../../../model/severity.ts';
import type { EpochMs, Localized } from '../../../model/vocabulary.ts';
import { stateIcon } from './icons.ts';
import { ownTroubleNotice } from './own-trouble.ts';
import { ago, timeElement } from './time.ts';

/** Inputs of the headline. */
export interface HeadlineParts {
  components: readonly ComponentView[];
  /** Names of the lines. */
  lines: readonly Localized[];
  /** What is wrong with ourselves now. */
  own_troubles: readonly OwnTroubleView[];
}

/** The headline: verdict, problems, advice, our own troubles, validity, and each task. */
export function headline(
  headline: Headline,
  { components, lines, own_troubles }: HeadlineParts,
  words: PageWords,
): TemplateResult {
  const { verdict, tasks } = headline;
  const clauses = verdictClauses(headline, components, words);
  return html`<h1>${stateIcon(verdict.state)}<span
      aria-live="polite">${clauses.map((clause) => html`${clause}<wbr>`)}</span></h1>
    ${troubles(toldOf(headline, components), words)}
    <p class="advice">${advice(headline, components, words)}</p>
    ${ownTroubleNotice(own_troubles, words)}
    ${freshness(headline, { components, lines }, words)}
    ${taskList(tasks, words)}`;
}

/** Number of components explained in the headline; others are explained at their own place. */
const TROUBLES_SHOWN = 3;

function troubles(components: readonly ComponentView[], words: PageWords) {
  const disturbed = components
    .filter((it) => it.state !== 'operational' && isWorthTelling(it))
    .sort((a, b) => weight(a) - weight(b));
  if (disturbed.length === 0) return nothing;
  const shown = disturbed.slice(0, TROUBLES_SHOWN);
  // What is the same of several is said once.
  const reasons = [...new Set(shown.map((it) => reasonOf(it, words)))];
  const items = reasons.map((why) => {
    const its = shown.filter((it) => reasonOf(it, words) === why);
    return trouble(its, why, words);
  });
  return html`<ul class="troubles">${items}</ul>`;
}

function reasonOf(view: ComponentView, words: PageWords): string {
  return mainSentences(view, words).join(words.text('sentence.separator'));
}

/** Where nothing is known, only reasons that differ are worth a line of their own. */
function toldOf({ verdict }: Headline, components: readonly ComponentView[]) {
  return verdict.code === 'nothing_measured'
    ? components.filter(({ notes }) => notes.some(({ code }) => code === 'not_judged'))
    : components;
}

/** That nothing came yet is told once, by the verdict. */
function isWorthTelling({ notes }: ComponentView): boolean {
  return notes.some(({ code }) => code !== 'never_measured');
}

function trouble(views: readonly ComponentView[], why: string, words: PageWords) {
  const links = views.map((view, n) => {
    const what = `${words.name(view.system_name)} · ${words.text(`function.${view.function}`)}`;
    const separator = n === 0 ? nothing : words.text('list.separator');
    return html`${separator}<a href="#${view.id}">${what}</a>`;
  });
  return html`<li>${links} ${why}</li>`;
}

/** Worst first; unknown last. */
function weight({ state }: ComponentView): number {
  const rank = SEVERITY.indexOf(state);
  return rank < 0 ? SEVERITY.length : rank;
}

function freshness(
  { measured_at, valid_until, recent }: Headline,
  { components, lines }: Pick<HeadlineParts, 'components' | 'lines'>,
  words: PageWords,
) {
  const { text } = words;
  const never = isBeginning({ measured_at }, components) ? 'never' : 'never_judged';
  const facts = [
    measured_at === null
      ? html`<span>${text(`measured.${never}`)}</span>`
      : measuredAt(measured_at, valid_until === null, words),
    valid_until === null
      ? nothing
      : html`<span>${text('measured.until', { time: words.clock(valid_until) })}</span>`,
    recent === null ? nothing : html`<span>${runsText(recent, words)}</span>`,
    lines.length === 0
      ? nothing
      : html`<span>${text('measured.lines', { lines: words.list(lines.map(words.name)) })}</span>`,
    html`<span>${words.zone()}</span>`,
  ];
  return html`<p class="freshness">${facts}</p>`;
}

/** `is_old`: may be of an earlier day. */
function measuredAt(at: EpochMs, is_old: boolean, words: PageWords): TemplateResult {
  const time = is_old ? words.dateTime(at) : words.clock(at);
  return html`${timeElement(at, words.text('measured.at', { time }))} ${ago(at)}`;
}

function taskList(tasks: readonly TaskView[], words: PageWords) {
  if (tasks.length === 0) return nothing;
  return html`<h2 class="unseen">${words.text('page.tasks')}</h2>
    <ul class="tasks">${tasks.map((task) => {
      const [name, word] = [words.name(task.name), taskWord(task, words)];
      return html`<li>${stateIcon(task.state)}<b>${name}</b><span>${word}</span></li>`;
    })}</ul>`;
}

/**
 * The state of a task: an unknown part is always mentioned, and a reachable entry page is worded as
 * such.
 */
function taskWord(task: TaskView, words: PageWords): string {
  const { text } = words;
  if (task.reach_only && task.state === 'operational') {
    return text(task.answered_only ? 'task.answered_only' : 'task.reach_only');
  }
  const notes = task.note === null ? [] : [task.note];
  const state = stateName({ state: task.state, notes }, words);
  return task.unknown > 0 && task.state !== 'unknown'
    ? text('task.partly_unknown', { state })
    : task.unknown > 0 && task.unknown < task.components
      ? text('task.some_unknown')
      : state;
}

import { html, nothing, type TemplateResult } from 'lit/html.js';
import { runsText, toldText } from '../../../messages/figures.ts';
import {
  advice,
  isBeginning,
  mainSentences,
  type PageWords,
  taskText,
  verdictClauses,
} from '../../../messages/index.ts';
import { isOnlyTold } from '../../../model/component.ts';
import type { ComponentView, Headline, OwnTroubleView, TaskView } from '../../../model/overview.ts';
import { SEVERITY } from '../../../model/severity.ts';
import type { EpochMs, Localized } from '../../../model/vocabulary.ts';
import { stateIcon } from './icons.ts';
import { ownTroubleNotice } from './own-trouble.ts';
import { recoveryList } from './recovered.ts';
import { ago, timeElement } from './time.ts';

/** Inputs of the headline. */
export interface HeadlineParts {
  components: readonly ComponentView[];
  /** Names of the lines. */
  lines: readonly Localized[];
  /** What is wrong with ourselves now. */
  own_troubles: readonly OwnTroubleView[];
}

/**
 * The headline: verdict, problems, what is well again, advice, our own troubles, validity, and each
 * task.
 */
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
    ${recoveryList(components, words)}
    ${adviceLines(advice(headline, components, words))}
    ${ownTroubleNotice(own_troubles, words)}
    ${freshness(headline, { components, lines }, words)}
    ${taskList(tasks, words)}`;
}

function adviceLines(lines: readonly string[]): TemplateResult {
  return lines.length === 1
    ? html`<p class="advice">${lines}</p>`
    : html`<ul class="advice">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

/** Number of reasons that are seen at once; the rest unfolds. */
const REASONS_SHOWN = 3;

function troubles(components: readonly ComponentView[], words: PageWords) {
  const disturbed = components
    .filter((it) => it.state !== 'operational' && isWorthTelling(it))
    .sort((a, b) => weight(a) - weight(b));
  if (disturbed.length === 0) return nothing;
  // What is the same of several is said once.
  const by_reason = Map.groupBy(disturbed, (it) => reasonOf(it, words));
  const items = [...by_reason].map(([why, its]) => trouble(its, why, words));
  const more = items.slice(REASONS_SHOWN);
  return html`<ul class="troubles">${items.slice(0, REASONS_SHOWN)}</ul>
    ${
      more.length === 0
        ? nothing
        : html`<details class="more">
            <summary>${words.text('troubles.more', { n: more.length })}</summary>
            <ul class="troubles">${more}</ul></details>`
    }`;
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
  return html`<li>${links}${words.text('fact.separator')}${why}</li>`;
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
  const is_told = components.length > 0 && components.every(isOnlyTold);
  const never = isBeginning({ measured_at }, components) ? 'never' : 'never_judged';
  const facts = [
    measured_at === null
      ? html`<span>${text(`measured.${never}`)}</span>`
      : measuredAt(measured_at, { is_old: valid_until === null, is_told }, words),
    valid_until === null
      ? nothing
      : html`<span>${text('measured.until', { time: words.clockToday(valid_until) })}</span>`,
    recent === null || recent.n === 0 ? nothing : html`<span>${runsText(recent, words)}</span>`,
    recent === null || recent.told === 0 ? nothing : html`<span>${toldText(recent, words)}</span>`,
    lines.length === 0 || is_told
      ? nothing
      : html`<span>${text('measured.lines', { lines: words.list(lines.map(words.name)) })}</span>`,
    html`<span>${words.zone()}</span>`,
  ];
  return html`<p class="freshness">${facts}</p>`;
}

/** `is_old`: may be of an earlier day; `is_told`: by events alone. */
function measuredAt(
  at: EpochMs,
  { is_old, is_told }: { is_old: boolean; is_told: boolean },
  words: PageWords,
): TemplateResult {
  const time = is_old ? words.dateTime(at) : words.dateTimeSeconds(at);
  const [full, zone] = [words.inFull().dateTimeSeconds(at), words.zoneName(at)];
  const key = is_told ? 'measured.told_at' : 'measured.at';
  return html`${timeElement(at, words.text(key, { time }))} ${ago(at)}<span
    class="on-paper">${words.text('told.at', { time: full, zone })}</span>`;
}

function taskList(tasks: readonly TaskView[], words: PageWords) {
  if (tasks.length === 0) return nothing;
  return html`<h2 class="unseen">${words.text('page.tasks')}</h2>
    <ul class="tasks">${tasks.map((task) => {
      const [name, word] = [words.name(task.name), taskText(task, words)];
      return html`<li>${stateIcon(task.state)}<b>${name}</b><span>${word}</span></li>`;
    })}</ul>`;
}

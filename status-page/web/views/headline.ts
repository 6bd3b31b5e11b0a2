import { html, nothing, type TemplateResult } from 'lit';
import { advice, noteSentence, type PageWords, verdictClauses } from '../../../messages/index.ts';
import type { ComponentView, Headline, TaskView } from '../../../model/overview.ts';
import { SEVERITY } from '../../../model/severity.ts';
import type { Localized } from '../../../model/vocabulary.ts';
import { stateIcon } from './icons.ts';
import { ago, timeElement } from './time.ts';

/**
 * The answer: the verdict, what is wrong, what to do, how fresh it is, and each task in one word.
 */
export function headline({
  headline,
  components,
  lines,
  words,
}: {
  headline: Headline;
  components: readonly ComponentView[];
  lines: readonly Localized[];
  words: PageWords;
}): TemplateResult {
  return html`<h1>${stateIcon(headline.verdict.state)}<span aria-live="polite">${verdictClauses(headline, components, words).map((clause) => html`${clause}<wbr>`)}</span></h1>
    ${headline.verdict.code === 'nothing_measured' ? nothing : troubles(components, words)}
    <p class="advice">${advice(headline, words)}</p>
    ${freshness({ headline, lines, words })}
    ${taskList(headline.tasks, words)}`;
}

/**
 * How many components are explained beside the verdict; the others are explained in their own
 * place.
 */
const TROUBLES_SHOWN = 3;

function troubles(components: readonly ComponentView[], words: PageWords) {
  const disturbed = components
    .filter((it) => it.state !== 'operational' && it.measured_at !== null && it.notes.length > 0)
    .sort((a, b) => weight(a) - weight(b));
  if (disturbed.length === 0) return nothing;
  return html`<ul class="troubles">${disturbed
    .slice(0, TROUBLES_SHOWN)
    .map(
      (it) =>
        html`<li><a href="#${it.id}">${words.name(it.system_name)} · ${words.text(`function.${it.function}`)}</a> ${it.notes.slice(0, 1).map((note) => noteSentence(note, words, it.names))}</li>`,
    )}</ul>`;
}

/** The worst first; unknown last, as it may be nothing. */
function weight({ state }: ComponentView): number {
  const rank = SEVERITY.indexOf(state);
  return rank < 0 ? SEVERITY.length : rank;
}

function freshness({
  headline,
  lines,
  words,
}: {
  headline: Headline;
  lines: readonly Localized[];
  words: PageWords;
}) {
  const { measured_at, valid_until, recent } = headline;
  const { text } = words;
  const facts = [
    measured_at === null
      ? html`<span>${text('measured.never')}</span>`
      : html`${timeElement(measured_at, text('measured.at', { time: valid_until === null ? words.dateTime(measured_at) : words.clock(measured_at) }))} ${ago(measured_at)}`,
    valid_until === null
      ? nothing
      : html`<span>${text('measured.until', { time: words.clock(valid_until) })}</span>`,
    recent === null
      ? nothing
      : html`<span>${text('measured.runs', { n: recent.n, window: words.duration(recent.window_ms) })}</span>`,
    lines.length === 0
      ? nothing
      : html`<span>${text('measured.lines', { lines: words.list(lines.map(words.name)) })}</span>`,
    html`<span>${words.zone()}</span>`,
  ];
  return html`<p class="freshness">${facts}</p>`;
}

function taskList(tasks: readonly TaskView[], words: PageWords) {
  if (tasks.length === 0) return nothing;
  return html`<h2 class="unseen">${words.text('page.tasks')}</h2>
    <ul class="tasks">${tasks.map(
      (task) =>
        html`<li>${stateIcon(task.state)}<b>${words.name(task.name)}</b><span>${taskWord(task, words)}</span></li>`,
    )}</ul>`;
}

/**
 * A task in words: an unknown part is always mentioned, and an entry that answers is no more than
 * that.
 */
export function taskWord(task: TaskView, { text }: PageWords): string {
  if (task.reach_only && task.state === 'operational') return text('task.reach_only');
  const state = text(`state.${task.state}`);
  return task.unknown > 0 && task.state !== 'unknown'
    ? text('task.partly_unknown', { state })
    : task.unknown > 0 && task.unknown < task.components
      ? text('task.some_unknown')
      : state;
}

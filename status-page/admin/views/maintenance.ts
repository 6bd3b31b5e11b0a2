import { html, nothing, type TemplateResult } from 'lit';
import {
  accountingText,
  languageName,
  maintenanceUpdateBody,
  maintenanceUpdateStatus,
  recoveryTerm,
  scopeText,
  type Words,
} from '../../../messages/index.ts';
import { toldStatus } from '../../../model/maintenance/as-told.ts';
import {
  actionsOf,
  allows,
  type MaintenanceAction,
} from '../../../model/maintenance/life-cycle.ts';
import type { Maintenance, MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import { LOCALES, type Localized } from '../../../model/vocabulary.ts';
import { chosenScope } from '../../commands/scope.ts';
import { timeline } from '../../kit/views/timeline.ts';
import { seenText } from '../versions.ts';
import { type AdminPage, adminBase, type MaintenanceDetails } from '../view-models.ts';
import { changesSince } from './changes.ts';
import { formToken, hidden, textControl } from './controls.ts';
import { statusTag } from './list.ts';

/** One maintenance: status, available actions and updates. */
export function maintenanceDetailsPage(words: Words, view: MaintenanceDetails): AdminPage {
  const base = adminBase(words);
  const { maintenance, notice } = view;
  const title = words.name(maintenance.texts.title);
  return {
    title,
    path: `maintenances/${maintenance.id}`,
    main: html`<p><a href="${base}/">← ${words.text('maintenance_details.back')}</a></p>
      <h1>${title}</h1>
      <p>${statusTag(maintenance, words)} ${publicLink(maintenance, words)}</p>
      ${notice === null ? nothing : noticeOf(notice, view, words)}
      ${question(view, words)}
      ${actionLinks(maintenance, words)}
      ${facts(view, words)}
      ${allows(maintenance.status, 'comment') ? updateForm(view, words) : nothing}
      ${maintenance.status === 'draft' ? nothing : updateTimeline(maintenance, words)}`,
  };
}

function publicLink({ id, published_at }: Maintenance, words: Words) {
  if (published_at === null) return nothing;
  const href = words.href(`/${words.locale}/maintenances/${id}`);
  return html`<a href=${href}>${words.text('maintenance_details.public_page')}</a>`;
}

function noticeOf(
  { is, text }: NonNullable<MaintenanceDetails['notice']>,
  view: MaintenanceDetails,
  words: Words,
): TemplateResult {
  const { maintenance, changed } = view;
  if (changed === null) return html`<p class="message is-${is}" role="status">${text}</p>`;
  return html`<div class="message is-${is}" role="alert"><p>${text}</p>
    ${changesSince(maintenance, changed.opened, { ...view, words })}</div>`;
}

/** What only a person can say: whether it is over. */
function question({ maintenance, works_since, now }: MaintenanceDetails, words: Words) {
  const { text } = words;
  const is_overrun = maintenance.status === 'overrun';
  if (works_since === null && !is_overrun) return nothing;
  const duration = words.duration(now - (works_since ?? now));
  const works = works_since === null ? [] : [text('maintenance_details.works_since', { duration })];
  const overrun = is_overrun ? [text('maintenance_details.overrun')] : [];
  const asked = [...overrun, ...works, text('maintenance_details.is_it_over')];
  return html`<p class="message is-question">${asked.join(text('sentence.separator'))}</p>`;
}

function actionLinks(maintenance: Maintenance, words: Words): TemplateResult {
  const at = `${adminBase(words)}/maintenances/${maintenance.id}`;
  const actions = actionsOf(maintenance.status);
  if (actions.length === 0) {
    const why = toldStatus(maintenance) === 'passed' ? 'passed' : 'no_actions';
    return html`<p class="empty">${words.text(`maintenance_details.${why}`)}</p>`;
  }
  const link = (name: MaintenanceAction | 'edit', style: string) =>
    html`<a class="button${style}" href="${at}/${name}">${words.text(`action.${name}`)}</a>`;
  return html`<nav class="buttons" aria-label=${words.text('maintenance_details.actions')}>
    ${actions.map((action, i) =>
      link(action, action === 'cancel' ? ' danger' : i === 0 ? ' primary' : ' '),
    )}${allows(maintenance.status, 'revise') ? link('edit', '') : nothing}</nav>`;
}

function facts(view: MaintenanceDetails, words: Words): TemplateResult {
  const { text, appointment } = words;
  const { maintenance, groups } = view;
  const { texts, announced_from, announced_until, published_at } = maintenance;
  const scope = scopeText(chosenScope(groups, maintenance.components), words);
  const announced = words.periodInZone(announced_from, announced_until);
  const revision = words.number(maintenance.revision);
  const recovery = text(`maintenance.${recoveryTerm(maintenance, words)}`);
  return html`<dl class="facts">
    ${fact(text('maintenance.scope'), scope)}
    ${fact(text('maintenance_details.announced'), announced)}
    ${fact(recovery, appointment(maintenance.expected_recovery_at))}
    ${fact(text('maintenance.actual'), actualTime(maintenance, words))}
    ${fact(
      text('maintenance_details.published'),
      published_at === null
        ? null
        : text('maintenance_details.published_about', {
            time: appointment(published_at),
            revision,
          }),
    )}
    ${fact(text('maintenance.accounting'), accountingFact(view, words))}
    ${fact(text('maintenance_details.title'), inEachLanguage(texts.title))}
    ${fact(text('maintenance_details.description'), inEachLanguage(texts.description))}
    ${fact(text('maintenance.stays_open'), inEachLanguage(texts.stays_open))}
    ${fact(text('maintenance.workaround'), inEachLanguage(texts.workaround))}
  </dl>`;
}

/** Omitted when null. */
function fact(term: string, value: unknown) {
  return value === null ? nothing : html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
}

function inEachLanguage(text: Localized | null) {
  if (text === null) return null;
  return LOCALES.filter((it) => text[it]).map(
    (it) => html`<p class="words" lang=${it}>${text[it]}</p>`,
  );
}

function actualTime({ actual_from, actual_until }: Maintenance, words: Words): string | null {
  if (actual_from === null) return null;
  return actual_until === null
    ? words.text('maintenance.actual_from', { from: words.appointment(actual_from) })
    : words.period(actual_from, actual_until);
}

/** How its time counts; for drafts, as if published now. */
function accountingFact(details: MaintenanceDetails, words: Words): string | null {
  const { maintenance, accounting, groups, now } = details;
  if (maintenance.status === 'cancelled') return null;
  if (accounting !== null)
    return accountingText(maintenance, accounting, (it) => chosenScope(groups, it), words);
  const notice = words.duration(maintenance.notice_ms);
  const lead_ms = maintenance.announced_from - now;
  if (lead_ms <= 0) return words.text('maintenance.announced_late', { notice });
  const lead = words.duration(lead_ms);
  if (lead_ms < maintenance.notice_ms)
    return words.text('maintenance_details.would_be_late', { lead, notice });
  return words.text('maintenance_details.would_be_in_time', { lead });
}

function updateForm(details: MaintenanceDetails, words: Words) {
  const { maintenance, form_token, draft, input_locales } = details;
  const base = adminBase(words);
  return html`<section aria-labelledby="update"><h2 id="update">${words.text('form.update')}</h2>
    <form method="post" action="${base}/maintenances/${maintenance.id}/updates" class="sheet"
      novalidate>
      ${formToken(form_token)}${hidden('seen', seenText(maintenance))}${hidden('key', draft.key)}
      <p class="hint">${words.text('form.update_hint')}</p>
      <div class="pair">${input_locales.map((locale) =>
        textControl({
          name: `text.${locale}`,
          label: languageName(locale),
          lang: locale,
          value: draft.text[locale],
          problem: draft.problems[`text.${locale}`],
        }),
      )}</div>
      <p class="buttons"><button>${words.text('form.update_submit')}</button></p>
    </form></section>`;
}

function updateTimeline(maintenance: MaintenanceWithUpdates, words: Words): TemplateResult {
  const entries = maintenance.updates.toReversed().map((update) => ({
    at: update.created_at,
    status: maintenanceUpdateStatus(update, maintenance, words),
    body: html`<p class="words">${maintenanceUpdateBody(update, words)}</p>`,
  }));
  return html`<section aria-labelledby="timeline">
    <h2 id="timeline">${words.text('maintenance.timeline')}</h2>
    ${timeline(entries, words)}</section>`;
}

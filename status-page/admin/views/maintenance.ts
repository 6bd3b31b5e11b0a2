import { html, nothing, type TemplateResult } from 'lit';
import {
  languageName,
  maintenanceUpdateBody,
  scopeText,
  type Words,
} from '../../../messages/index.ts';
import { actionsOf, allows } from '../../../model/maintenance/life-cycle.ts';
import type { Maintenance, MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import { LOCALES, type Localized } from '../../../model/vocabulary.ts';
import { chosenScope } from '../../commands/scope.ts';
import { timeElement } from '../../web/views/time.ts';
import { type AdminPage, adminBase, type MaintenanceDetails } from '../view-models.ts';
import { formToken, textControl } from './controls.ts';
import { statusTag } from './list.ts';

/** One maintenance: how it stands, what can be done, what was said. */
export function maintenanceDetailsPage(words: Words, view: MaintenanceDetails): AdminPage {
  const base = adminBase(words);
  const { maintenance, notice } = view;
  const title = words.name(maintenance.texts.title);
  return {
    title,
    path: `maintenances/${maintenance.id}`,
    main: html`<p><a href="${base}/">← ${words.text('window.back')}</a></p>
      <h1>${title}</h1>
      <p>${statusTag(maintenance, words)} ${
        maintenance.published_at === null
          ? nothing
          : html`<a href="/${words.locale}/maintenances/${maintenance.id}">${words.text('window.public_page')}</a>`
      }</p>
      ${notice === null ? nothing : html`<p class="message is-${notice.is}" role="status">${notice.text}</p>`}
      ${actionLinks(maintenance, words)}
      ${facts(view, words)}
      ${allows(maintenance.status, 'comment') ? updateForm(view, words) : nothing}
      ${maintenance.status === 'draft' ? nothing : timeline(maintenance, words)}`,
  };
}

function actionLinks(maintenance: Maintenance, words: Words): TemplateResult {
  const at = `${adminBase(words)}/maintenances/${maintenance.id}`;
  const actions = actionsOf(maintenance.status);
  if (actions.length === 0) return html`<p class="empty">${words.text('window.no_actions')}</p>`;
  return html`<nav class="buttons" aria-label=${words.text('window.actions')}>${actions.map(
    (action, i) =>
      html`<a class="button ${action === 'cancel' ? 'danger' : i === 0 ? 'primary' : ''}" href="${at}/${action}">${words.text(`action.${action}`)}</a>`,
  )}${allows(maintenance.status, 'revise') ? html`<a class="button" href="${at}/edit">${words.text('action.edit')}</a>` : nothing}</nav>`;
}

function facts(view: MaintenanceDetails, words: Words): TemplateResult {
  const { maintenance, groups } = view;
  const { texts, announced_from, announced_until, expected_recovery_at } = maintenance;
  const term = (name: string, text: unknown) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`;
  const both = (name: string, text: Localized | null) =>
    text === null
      ? nothing
      : term(
          name,
          LOCALES.filter((it) => text[it]).map(
            (it) => html`<p class="words" lang=${it}>${text[it]}</p>`,
          ),
        );
  const published_at = maintenance.published_at;
  return html`<dl class="facts">
    ${term(words.text('maintenance.scope'), scopeText(chosenScope(groups, maintenance.components), words))}
    ${term(words.text('window.announced'), `${words.period(announced_from, announced_until)} (${words.zoneName()})`)}
    ${term(words.text('maintenance.recovery'), words.appointment(expected_recovery_at))}
    ${maintenance.actual_from === null ? nothing : term(words.text('maintenance.actual'), actualTime(maintenance, words))}
    ${
      published_at === null
        ? nothing
        : term(
            words.text('window.published'),
            words.text('window.published_about', {
              time: words.appointment(published_at),
              revision: words.number(maintenance.revision),
            }),
          )
    }
    ${maintenance.status === 'cancelled' ? nothing : term(words.text('maintenance.accounting'), accounting(view, words))}
    ${both(words.text('window.title'), texts.title)}
    ${both(words.text('window.description'), texts.description)}
    ${both(words.text('maintenance.stays_open'), texts.stays_open)}
    ${both(words.text('maintenance.workaround'), texts.workaround)}
  </dl>`;
}

function actualTime({ actual_from, actual_until }: Maintenance, words: Words): string {
  if (actual_from === null) return '';
  return actual_until === null
    ? words.text('maintenance.actual_from', { from: words.appointment(actual_from) })
    : words.period(actual_from, actual_until);
}

/**
 * Whether its time counts as down: as it is counted, or of a draft, as it would be if it were
 * published now.
 */
function accounting(
  { maintenance: { announced_from, published_at, notice_ms }, excluded, now }: MaintenanceDetails,
  words: Words,
): string {
  const notice = words.duration(notice_ms);
  if (published_at === null) {
    const lead_ms = announced_from - now;
    const lead = words.duration(Math.max(0, lead_ms));
    if (lead_ms < notice_ms) return words.text('window.would_be_late', { lead, notice });
    return words.text('window.would_be_in_time', { lead });
  }
  return excluded === null
    ? words.text('maintenance.counted', { notice })
    : words.text('maintenance.excluded', { period: words.period(excluded.from, excluded.to) });
}

function updateForm(details: MaintenanceDetails, words: Words) {
  const { maintenance, form_token, draft, written } = details;
  const base = adminBase(words);
  return html`<section aria-labelledby="update"><h2 id="update">${words.text('form.update')}</h2>
    <form method="post" action="${base}/maintenances/${maintenance.id}/updates" class="sheet" novalidate>
      ${formToken(form_token)}<input type="hidden" name="key" value=${draft.key}>
      <p class="hint">${words.text('form.update_hint')}</p>
      <div class="pair">${written.map((locale) =>
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

function timeline({ updates }: MaintenanceWithUpdates, words: Words): TemplateResult {
  return html`<section aria-labelledby="timeline"><h2 id="timeline">${words.text('maintenance.timeline')}</h2>
    <ol class="timeline">${updates
      .toReversed()
      .map(
        (update) =>
          html`<li>${timeElement(update.created_at, words.dateTime(update.created_at))}<div><b>${words.text(`maintenance_status.${update.status}`)}</b><p class="words">${maintenanceUpdateBody(update, words)}</p></div></li>`,
      )}</ol></section>`;
}

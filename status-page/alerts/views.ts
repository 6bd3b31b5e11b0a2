import { html, nothing, type TemplateResult } from 'lit';
import { type AlertWords, alertText } from '../../messages/alerts.ts';
import type { Alert } from '../../model/alert.ts';
import type { Signer } from '../../model/ports.ts';
import { answeredText, openAlerts } from '../kit/views/open-alerts.ts';
import { timeElement } from '../web/views/time.ts';
import { LONGEST_NAME } from './name.ts';

export interface AlertPageParts {
  alert: Alert;
  /** null when there is nothing to acknowledge. */
  form: { token: string; is_refused: boolean } | null;
  /** All open alerts, newest first. */
  open: readonly Alert[];
  signer: Signer;
  context: AlertWords;
}

/** An alert, the form by which somebody says that she sees to it, and all that are open. */
export function alertPage({ alert, form, open, signer, context }: AlertPageParts): TemplateResult {
  const { text } = context.words;
  return html`<h1>${text(form ? 'acknowledge.title' : 'acknowledge.done_title')}</h1>
    ${summary(alert, context)}
    ${form ? acknowledgeForm(form, context) : answered(alert, context)}
    <section aria-labelledby="open"><h2 id="open">${text('alerts.title')}</h2>
      ${openAlerts({ alerts: open, signer, ...context })}</section>`;
}

/** Asks for the name of who sees to it. */
function acknowledgeForm(
  { token, is_refused }: NonNullable<AlertPageParts['form']>,
  { words }: AlertWords,
): TemplateResult {
  const { text, locale, href } = words;
  const action = href(`/${locale}/alerts/acknowledge?t=${token}`);
  const problem = is_refused
    ? html`<p class="problem" id="name-problem">${text('acknowledge.no_name', {
        limit: String(LONGEST_NAME),
      })}</p>`
    : nothing;
  return html`<p>${text('acknowledge.about')}</p>
    <form class="form" method="post" action=${action}>
      <p class="field"><label for="name">${text('acknowledge.name')}</label>
      ${problem}<input id="name" name="name" autocomplete="name" required
        aria-invalid=${is_refused ? 'true' : nothing}
        aria-describedby=${is_refused ? 'name-problem' : nothing}></p>
      <p><button class="primary">${text('alert.acknowledge')}</button></p></form>`;
}

/** That somebody sees to it, or that it is over. */
function answered(alert: Alert, context: AlertWords): TemplateResult {
  const { words } = context;
  const told =
    alert.resolved_at === null
      ? answeredText(alert, context)
      : words.text('acknowledge.over', { time: words.dateTime(alert.resolved_at) });
  return html`<p class="lead">${told}</p>`;
}

export function wrongLinkPage({ words }: AlertWords): TemplateResult {
  return html`<h1>${words.text('acknowledge.wrong_title')}</h1>
    <p class="lead">${words.text('acknowledge.wrong')}</p>`;
}

function summary(alert: Alert, context: AlertWords): TemplateResult {
  const { title, body } = alertText(alert, context);
  const { words } = context;
  const since = timeElement(alert.since, words.dateTime(alert.since));
  const { text } = words;
  const start = html`${text('alert.since')}${text('fact.separator')}${since}`;
  return html`<p class="lead"><b>${title}</b></p>
    <p>${body}${text('sentence.separator')}${start}</p>`;
}

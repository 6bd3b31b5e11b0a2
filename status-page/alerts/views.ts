import { html, nothing, type TemplateResult } from 'lit';
import { type AlertWords, alertText } from '../../messages/alerts.ts';
import type { Alert } from '../../model/alert.ts';
import { timeElement } from '../web/views/time.ts';

/** Asks for confirmation of the acknowledgement. */
export function acknowledgePage(alert: Alert, token: string, context: AlertWords): TemplateResult {
  const { words } = context;
  const action = `/${words.locale}/alerts/acknowledge?t=${token}`;
  return html`<h1>${words.text('acknowledge.title')}</h1>
    ${summary(alert, context)}
    <p>${words.text('acknowledge.about')}</p>
    <form class="form" method="post" action=${action}><p>
      <button class="primary">${words.text('alert.acknowledge')}</button></p></form>`;
}

/** The alert is acknowledged or resolved. */
export function acknowledgedPage(alert: Alert, context: AlertWords): TemplateResult {
  const { words } = context;
  const { acknowledged_at, resolved_at } = alert;
  const line = (key: 'acknowledge.done' | 'acknowledge.over', at: number | null) =>
    at === null
      ? nothing
      : html`<p class="lead">${words.text(key, { time: words.dateTime(at) })}</p>`;
  return html`<h1>${words.text('acknowledge.done_title')}</h1>
    ${summary(alert, context)}
    ${line('acknowledge.done', resolved_at === null ? acknowledged_at : null)}
    ${line('acknowledge.over', resolved_at)}`;
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

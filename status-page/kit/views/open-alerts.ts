import { html, type TemplateResult } from 'lit';
import { type AlertWords, alertText } from '../../../messages/alerts.ts';
import type { Words } from '../../../messages/index.ts';
import type { Alert } from '../../../model/alert.ts';
import { linkToken } from '../../../model/links.ts';
import type { Signer } from '../../../model/ports.ts';
import { timeElement } from '../../web/views/time.ts';

export interface OpenAlertsParts extends AlertWords {
  /** Newest first. */
  alerts: readonly Alert[];
  signer: Signer;
}

/** The alerts that are open, who sees to each, and the way to do so. Not for readers. */
export function openAlerts({ alerts, ...parts }: OpenAlertsParts): TemplateResult {
  const { text } = parts.words;
  if (alerts.length === 0) return html`<p class="empty">${text('alerts.none')}</p>`;
  return html`<ul class="open-alerts">${alerts.map((it) => item(it, parts))}</ul>`;
}

function item(alert: Alert, { signer, ...context }: Omit<OpenAlertsParts, 'alerts'>) {
  const { words } = context;
  const { text } = words;
  const since = timeElement(alert.since, words.dateTime(alert.since));
  return html`<li><a href=${acknowledgePath(alert, signer, words)}>${
    alertText(alert, context).title
  }</a>
    <p>${text('alert.since')}${text('fact.separator')}${since}</p>
    <p>${answeredText(alert, context)}</p></li>`;
}

/** Who sees to it and since when, or that nobody does. */
export function answeredText(alert: Alert, { words }: AlertWords): string {
  const { acknowledged_at, acknowledged_by } = alert;
  if (acknowledged_at === null) return words.text('alerts.unanswered');
  const time = words.dateTime(acknowledged_at);
  return acknowledged_by === null
    ? words.text('acknowledge.done', { time })
    : words.text('acknowledge.done_by', { time, name: acknowledged_by });
}

/** The page of an alert, by a signed link. */
function acknowledgePath({ id }: Alert, signer: Signer, { locale, href }: Words): string {
  const claim = { subject: id, nonce: '', expires_at: null, purpose: 'acknowledge' } as const;
  return href(`/${locale}/alerts/acknowledge?t=${linkToken(claim, signer)}`);
}

import { html } from 'lit';
import { type OpenAlertsParts, openAlerts } from '../../kit/views/open-alerts.ts';
import type { AdminPage } from '../view-models.ts';

/** The open alerts, with who sees to each. */
export function openAlertsPage(parts: OpenAlertsParts): AdminPage {
  const title = parts.words.text('alerts.title');
  return { title, path: 'alerts', main: html`<h1>${title}</h1>${openAlerts(parts)}` };
}

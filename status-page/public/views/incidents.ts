import { html, nothing, type TemplateResult } from 'lit';
import { incidentTitle, updateBody, type Words } from '../../../messages/index.ts';
import type { IncidentView, MaintenanceView } from '../../../model/overview.ts';
import { type Lists, listsVersion } from '../../serve/lists-version.ts';
import { maintenancePath, periodElement } from '../../web/views/maintenances.ts';
import { timeElement } from '../../web/views/time.ts';

/** What is happening now, each with its last words; nothing when nothing is. */
export function openIncidents(overview: Lists, words: Words): TemplateResult {
  return html`<section id="open-incidents" data-version=${listsVersion(overview)} aria-label=${words.text('incidents.open')}>${
    overview.open_incidents.length === 0
      ? nothing
      : html`<h2 class="unseen">${words.text('incidents.open')}</h2>${overview.open_incidents.map((it) => openIncident(it, words))}`
  }</section>`;
}

function openIncident(incident: IncidentView, words: Words): TemplateResult {
  const last = incident.updates.at(-1);
  return html`<article class="incident impact-${incident.impact}">
    <h3>${incidentTitle(incident, incident.system_name, words)}${simulatedTag(incident, words)}</h3>
    <p class="facts"><b>${words.text(`incident_status.${incident.status}`)}</b> · ${words.text('incident.impact', { impact: words.text(`impact.${incident.impact}`) })} · ${timeElement(incident.started_at, words.text('incidents.started', { time: words.dateTime(incident.started_at) }))}</p>
    ${last ? html`<p>${timeElement(last.created_at, words.dateTime(last.created_at))} ${updateBody(last, words)}</p>` : nothing}
    <p><a href=${incidentPath(incident, words)}>${words.text('incidents.details')}</a></p>
  </article>`;
}

/**
 * What happened in the days of the bars, maintenance too, newest first; that nothing happened is
 * said too.
 */
export function recentIncidents(lists: Lists, days: number, words: Words): TemplateResult {
  const rows = [
    ...lists.recent_incidents.map((it) => ({ at: it.started_at, row: incidentRow(it, words) })),
    ...lists.recent_maintenances.map((it) => ({
      at: it.announced_from,
      row: maintenanceRow(it, words),
    })),
  ].sort((a, b) => b.at - a.at);
  return html`<section class="recent" id="recent-incidents" aria-labelledby="recent-title">
    <h2 id="recent-title">${words.text('incidents.recent')}</h2>${
      rows.length === 0
        ? html`<p class="empty">${words.text('incidents.none', { days })}</p>`
        : html`<ol>${rows.map((it) => it.row)}</ol>`
    }
  </section>`;
}

function incidentRow(incident: IncidentView, words: Words): TemplateResult {
  return html`<li>${timeElement(incident.started_at, words.dateTime(incident.started_at))}<div><a href=${incidentPath(incident, words)}>${incidentTitle(incident, incident.system_name, words)}</a>${simulatedTag(incident, words)}<p class="lasted">${lasted(incident, words)}</p></div></li>`;
}

function maintenanceRow(maintenance: MaintenanceView, words: Words): TemplateResult {
  const { announced_from, texts, status } = maintenance;
  return html`<li>${timeElement(announced_from, words.dateTime(announced_from))}<div><a href=${maintenancePath(maintenance, words)}>${words.name(texts.title)}</a> <span class="tag">${words.text('maintenance.tag')}</span><p class="lasted">${words.text(`maintenance_status.${status}`)} · ${periodElement(maintenance, words)}</p></div></li>`;
}

/** "已解决 · 历时 3 小时 10 分", from the start of the disturbance to its end. */
export function lasted(incident: IncidentView, words: Words): string {
  const status = words.text(`incident_status.${incident.status}`);
  const end = incident.monitoring_at ?? incident.resolved_at;
  if (end === null) return status;
  const duration = words.duration(Math.max(0, end - incident.started_at));
  return `${status} · ${words.text('incidents.lasted', { duration })}`;
}

export function simulatedTag({ simulated }: IncidentView, words: Words) {
  return simulated ? html` <span class="tag">${words.text('incidents.simulated')}</span>` : nothing;
}

function incidentPath({ id }: IncidentView, { locale }: Words): string {
  return `/${locale}/incidents/${id}`;
}

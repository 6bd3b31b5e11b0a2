import { html, nothing, type TemplateResult } from 'lit';
import {
  incidentTitle,
  maintenanceStatus,
  ownTroubleName,
  updateBody,
  type Words,
} from '../../../messages/index.ts';
import { lastedText } from '../../../messages/lasted.ts';
import { firstMeasured, measuredSince } from '../../../model/figure.ts';
import { statusNow } from '../../../model/incident/told.ts';
import type { IncidentUpdate } from '../../../model/incident.ts';
import { toldTime } from '../../../model/maintenance/as-told.ts';
import { isUnderWay } from '../../../model/maintenance/life-cycle.ts';
import type {
  ComponentOverview,
  IncidentView,
  MaintenanceView,
  OwnTroubleView,
} from '../../../model/overview.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { type Lists, listsVersion } from '../../serve/lists-version.ts';
import { maintenancePath } from '../../web/views/component-maintenance.ts';
import { timeElement } from '../../web/views/time.ts';
import { periodElement } from './maintenances.ts';

/** Open incidents, each with its latest update; empty when there are none. */
export function openIncidents(overview: Lists, words: Words): TemplateResult {
  const { open_incidents } = overview;
  const title = words.text('incidents.open');
  return html`<section id="open-incidents" data-version=${listsVersion(overview)}
    aria-label=${title}>${
      open_incidents.length === 0
        ? nothing
        : html`<h2 class="unseen">${title}</h2>
            ${open_incidents.map((it) => openIncident(it, words))}`
    }</section>`;
}

function openIncident(incident: IncidentView, words: Words): TemplateResult {
  const title = incidentTitle(incident, incident, words);
  const status = statusText(incident, words);
  const last = incident.updates.at(-1);
  return html`<article class="incident impact-${incident.impact}">
    <h3>${title}${simulatedTag(incident, words)}</h3>
    <p class="facts"><b>${status}</b> · ${impactAndStart(incident, words)}</p>
    ${last ? latestUpdate(last, incident, words) : nothing}
    <p><a href=${incidentPath(incident, words)}>${words.text('incidents.details')}</a></p>
  </article>`;
}

function latestUpdate(update: IncidentUpdate, incident: IncidentView, words: Words) {
  const body = updateBody(update, incident, words);
  return html`<p>${timeOf(update.created_at, words)} ${body}</p>`;
}

/** Impact and start. */
export function impactAndStart({ impact, started_at }: IncidentView, words: Words): TemplateResult {
  const worst = words.text('incident.impact', { impact: words.text(`impact.${impact}`) });
  const start = words.text('incidents.started', { time: words.dateTime(started_at) });
  return html`${worst} · ${timeElement(started_at, start)}`;
}

function timeOf(at: EpochMs, words: Words): TemplateResult {
  return timeElement(at, words.dateTime(at));
}

/**
 * Incidents, maintenance and trouble of our own in the days of the bars, newest first; states so
 * when there are none.
 */
export function recentIncidents(
  lists: Lists,
  components: readonly ComponentOverview[],
  words: Words,
): TemplateResult {
  const rows = [
    ...lists.recent_incidents.map((it) => ({ at: it.started_at, row: incidentRow(it, words) })),
    ...lists.recent_maintenances.map((it) => ({
      at: toldTime(it).from,
      row: maintenanceRow(it, words),
    })),
    ...lists.recent_own_troubles.map((it) => ({ at: it.since, row: ownTroubleRow(it, words) })),
  ].sort((a, b) => b.at - a.at);
  return html`<section class="recent" id="recent-incidents" aria-labelledby="recent-title">
    <h2 id="recent-title">${words.text('incidents.recent')}</h2>${
      rows.length === 0
        ? html`<p class="empty">${noneText(lists, components, words)}</p>`
        : html`<ol>${rows.map((it) => it.row)}</ol>`
    }
  </section>`;
}

/** That there were none is said of the time in which we measured, and while there is none now. */
function noneText(
  { open_incidents, near_maintenances }: Lists,
  components: readonly ComponentOverview[],
  words: Words,
): string {
  if (open_incidents.length > 0 || near_maintenances.some(isUnderWay))
    return words.text('incidents.none_ended');
  const measured = firstMeasured(components.map((it) => it.history));
  if (measured === null || measured.known_from === null)
    return words.text('incidents.none_measured');
  const since = measuredSince(measured);
  return since === null
    ? words.text('incidents.none', { days: components[0]?.history.days.length ?? 0 })
    : words.text('incidents.none_since', { since: words.dateTime(since) });
}

function incidentRow(incident: IncidentView, words: Words): TemplateResult {
  const title = incidentTitle(incident, incident, words);
  return html`<li>${timeOf(incident.started_at, words)}<div>
    <a href=${incidentPath(incident, words)}>${title}</a>${simulatedTag(incident, words)}
    <p class="lasted">${resolutionText(incident, words)}</p></div></li>`;
}

function maintenanceRow(maintenance: MaintenanceView, words: Words): TemplateResult {
  const name = words.name(maintenance.texts.title);
  const title = html`<a href=${maintenancePath(maintenance, words)}>${name}</a>`;
  const tag = html`<span class="tag">${words.text('maintenance.tag')}</span>`;
  const state = maintenanceStatus(maintenance, words);
  return html`<li>${timeOf(toldTime(maintenance).from, words)}<div>${title} ${tag}<p
    class="lasted">${state} · ${periodElement(maintenance, words)}</p></div></li>`;
}

/** Trouble of our own that is over. */
function ownTroubleRow(trouble: OwnTroubleView, words: Words): TemplateResult {
  const { since, until, is_end_unseen = false } = trouble;
  const duration = words.duration(Math.max(0, (until ?? since) - since));
  const lasted = words.text('incidents.lasted', { duration });
  const over = words.text(is_end_unseen ? 'own.unseen' : 'own.over');
  return html`<li>${timeOf(since, words)}<div>${ownTroubleName(trouble, words)} <span
    class="tag">${words.text('own.tag')}</span><p
    class="lasted">${over} · ${lasted}</p></div></li>`;
}

/** "已解决 · 历时 3 小时 10 分钟", by the ledger, once it has been told to be over. */
export function resolutionText(incident: IncidentView, words: Words): string {
  const status = statusText(incident, words);
  const { bad_time } = incident;
  const is_over = incident.monitoring_at !== null || incident.resolved_at !== null;
  if (!is_over || bad_time === null || !isOver(incident)) return status;
  return `${status} · ${lastedText(bad_time, words)}`;
}

function isOver(incident: IncidentView): boolean {
  return ['monitoring', 'resolved', 'postmortem'].includes(statusNow(incident));
}

/** What it is now: 情况不明 where a function of it is unknown, whatever was said before. */
function statusText(incident: IncidentView, { text }: Words): string {
  return text(`incident_status.${statusNow(incident)}`);
}

export function simulatedTag({ simulated }: IncidentView, words: Words) {
  return simulated ? html` <span class="tag">${words.text('incidents.simulated')}</span>` : nothing;
}

function incidentPath({ id }: IncidentView, { locale, href }: Words): string {
  return href(`/${locale}/incidents/${id}`);
}

import { html, nothing, type TemplateResult } from 'lit';
import { incidentTitle, reasonText, updateBody, type Words } from '../../../messages/index.ts';
import type { PageSettings } from '../../../model/configuration.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { IncidentView } from '../../../model/overview.ts';
import { footer, topBar } from '../../kit/chrome.ts';
import { timeElement } from '../../web/views/time.ts';
import { lasted, simulatedTag } from './incidents.ts';

export interface IncidentPageParts {
  evidence: Evidence;
  page: PageSettings;
  words: Words;
}

/** One incident: what was said when, and the failed measurements behind it. */
export function incidentPage(
  incident: IncidentView,
  { evidence, page, words }: IncidentPageParts,
): TemplateResult {
  const { text } = words;
  return html`<div class="wrap">
    ${topBar(page, `incidents/${incident.id}`, words)}
    <main class="incident-page">
      <p><a href="/${words.locale}/">← ${text('incident.back')}</a></p>
      <h1>${incidentTitle(incident, incident.system_name, words)}${simulatedTag(incident, words)}</h1>
      <p class="facts"><b>${lasted(incident, words)}</b> · ${text('incident.impact', { impact: text(`impact.${incident.impact}`) })} · ${timeElement(incident.started_at, text('incidents.started', { time: words.dateTime(incident.started_at) }))}</p>
      <section aria-labelledby="timeline"><h2 id="timeline">${text('incident.timeline')}</h2>
        <ol class="timeline">${[...incident.updates]
          .reverse()
          .map(
            (update) =>
              html`<li>${timeElement(update.created_at, words.dateTime(update.created_at))}<div><b>${text(`incident_status.${update.status}`)}</b><p>${updateBody(update, words)}</p></div></li>`,
          )}</ol>
      </section>
      <section aria-labelledby="evidence"><h2 id="evidence">${text('incident.evidence')}</h2>${evidenceTable(evidence, words)}</section>
    </main>
    ${footer(page, words, { method: false })}
  </div>`;
}

function evidenceTable({ rows, cut_after, kept_ms }: Evidence, words: Words): TemplateResult {
  const { text } = words;
  if (rows.length === 0) {
    return html`<p class="empty">${text('incident.evidence_none', { duration: words.duration(kept_ms) })}</p>`;
  }
  return html`<p class="soft">${text('incident.evidence_about')}${
    cut_after === null ? nothing : html` ${text('incident.evidence_cut', { n: cut_after })}`
  }</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="evidence"><table>
      <thead><tr><th scope="col">${text('incident.minute')}</th><th scope="col">${text('incident.function')}</th><th scope="col">${text('incident.outcome')}</th><th scope="col">${text('incident.reason')}</th><th scope="col">${text('incident.count')}</th></tr></thead>
      <tbody>${rows.map(
        (row) =>
          html`<tr><th scope="row">${timeElement(row.minute, words.dateTime(row.minute))}</th><td>${text(`function.${row.function}`)}${row.check_name === null ? nothing : html` ${row.check_name}`}</td><td>${text(`outcome.${row.outcome}`)}</td><td>${reasonText(row.reason, null, words)}${row.detail === null ? nothing : html` <small>${row.detail}</small>`}</td><td>${words.number(row.count)}</td></tr>`,
      )}</tbody>
    </table></div>`;
}

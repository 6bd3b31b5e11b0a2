import { html, nothing, type TemplateResult } from 'lit';
import {
  correctionText,
  gapSentence,
  incidentTitle,
  reasonText,
  updateBody,
  type Words,
} from '../../../messages/index.ts';
import type { Gap } from '../../../model/component.ts';
import type { Evidence, EvidenceRow, WaitingEvidence } from '../../../model/evidence.ts';
import type { IncidentView, OwnTroubleView } from '../../../model/overview.ts';
import { timeline } from '../../kit/views/timeline.ts';
import { ownTroubleNotice } from '../../web/views/own-trouble.ts';
import { timeElement } from '../../web/views/time.ts';
import { affectedFunctions } from './affected-functions.ts';
import { impactAndStart, resolutionText, simulatedTag } from './incidents.ts';
import { waitingTable } from './waiting-table.ts';

export interface IncidentPageParts {
  evidence: Evidence;
  /** Of the syncs among its functions; null: there is none. */
  waiting: WaitingEvidence | null;
  /** While it lasted. */
  gaps: readonly Gap[];
  /** What is wrong with ourselves now. */
  own_troubles: readonly OwnTroubleView[];
}

/** One incident: its updates, what we did not see of it, and the failures behind it. */
export function incidentPage(
  incident: IncidentView,
  { evidence, waiting, gaps, own_troubles }: IncidentPageParts,
  words: Words,
): TemplateResult {
  const { text } = words;
  const title = incidentTitle(incident, incident, words);
  const updates = incident.updates.toReversed().map((update) => ({
    at: update.created_at,
    status: text(`incident_status.${update.status}`),
    body: html`<p>${updateBody(update, incident, words)}</p>`,
  }));
  const correction = correctionText(incident.corrected_at, words);
  return html`<h1>${title}${simulatedTag(incident, words)}</h1>
    <p class="facts">
      <b>${resolutionText(incident, words)}</b> · ${impactAndStart(incident, words)}</p>
    ${correction === null ? nothing : html`<p class="soft">${correction}</p>`}
    ${gaps.map((gap) => html`<p class="soft">${gapSentence(gap, words)}</p>`)}
    ${ownTroubleNotice(own_troubles, words)}
    ${affectedFunctions(incident, words)}
    <section aria-labelledby="timeline">
      <h2 id="timeline">${text('incident.timeline')}</h2>
      ${timeline(updates, words)}
    </section>
    ${waiting === null ? nothing : waitingTable(waiting, words)}
    ${isOfWaiting(evidence, waiting) ? nothing : failures(evidence, words)}`;
}

/** No measurement fails where a sync stands still: none of it has been kept, or is not any more. */
function isOfWaiting({ rows }: Evidence, waiting: WaitingEvidence | null): boolean {
  if (rows.length > 0 || waiting === null) return false;
  return waiting.is_of_syncs && waiting.rows.length > 0;
}

function failures(evidence: Evidence, words: Words): TemplateResult {
  return html`<section aria-labelledby="evidence">
      <h2 id="evidence">${words.text('incident.evidence')}</h2>
      ${evidenceTable(evidence, words)}
      ${
        evidence.has_own_traffic
          ? html`<p class="soft">${words.text('incident.evidence_own')}</p>`
          : nothing
      }
    </section>`;
}

const COLUMNS = ['minute', 'function', 'outcome', 'reason', 'count'] as const;

function evidenceTable({ rows, truncated_at, kept_ms }: Evidence, words: Words): TemplateResult {
  const { text } = words;
  const gone =
    kept_ms === null ? null : text('incident.evidence_gone', { duration: words.duration(kept_ms) });
  if (rows.length === 0)
    return html`<p class="empty">${gone ?? text('incident.evidence_none')}</p>`;
  return html`<p class="soft">${text('incident.evidence_about')}${
    truncated_at === null ? nothing : html` ${text('incident.evidence_cut', { n: truncated_at })}`
  }${gone === null ? nothing : html` ${gone}`}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="evidence"><table class="stacked">
      <thead><tr>${COLUMNS.map(
        (column) => html`<th scope="col">${text(`incident.${column}`)}</th>`,
      )}</tr></thead>
      <tbody>${rows.map((row) => evidenceRow(row, words))}</tbody>
    </table></div>`;
}

function evidenceRow(row: EvidenceRow, words: Words): TemplateResult {
  const { text } = words;
  const check = row.check_name === null ? nothing : html` <span>${row.check_name}</span>`;
  const details = [row.detail ?? [], row.notes.map((it) => text(`noticed.${it}`))].flat(2);
  const detail = details.map((it) => html` <small>${it}</small>`);
  return html`<tr>
    <th scope="row">${timeElement(row.minute, words.dateTime(row.minute))}</th>
    <td data-label=${text('incident.function')}>${text(`function.${row.function}`)}${check}</td>
    <td data-label=${text('incident.outcome')}>${text(`outcome.${row.outcome}`)}</td>
    <td data-label=${text('incident.reason')}>${reasonText(row.reason, null, words)}${detail}</td>
    <td data-label=${text('incident.count')}>${words.number(row.count)}</td>
  </tr>`;
}

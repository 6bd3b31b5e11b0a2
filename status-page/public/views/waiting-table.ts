import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { WaitingEvidence, WaitingRow } from '../../../model/evidence.ts';
import { timeElement } from '../../web/views/time.ts';

const COLUMNS = ['accepted', 'invoices', 'not_arrived', 'digests'] as const;

/** Which invoices waited since when; nothing where none did, unless they may be gone. */
export function waitingTable(waiting: WaitingEvidence, words: Words) {
  const { rows, kept_ms } = waiting;
  if (rows.length === 0 && kept_ms === null) return nothing;
  return html`<section aria-labelledby="waiting">
      <h2 id="waiting">${words.text('incident.waiting')}</h2>
      ${rows.length === 0 ? nothing : tableOf(waiting, words)}
      ${kept_ms === null ? nothing : keptFor(words.duration(kept_ms), words)}
    </section>`;
}

function keptFor(duration: string, { text }: Words): TemplateResult {
  return html`<p class="soft">${text('incident.waiting_kept', { duration })}</p>`;
}

function tableOf({ rows, is_open, truncated_at }: WaitingEvidence, words: Words): TemplateResult {
  const { text } = words;
  const about = text(is_open ? 'incident.waiting_about_open' : 'incident.waiting_about');
  const cut = truncated_at === null ? '' : text('incident.waiting_cut', { n: truncated_at });
  return html`<p class="soft">${about}${cut === '' ? nothing : html` ${cut}`}</p>
      <div class="scroll" tabindex="0" role="group" aria-labelledby="waiting">
        <table class="stacked">
        <thead><tr>${COLUMNS.map(
          (column) => html`<th scope="col">${text(`incident.${column}`)}</th>`,
        )}</tr></thead>
        <tbody>${rows.map((row) => waitingRow(row, words))}</tbody>
      </table></div>`;
}

function waitingRow(row: WaitingRow, words: Words): TemplateResult {
  const { text } = words;
  const more = row.count > row.digests.length ? ' …' : '';
  return html`<tr>
    <th scope="row">${timeElement(row.minute, words.dateTime(row.minute))}</th>
    <td data-label=${text('incident.invoices')}>${words.number(row.count)}</td>
    <td data-label=${text('incident.not_arrived')}>${words.number(row.not_arrived)}</td>
    <td data-label=${text('incident.digests')}><code>${row.digests.join(' ')}${more}</code></td>
  </tr>`;
}

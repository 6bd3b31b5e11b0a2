import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { WaitingEvidence, WaitingRow } from '../../../model/evidence.ts';
import { timeElement } from '../../web/views/time.ts';

const COLUMNS = ['accepted', 'invoices', 'not_arrived', 'digests'] as const;

/** Which invoices waited since when; nothing where none did. */
export function waitingTable({ rows, truncated_at }: WaitingEvidence, words: Words) {
  if (rows.length === 0) return nothing;
  const { text } = words;
  return html`<section aria-labelledby="waiting">
      <h2 id="waiting">${text('incident.waiting')}</h2>
      <p class="soft">${text('incident.waiting_about')}${
        truncated_at === null
          ? nothing
          : html` ${text('incident.waiting_cut', { n: truncated_at })}`
      }</p>
      <div class="scroll" tabindex="0" role="group" aria-labelledby="waiting"><table>
        <thead><tr>${COLUMNS.map(
          (column) => html`<th scope="col">${text(`incident.${column}`)}</th>`,
        )}</tr></thead>
        <tbody>${rows.map((row) => waitingRow(row, words))}</tbody>
      </table></div>
    </section>`;
}

function waitingRow(row: WaitingRow, words: Words): TemplateResult {
  const more = row.count > row.digests.length ? ' …' : '';
  return html`<tr>
    <th scope="row">${timeElement(row.minute, words.dateTime(row.minute))}</th>
    <td>${words.number(row.count)}</td>
    <td>${words.number(row.not_arrived)}</td>
    <td><code>${row.digests.join(' ')}${more}</code></td>
  </tr>`;
}

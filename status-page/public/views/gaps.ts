import { html, nothing, type TemplateResult } from 'lit';
import { gapTimes, type Words } from '../../../messages/index.ts';
import type { Gap } from '../../../model/component.ts';
import { timeElement } from '../../web/views/time.ts';

/** Most gaps listed; what matters of older ones stands in the days of each function. */
const LISTED = 50;

/** When we did not measure or record, and why, newest first; empty when we always did. */
export function gapList(gaps: readonly Gap[], words: Words): TemplateResult {
  const { text } = words;
  if (gaps.length === 0) return html`<section id="gaps"></section>`;
  const cut = html`<p class="soft">${text('gaps.cut', { n: LISTED })}</p>`;
  return html`<section id="gaps" class="gaps"><details>
    <summary>${text('gaps.title')}</summary>
    <p class="soft">${text('gaps.about')}</p>
    <div class="scroll" tabindex="0" role="group" aria-label=${text('gaps.title')}><table>
      <thead><tr><th scope="col">${text('gaps.time')}</th>
        <th scope="col">${text('gaps.duration')}</th>
        <th scope="col">${text('gaps.cause')}</th></tr></thead>
      <tbody>${gaps.slice(0, LISTED).map((gap) => row(gap, words))}</tbody>
    </table></div>
    ${gaps.length > LISTED ? cut : nothing}
  </details></section>`;
}

function row({ from, to, cause }: Gap, words: Words): TemplateResult {
  const times = gapTimes({ from, to }, words);
  const span = `${times.from} – ${times.to}`;
  return html`<tr><th scope="row">${timeElement(from, span)}</th>
    <td>${words.duration(to - from)}</td><td>${words.text(`gap.${cause}`)}</td></tr>`;
}

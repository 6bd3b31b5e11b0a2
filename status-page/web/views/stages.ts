import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type StageLine, stagesText, waitingText } from '../../../messages/stages.ts';
import type { PageWords } from '../../../messages/words.ts';
import type { ComponentView } from '../../../model/overview.ts';

/** How far the invoices came that are followed; nothing where that is not known. */
export function componentStages(view: ComponentView, words: PageWords) {
  const { stages } = view;
  if (stages === null) return nothing;
  const waiting = waitingText(stages.waiting ?? [], words);
  const { title, basis, lines } = stagesText(stages, words);
  const of_system = words.text('verdict.of_system', {
    system: words.name(view.system_name),
    function: words.text(`function.${view.function}`),
  });
  return html`${waiting === '' ? nothing : html`<p class="detail">${waiting}</p>`}
    <details class="stages"><summary>${title}<span class="unseen"> · ${of_system}</span></summary>
      <p class="soft">${basis}${stages.simulated ? simulated(words) : nothing}</p>
      <ol>${lines.map(stageItem)}</ol>
    </details>`;
}

function stageItem({ name, took, waiting }: StageLine): TemplateResult {
  return html`<li class=${waiting === null ? 'passed' : 'waits'}><b>${name}</b>${
    took === null ? nothing : html` <span>${took}</span>`
  }${waiting === null ? nothing : html` <span>${waiting}</span>`}</li>`;
}

function simulated({ text }: PageWords): TemplateResult {
  return html` <span class="tag">${text('incidents.simulated')}</span>`;
}

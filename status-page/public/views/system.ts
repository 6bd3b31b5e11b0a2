import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { MaintenanceView, SystemView } from '../../../model/overview.ts';
import { component, type HistoryView } from '../../web/views/component.ts';
import { systemMaintenances } from '../../web/views/maintenances.ts';

export interface SystemParts {
  maintenances: readonly MaintenanceView[];
  words: Words;
  historyOf: HistoryView;
}

/** A system, what is planned for it, and its functions. */
export function system(
  view: SystemView,
  { maintenances, words, historyOf }: SystemParts,
): TemplateResult {
  const count = words.text('page.components', { n: words.number(view.components.length) });
  return html`<section class="system" aria-labelledby="system-${view.id}">
    <header><h2 id="system-${view.id}">${words.name(view.name)}</h2>
      ${environment(view, words)}<span>${count}</span></header>
    ${systemMaintenances(view.id, maintenances, words)}
    <ul>${view.components.map((it) => component(it, words, historyOf))}</ul>
  </section>`;
}

/** What is not the real thing says so. */
function environment({ environment }: SystemView, words: Words) {
  if (environment === 'production') return nothing;
  return html`<span class="tag">${words.text(`page.${environment}`)}</span>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { ComponentView, MaintenanceView, SystemView } from '../../../model/overview.ts';
import { componentHead } from '../../web/views/component.ts';
import { historyPlace } from './history-place.ts';
import { systemMaintenances } from './maintenances.ts';

/** A system, what is planned for it, and its functions. */
export function system(
  view: SystemView,
  maintenances: readonly MaintenanceView[],
  words: Words,
): TemplateResult {
  const count = words.text('page.components', { n: words.number(view.components.length) });
  return html`<section class="system" aria-labelledby="system-${view.id}">
    <header><h2 id="system-${view.id}">${words.name(view.name)}</h2>
      ${environment(view, words)}<span>${count}</span></header>
    ${systemMaintenances(view.id, maintenances, words)}
    <ul>${view.components.map((it) => component(it, words))}</ul>
  </section>`;
}

/** A function of a system: its state now, which the live stream keeps fresh, and its days. */
function component(view: ComponentView, words: Words): TemplateResult {
  return html`<li class="component" id=${view.id}>
    <live-component>${componentHead(view, words)}</live-component>
    ${historyPlace(view.id)}
  </li>`;
}

/** What is not the real thing says so. */
function environment({ environment }: SystemView, words: Words) {
  if (environment === 'production') return nothing;
  return html`<span class="tag">${words.text(`page.${environment}`)}</span>`;
}

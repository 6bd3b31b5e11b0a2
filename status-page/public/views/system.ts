import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { ComponentView, MaintenanceView, SystemView } from '../../../model/overview.ts';
import { componentHead } from '../../web/views/component.ts';
import { historyPlace } from './history-place.ts';
import { systemMaintenances } from './maintenances.ts';

/** A system with its planned maintenance and functions. */
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

/** A function of a system: its current state, updated by the live stream, and its days. */
function component(view: ComponentView, words: Words): TemplateResult {
  return html`<li class="component" id=${view.id}>
    <live-component>${componentHead(view, words)}</live-component>
    ${historyPlace(view.id)}
  </li>`;
}

/** Marks systems that are not production. */
function environment({ environment }: SystemView, words: Words) {
  if (environment === 'production') return nothing;
  return html`<span class="tag">${words.text(`page.${environment}`)}</span>`;
}

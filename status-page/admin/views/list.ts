import { html, nothing, type TemplateResult } from 'lit';
import {
  maintenanceStatus,
  maintenanceTime,
  scopeText,
  type Words,
} from '../../../messages/index.ts';
import { MAINTENANCE_PHASES } from '../../../model/maintenance/life-cycle.ts';
import type { MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import { chosenScope, type ScopeGroup } from '../../commands/scope.ts';
import { type AdminPage, adminBase } from '../view-models.ts';

const SECTIONS = [
  ['list.running', 'under_way'],
  ['list.upcoming', 'announced'],
  ['list.drafts', 'draft'],
  ['list.past', 'over'],
] as const;

/** All maintenance, grouped by status. */
export function listPage(
  words: Words,
  { maintenances, groups }: { maintenances: MaintenanceWithUpdates[]; groups: ScopeGroup[] },
): AdminPage {
  const base = adminBase(words);
  return {
    title: words.text('list.title'),
    path: '',
    main: html`<div class="title"><h1>${words.text('list.title')}</h1>
      <a class="button primary" href="${base}/maintenances/new">${words.text('list.new')}</a></div>
      <p class="lead">${words.text('list.about')}</p>
      ${maintenances.length === 0 ? html`<p class="empty">${words.text('list.none')}</p>` : nothing}
      ${SECTIONS.map(([key, phase]) => {
        const listed = maintenances.filter(({ status }) => MAINTENANCE_PHASES[status] === phase);
        return listed.length === 0
          ? nothing
          : html`<section aria-labelledby=${key}><h2 id=${key}>${words.text(key)}</h2>
            <ul class="windows">${sorted(listed, key).map((it) => item(it, groups, words))}</ul>
            </section>`;
      })}`,
  };
}

/** By start, ascending; past maintenance descending. */
function sorted(listed: MaintenanceWithUpdates[], key: (typeof SECTIONS)[number][0]) {
  return key === 'list.past' ? listed : listed.toReversed();
}

function item(
  maintenance: MaintenanceWithUpdates,
  groups: ScopeGroup[],
  words: Words,
): TemplateResult {
  const base = adminBase(words);
  const { id, texts, components } = maintenance;
  return html`<li>
    <a href="${base}/maintenances/${id}">${words.name(texts.title)}</a>
    ${statusTag(maintenance, words)}
    <p>${maintenanceTime(maintenance, words)}</p>
    <p class="soft">${scopeText(chosenScope(groups, components), words)}</p>
  </li>`;
}

export function statusTag(maintenance: MaintenanceWithUpdates, words: Words) {
  return html`<span
    class="tag status-${maintenance.status}">${maintenanceStatus(maintenance, words)}</span>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import {
  maintenanceStatus,
  maintenanceTime,
  type PageWords,
  recoveryTerm,
  scopeText,
} from '../../../messages/index.ts';
import { toldTime } from '../../../model/maintenance/as-told.ts';
import type { MaintenanceView } from '../../../model/overview.ts';
import { maintenancePath } from '../../web/views/component-maintenance.ts';
import { stateIcon } from '../../web/views/icons.ts';
import { timeElement } from '../../web/views/time.ts';

/**
 * Maintenance under way or coming soon, with the facts needed to plan around it; empty when there
 * is none.
 */
export function nearMaintenanceList(
  maintenances: readonly MaintenanceView[],
  words: PageWords,
): TemplateResult {
  const title = words.text('maintenances.title');
  return html`<section id="near-maintenances" aria-label=${title}>${
    maintenances.length === 0
      ? nothing
      : html`<h2 class="unseen">${title}</h2>
          ${maintenances.map((it) => nearMaintenance(it, words))}`
  }</section>`;
}

function nearMaintenance(maintenance: MaintenanceView, words: PageWords): TemplateResult {
  const { status, texts, scope, expected_recovery_at } = maintenance;
  const term = recoveryTerm(maintenance, words);
  const { stays_open, workaround } = texts;
  const state = maintenanceStatus(maintenance, words);
  const period = periodElement(maintenance, words);
  const recovery = fact(term, words.appointment(expected_recovery_at), words);
  return html`<article class="maintenance ${status}">
    <h3>${stateIcon('under_maintenance')} ${titleLink(maintenance, words)}</h3>
    <p class="facts"><b>${state}</b> · <b>${period}</b> · ${recovery}</p>
    <p>${fact('scope', scopeText(scope, words), words)}</p>
    ${stays_open ? html`<p>${fact('stays_open', words.name(stays_open), words)}</p>` : nothing}
    ${workaround ? html`<p>${fact('workaround', words.name(workaround), words)}</p>` : nothing}
  </article>`;
}

function fact(
  term: 'scope' | ReturnType<typeof recoveryTerm> | 'stays_open' | 'workaround',
  text: string,
  words: PageWords,
): string {
  return words.text('maintenance.fact', { term: words.text(`maintenance.${term}`), text });
}

/** Maintenance of a system's functions. */
export function systemMaintenances(
  system: string,
  maintenances: readonly MaintenanceView[],
  words: PageWords,
): TemplateResult {
  const own = maintenances.filter((it) => it.scope.some((part) => part.system === system));
  return html`<ul class="system-maintenances" id="${system}-maintenances">${own.map((it) => {
    const status = maintenanceStatus(it, words);
    return html`<li>${stateIcon('under_maintenance')} ${status} · ${titleLink(it, words)}</li>`;
  })}</ul>`;
}

function titleLink(maintenance: MaintenanceView, words: PageWords): TemplateResult {
  const title = words.name(maintenance.texts.title);
  return html`<a href=${maintenancePath(maintenance, words)}>${title}</a>`;
}

/** When it is, or was. */
export function periodElement(maintenance: MaintenanceView, words: PageWords): TemplateResult {
  return timeElement(toldTime(maintenance).from, maintenanceTime(maintenance, words));
}

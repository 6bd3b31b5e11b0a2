import { html, nothing, type TemplateResult } from 'lit';
import { drillKindName } from '../../../messages/drills.ts';
import type { Words } from '../../../messages/index.ts';
import { FORMATS } from '../../../model/vocabulary.ts';
import { timeElement } from '../../web/views/time.ts';
import type { DrillView, SystemDrills } from '../drills.ts';

/**
 * Active drills with a button to end each, and a form per system to start one. Works without
 * scripts.
 */
export function drillsPage(
  systems: readonly SystemDrills[],
  { words, refused }: { words: Words; refused: string | null },
): TemplateResult {
  const why = refused === null ? null : words.text('drills.refused', { detail: refused });
  return html`<h1>${words.text('drills.title')}</h1>
    <p class="lead">${words.text('drills.about')}</p>
    ${why === null ? nothing : html`<p class="wrong" role="alert">${why}</p>`}
    <section><h2>${words.text('drills.now')}</h2>${drillTable(systems, words)}</section>
    <div class="drills">${systems.map((system) => startForm(system, words))}</div>`;
}

function drillTable(systems: readonly SystemDrills[], words: Words): TemplateResult {
  const rows = systems.flatMap((system) => system.drills.map((drill) => ({ system, drill })));
  if (rows.length === 0) return html`<p class="empty">${words.text('drills.none')}</p>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${words.text('drills.now')}>
    <table>
      <thead><tr>${COLUMNS.map(
        (column) => html`<th scope="col">${words.text(`drills.${column}`)}</th>`,
      )}</tr></thead>
      <tbody>${rows.map(({ system, drill }) => drillRow(system, drill, words))}</tbody>
    </table></div>`;
}

const COLUMNS = ['system', 'kind', 'ends', 'end'] as const;

function drillRow(system: SystemDrills, drill: DrillView, words: Words): TemplateResult {
  const until = Date.parse(drill.until);
  return html`<tr>
    <th scope="row">${words.name(system.name)}</th>
    <td>${drillName(drill, words)}</td>
    <td>${timeElement(until, words.dateTime(until))}</td>
    <td><form method="post" action=${words.href(`/${words.locale}/demo/drills/end`)}>
      <input type="hidden" name="system" value=${system.id}>
      <input type="hidden" name="id" value=${drill.id}>
      <button>${words.text('drills.end')}</button></form></td>
  </tr>`;
}

function drillName(drill: DrillView, words: Words): string {
  const where = [
    ...(drill.function ? [words.text(`function.${drill.function}`)] : []),
    ...(drill.format ? [drill.format.toUpperCase()] : []),
  ];
  return [drillKindName(drill.kind, words), ...where].join(' · ');
}

function startForm({ id, name, kinds, functions }: SystemDrills, words: Words): TemplateResult {
  const select = (key: 'function' | 'format', options: readonly [string, string][]) =>
    html`<p class="field when-${key}">
      <label for="${id}-${key}">${words.text(`drills.${key}`)}</label>
      <select id="${id}-${key}" name=${key}><option value="">${words.text('drills.all')}</option>
        ${options.map(([value, text]) => option(value, text))}</select></p>`;
  const number = (key: 'ms' | 'code' | 'rate' | 'minutes', value: string, step: string) =>
    html`<p class="field when-${key}">
      <label for="${id}-${key}">${words.text(`drills.${key}`)}</label>
      <input id="${id}-${key}" name=${key} type="number" min="0" step=${step} value=${value}></p>`;
  return html`<section><h2>${words.text('drills.start_at', { system: words.name(name) })}</h2>
    <form class="form drill" method="post" action=${words.href(`/${words.locale}/demo/drills`)}>
      <input type="hidden" name="system" value=${id}>
      <p class="field"><label for="${id}-kind">${words.text('drills.what')}</label>
        <select id="${id}-kind" name="kind">${kinds.map((kind) =>
          option(kind, drillKindName(kind, words)),
        )}</select></p>
      ${select(
        'function',
        functions.map((fn) => [fn, words.text(`function.${fn}`)]),
      )}
      ${
        kinds.includes('truncated')
          ? select(
              'format',
              FORMATS.map((format) => [format, format.toUpperCase()]),
            )
          : nothing
      }
      ${number('ms', '2000', '1')}
      ${kinds.includes('error_code') ? number('code', '52102', '1') : nothing}
      ${kinds.includes('slow_sync') ? number('rate', '0.2', '0.01') : nothing}
      ${number('minutes', '10', '1')}
      <p><button>${words.text('drills.start')}</button></p>
    </form></section>`;
}

function option(value: string, text: string): TemplateResult {
  return html`<option value=${value}>${text}</option>`;
}

import { html, type TemplateResult } from 'lit/html.js';
import type { State } from '../../../model/vocabulary.ts';

/**
 * One shape per state, so that colour is redundant. Always next to the name, hence hidden from
 * screen readers.
 */
const ICONS: Record<State, TemplateResult> = {
  operational: html`<svg class="icon is-operational" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="7"/><path d="M4.6 8.3l2.3 2.3 4.5-4.9"/></svg>`,
  degraded_performance: html`<svg class="icon is-degraded" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M8 1.5l7 12.5H1z"/><path d="M8 6v4M8 12v.2"/></svg>`,
  partial_outage: html`<svg class="icon is-partial" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="7"/><path d="M8 1a7 7 0 0 1 0 14z" class="solid"/></svg>`,
  major_outage: html`<svg class="icon is-major" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" class="solid"/>
    <path d="M5.5 5.5l5 5m0-5l-5 5" class="cut"/></svg>`,
  under_maintenance: html`<svg class="icon is-maintenance" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M8 1l7 7-7 7-7-7z"/><path d="M5.5 8h5"/></svg>`,
  unknown: html`<svg class="icon is-unknown" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="7" class="dashed"/>
    <path d="M6.2 6.2a1.9 1.9 0 1 1 2.7 1.9c-.6.3-.9.7-.9 1.2M8 11.6v.2"/></svg>`,
};

export function stateIcon(state: State): TemplateResult {
  return ICONS[state];
}

/** Trouble of our own: no state of a system, so neither a colour nor a shape of one. */
export function ownIcon(): TemplateResult {
  return html`<svg class="icon is-own" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M5 1.5v4M11 1.5v4M3 5.5h10v2a5 5 0 0 1-10 0zM8 12.5v2"/></svg>`;
}

/** The CSS class of a state. */
export const STATE_CLASS: Record<State, string> = {
  operational: 'is-operational',
  degraded_performance: 'is-degraded',
  partial_outage: 'is-partial',
  major_outage: 'is-major',
  under_maintenance: 'is-maintenance',
  unknown: 'is-unknown',
};

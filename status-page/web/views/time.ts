import { html, type TemplateResult } from 'lit/html.js';
import { iso } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';

/** An absolute, machine-readable time. `text` is its display form. */
export function timeElement(at: EpochMs, text: string): TemplateResult {
  return html`<time datetime=${iso(at)}>${text}</time>`;
}

/**
 * Placeholder for "2 分钟前", filled by the browser, because elapsed time depends on when the page is
 * viewed.
 */
export function ago(at: EpochMs): TemplateResult {
  return html`<relative-time at=${at}></relative-time>`;
}

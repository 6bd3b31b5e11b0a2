import { html, type TemplateResult } from 'lit';
import type { EpochMs } from '../../../model/vocabulary.ts';

/** An absolute time that machines can read too. `text` is how people read it. */
export function timeElement(at: EpochMs, text: string): TemplateResult {
  return html`<time datetime=${new Date(at).toISOString()}>${text}</time>`;
}

/** Room for "2 分钟前": only the browser knows how long ago that is, so the server leaves it empty. */
export function ago(at: EpochMs): TemplateResult {
  return html`<relative-time at=${at}></relative-time>`;
}

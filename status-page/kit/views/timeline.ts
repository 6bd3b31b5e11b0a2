import { html, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { timeElement } from '../../web/views/time.ts';

/** An update in a timeline. */
export interface TimelineEntry {
  at: EpochMs;
  status: string;
  body: TemplateResult;
}

/** A timeline of updates, in the given order. */
export function timeline(entries: readonly TimelineEntry[], words: Words): TemplateResult {
  return html`<ol class="timeline">${entries.map(
    ({ at, status, body }) =>
      html`<li>${timeElement(at, words.dateTime(at))}<div><b>${status}</b>${body}</div></li>`,
  )}</ol>`;
}

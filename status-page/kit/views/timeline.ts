import { html, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { timeElement } from '../../web/views/time.ts';

/** Something that was said. */
export interface TimelineEntry {
  at: EpochMs;
  status: string;
  body: TemplateResult;
}

/** What was said when, in the order given. */
export function timeline(entries: readonly TimelineEntry[], words: Words): TemplateResult {
  return html`<ol class="timeline">${entries.map(
    ({ at, status, body }) =>
      html`<li>${timeElement(at, words.dateTime(at))}<div><b>${status}</b>${body}</div></li>`,
  )}</ol>`;
}

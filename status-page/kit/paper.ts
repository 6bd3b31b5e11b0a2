import { html, type TemplateResult } from 'lit';
import type { Words } from '../../messages/index.ts';
import type { PageSettings } from '../../model/configuration.ts';
import { footer, topBar } from './chrome.ts';

/** A page with one matter on it, and the way back. */
export function paperPage({
  body,
  page,
  path,
  words,
}: {
  body: TemplateResult;
  page: PageSettings;
  /** Path and query below the language. */
  path: string;
  words: Words;
}): TemplateResult {
  return html`<div class="wrap">
    ${topBar({ page, path, words })}
    <main class="paper">
      <p><a href="/${words.locale}/">← ${words.text('incident.back')}</a></p>
      ${body}
    </main>
    ${footer(page, words, { method: false })}
  </div>`;
}

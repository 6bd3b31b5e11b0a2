import { html, type TemplateResult } from 'lit';
import type { StyleName } from '../web/entries.ts';
import { footer, topBar } from './chrome.ts';
import type { PageDocument } from './documents.ts';
import type { PageVariables } from './page-context.ts';

/** A page about one subject, with a link to the front page. */
export interface Article {
  title: string | null;
  description: string;
  /** Path and query below the language, for links to the other languages. */
  path: string;
  /** Whether search engines may index it. */
  is_listed?: boolean;
  body: TemplateResult;
  /** Further style sheets. */
  styles?: readonly StyleName[];
}

export function articleDocument(
  article: Article,
  { page, words }: Pick<PageVariables, 'page' | 'words'>,
): PageDocument {
  const { title, description, path, is_listed = false, body, styles = [] } = article;
  return {
    title,
    description,
    path: is_listed ? path : null,
    styles: ['page', 'article', ...styles],
    body: html`<div class="wrap">
      ${topBar(page, path, words)}
      <main class="paper">
        <p><a href="/${words.locale}/">← ${words.text('incident.back')}</a></p>
        ${body}
      </main>
      ${footer(page, words, { method: false })}
    </div>`,
  };
}

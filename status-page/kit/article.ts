import { html, type TemplateResult } from 'lit';
import type { ScriptName, StyleName } from '../web/entries.ts';
import { type ChromeParts, footer, topBar } from './chrome.ts';
import type { PageDocument } from './documents.ts';

/** A page about one subject, with a link to the front page. */
export interface Article {
  title: string | null;
  description: string;
  /** Path and query below the language, for links to the other languages. */
  path: string;
  /** Whether search engines may index it. */
  is_listed?: boolean;
  body: TemplateResult;
  /** Class of the main element. */
  layout?: 'paper' | 'incident-page';
  /** Further style sheets. */
  styles?: readonly StyleName[];
  script?: ScriptName;
}

export function articleDocument(article: Article, parts: ChromeParts): PageDocument {
  const { title, description, path, is_listed = false, layout = 'paper' } = article;
  const { words } = parts;
  return {
    title,
    description,
    path: is_listed ? path : null,
    styles: ['page', 'article', ...(article.styles ?? [])],
    ...(article.script && { script: article.script }),
    body: html`<div class="wrap">
      ${topBar(path, parts)}
      <main class=${layout}>
        <p><a href="/${words.locale}/">← ${words.text('incident.back')}</a></p>
        ${article.body}
      </main>
      ${footer(parts, { method: false })}
    </div>`,
  };
}

import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../messages/index.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { ScriptName, StyleName } from '../web/entries.ts';
import { type ChromeParts, footer, staleness, topBar } from './chrome.ts';
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
  /** Where it tells a state: as of when. */
  as_of?: AsOf;
}

/** As of when a page tells a state; scripts keep it up to date. */
export interface AsOf {
  at: EpochMs;
  /** After this nothing of it is known any more; null: by then nothing was. */
  valid_until: EpochMs | null;
  /** Of the lists of incidents and maintenance. */
  version: string;
}

export function articleDocument(article: Article, parts: ChromeParts): PageDocument {
  const { title, description, path, is_listed = false, layout = 'paper', as_of = null } = article;
  const { words } = parts;
  const front = words.href(`/${words.locale}/`);
  const scripts = [
    ...(as_of === null ? [] : ['page' as const]),
    ...(article.script ? [article.script] : []),
  ];
  return {
    title,
    description,
    path: is_listed ? path : null,
    styles: ['page', 'article', ...(article.styles ?? [])],
    scripts,
    body: html`<div class="wrap">
      ${topBar(path, parts)}
      ${as_of === null ? nothing : staleness(words)}
      <main class=${layout} data-version=${as_of === null ? nothing : as_of.version}>
        <p class="way"><a href=${front}>← ${words.text('incident.back')}</a>${
          as_of === null ? nothing : asOfElement(as_of, words)
        }</p>
        ${article.body}
      </main>
      ${footer(parts, { method: false })}
    </div>`,
  };
}

/** With the year and the zone, because it may be kept or printed. */
function asOfElement({ at, valid_until }: AsOf, words: Words): TemplateResult {
  const { text, zoneName } = words;
  const full = words.inFull();
  const time = text('told.at', { time: full.dateTimeSeconds(at), zone: zoneName(at) });
  const until =
    valid_until === null ? '' : ` · ${text('measured.until', { time: full.clock(valid_until) })}`;
  return html`<span class="told-at">${time}${until}</span>`;
}

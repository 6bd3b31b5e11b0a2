import type { Words } from '../../messages/index.ts';
import type { PageSettings } from '../../model/configuration.ts';
import type { Locale } from '../../model/vocabulary.ts';
import type { ScriptName, StyleName } from '../web/entries.ts';
import { FEEDS } from './feeds.ts';

/** Hashed addresses of what documents load. */
export interface AssetPaths {
  scripts: Record<ScriptName, string>;
  styles: Record<StyleName, string>;
}

/** A whole HTML document around `body`, which is HTML already; everything else is text. */
export function htmlDocument({
  title,
  description,
  path,
  page,
  script,
  styles,
  assets,
  body,
  words,
}: {
  title: string;
  description: string;
  /**
   * Path below the language, e.g. `incidents/abc`; empty for the front page; null for what no
   * search engine may list.
   */
  path: string | null;
  page: Pick<PageSettings, 'public_url' | 'zone' | 'languages'>;
  script: ScriptName | null;
  styles: readonly StyleName[];
  assets: AssetPaths;
  body: string;
  words: Words;
}): string {
  const address = path === null ? NOT_LISTED : addresses(page, path, words.locale);
  const feeds = FEEDS.map(
    ({ file, type }) =>
      `<link rel="alternate" type="${type}" href="${escapeHtml(`${page.public_url}/${words.locale}/${file}`)}">`,
  ).join('');
  const links = styles.map((it) => `<link rel="stylesheet" href="${assets.styles[it]}">`).join('');
  return `<!doctype html><html lang="${words.locale}" data-zone="${escapeHtml(page.zone)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><meta name="description" content="${escapeHtml(description)}"><meta name="color-scheme" content="light dark">${address}${feeds}<link rel="icon" href="/favicon.svg" type="image/svg+xml">${links}${script === null ? '' : `<script type="module" src="${assets.scripts[script]}"></script>`}</head><body>${body}</body></html>`;
}

const NOT_LISTED = '<meta name="robots" content="noindex">';

/** Where the page is, in each language. */
function addresses(
  { public_url, languages }: Pick<PageSettings, 'public_url' | 'languages'>,
  path: string,
  locale: Locale,
): string {
  const link = (rel: string, to: Locale) =>
    `<link rel=${rel} href="${escapeHtml(`${public_url}/${to}/${path}`)}">`;
  const alternates = languages.map((it) => link(`"alternate" hreflang="${it}"`, it));
  return link('"canonical"', locale) + alternates.join('');
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as HTML, also between double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

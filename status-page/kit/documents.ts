import type { TemplateResult } from 'lit';
import { escapeHtml } from '../../http/html.ts';
import type { Words } from '../../messages/index.ts';
import type { PageSettings } from '../../model/configuration.ts';
import { basePath, siteAddress } from '../../model/site-address.ts';
import type { Locale } from '../../model/vocabulary.ts';
import type { ScriptName, StyleName } from '../web/entries.ts';
import { FEEDS } from './feeds.ts';
import { renderHtml } from './html.ts';

/** Hashed URLs of assets. */
export interface AssetPaths {
  scripts: Record<ScriptName, string>;
  styles: Record<StyleName, string>;
}

/** The content of a page; the rest of a document is common. */
export interface PageDocument {
  /** Title before the name of the site; null: the name only. */
  title: string | null;
  /** Description for search engines; null for administration pages, which have no feeds either. */
  description: string | null;
  /**
   * Path below the language, e.g. `incidents/abc`; empty for the front page; null for pages that
   * must not be indexed.
   */
  path: string | null;
  body: TemplateResult;
  /** Inserts prerendered HTML into the body, which the template engine would otherwise reparse. */
  fill?(body: string): string;
  styles: readonly StyleName[];
  scripts?: readonly ScriptName[];
  /** What scripts begin with. */
  data?: PageData;
}

/** JSON in a template of its own, with its version. */
export interface PageData {
  id: string;
  version: string;
  json: string;
}

/** Renders pages as complete HTML documents. */
export interface Documents {
  render(document: PageDocument, words: Words): string;
}

export interface DocumentsParts {
  page: PageSettings;
  assets: AssetPaths;
}

export function createDocuments({ page, assets }: DocumentsParts): Documents {
  return {
    render(document, words) {
      const { locale, href } = words;
      const { fill = (html) => html } = document;
      const site = words.name(page.title);
      const title = document.title === null ? site : `${document.title} · ${site}`;
      const data = document.description === null ? '' : scriptData(page);
      const head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        `<title>${escapeHtml(title)}</title>`,
        ...forReaders(document, page, locale),
        `<link rel="icon" href="${href('/favicon.svg')}" type="image/svg+xml">`,
        ...document.styles.map((it) => `<link rel="stylesheet" href="${href(assets.styles[it])}">`),
        ...(document.scripts ?? []).map(
          (it) => `<script type="module" src="${href(assets.scripts[it])}"></script>`,
        ),
      ];
      return (
        `<!doctype html><html lang="${locale}"${data}><head>${head.join('')}</head>` +
        `<body>${fill(renderHtml(document.body))}${dataOf(document.data)}</body></html>`
      );
    },
  };
}

/** What scripts tell times and make addresses with. */
function scriptData({ zone, public_url }: PageSettings): string {
  const base = basePath(public_url);
  return ` data-zone="${escapeHtml(zone)}"${base === '' ? '' : ` data-base="${base}"`}`;
}

/** In an element that shows nothing, because nothing inline may be a script. */
function dataOf(data: PageData | undefined): string {
  if (data === undefined) return '';
  const { id, version, json } = data;
  const text = json.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const attributes = `id="${escapeHtml(id)}" data-version="${escapeHtml(version)}"`;
  return `<template ${attributes}>${text}</template>`;
}

const COLOR_SCHEME = '<meta name="color-scheme" content="light dark">';
const NOT_LISTED = '<meta name="robots" content="noindex">';

/** Head elements for search engines, feeds and other languages. */
function forReaders(document: PageDocument, page: PageSettings, locale: Locale): string[] {
  const { description, path } = document;
  if (description === null) return [NOT_LISTED, COLOR_SCHEME];
  return [
    `<meta name="description" content="${escapeHtml(description)}">`,
    COLOR_SCHEME,
    ...(path === null ? [NOT_LISTED] : addresses(page, path, locale)),
    ...FEEDS.map(({ file, type }) => {
      const href = escapeHtml(siteAddress(page.public_url, `/${locale}/${file}`));
      return `<link rel="alternate" type="${type}" href="${href}">`;
    }),
  ];
}

/** The URLs of the page in each language. */
function addresses({ public_url, languages }: PageSettings, path: string, locale: Locale) {
  const link = (rel: string, to: Locale) =>
    `<link rel=${rel} href="${escapeHtml(siteAddress(public_url, `/${to}/${path}`))}">`;
  return [
    link('"canonical"', locale),
    ...languages.map((it) => link(`"alternate" hreflang="${it}"`, it)),
  ];
}

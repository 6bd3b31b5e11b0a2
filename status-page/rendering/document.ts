import type { Words } from '../../messages/index.ts';
import { LOCALES } from '../../model/vocabulary.ts';

/** Hashed addresses of what the page loads. */
export interface AssetPaths {
  style: string;
  script: string;
}

/** A whole HTML document around `body`, which is HTML already; everything else is text. */
export function htmlDocument({
  title,
  description,
  path,
  public_url,
  zone,
  live,
  assets,
  body,
  words,
}: {
  title: string;
  description: string;
  /** Path below the language, e.g. `incidents/abc`; empty for the front page. */
  path: string;
  public_url: string;
  zone: string;
  /** Whether scripts keep the page fresh. */
  live: boolean;
  assets: AssetPaths;
  body: string;
  words: Words;
}): string {
  const canonical = `${public_url}/${words.locale}/${path}`;
  const alternates = LOCALES.map(
    (locale) =>
      `<link rel="alternate" hreflang="${locale}" href="${escapeHtml(`${public_url}/${locale}/${path}`)}">`,
  ).join('');
  return `<!doctype html><html lang="${words.locale}" data-zone="${escapeHtml(zone)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><meta name="description" content="${escapeHtml(description)}"><meta name="color-scheme" content="light dark"><link rel="canonical" href="${escapeHtml(canonical)}">${alternates}<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="${assets.style}">${live ? `<script type="module" src="${assets.script}"></script>` : ''}</head><body>${body}</body></html>`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as HTML, also between double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

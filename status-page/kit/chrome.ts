import { html, nothing, type TemplateResult } from 'lit';
import { languageName, type Words } from '../../messages/index.ts';
import type { PageSettings } from '../../model/configuration.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { FEEDS } from './feeds.ts';

/**
 * Product name, whose systems these are, how to be told, and the same page in the other languages.
 */
export function topBar({
  page,
  path,
  words,
}: {
  page: PageSettings;
  /** Path below the language, e.g. `incidents/abc`; empty for the front page. */
  path: string;
  words: Words;
}): TemplateResult {
  return html`<header class="top">
    <a class="mark" href="/${words.locale}/">${words.name(page.title)}</a>
    <span class="unofficial">${unofficial(page, words)}</span>
    <a class="subscribe" href="/${words.locale}/subscribe">${words.text('page.subscribe')}</a>
    <nav aria-label=${words.text('page.languages')}>${page.languages.map((locale) => languageLink(locale, path, words))}</nav>
  </header>`;
}

function languageLink(locale: Locale, path: string, words: Words): TemplateResult {
  const name = languageName(locale);
  return locale === words.locale
    ? html`<span aria-current="page" lang=${locale}>${name}</span>`
    : html`<a href="/${locale}/${path}" hreflang=${locale} lang=${locale}>${name}</a>`;
}

function unofficial(page: PageSettings, words: Words): string {
  return words.text('page.unofficial', { operator: words.name(page.operator) });
}

/** Says that nothing here is real and offers to break it; works with scripts off. */
export function demoBar(words: Words): TemplateResult {
  return html`<aside class="demo" aria-label=${words.text('demo.title')}>
    <p><b>${words.text('demo.title')}</b> ${words.text('demo.about')}</p>
    <form method="post" action="/demo/drills/recover?lang=${words.locale}">${DRILL_BUTTONS.map(
      ([name, key]) =>
        html`<button formaction="/demo/drills/${name}?lang=${words.locale}">${words.text(key)}</button>`,
    )}</form>
    <p><a href="/${words.locale}/demo/drills">${words.text('demo.drills')}</a> · <a href="/${words.locale}/demo/mailbox">${words.text('demo.mailbox')}</a></p>
  </aside>`;
}

const DRILL_BUTTONS = [
  ['slow-download', 'demo.slow_download'],
  ['stalled-sync', 'demo.stalled_sync'],
  ['recover', 'demo.recover'],
] as const;

/** Shown by the browser when what is on the page may no longer be so. */
export function staleBanner(): TemplateResult {
  return html`<stale-banner role="status"></stale-banner>`;
}

const API_PATHS = [
  '/api/v2/summary.json',
  '/api/v2/status.json',
  '/api/v2/components.json',
  '/api/v2/incidents.json',
  '/api/v2/incidents/unresolved.json',
  '/api/v2/scheduled-maintenances.json',
  '/api/v2/scheduled-maintenances/active.json',
  '/api/v2/scheduled-maintenances/upcoming.json',
];

/** Who measures, how, in which zone, and where the data is. */
export function footer(
  page: PageSettings,
  words: Words,
  { method }: { method: boolean },
): TemplateResult {
  return html`<footer>
    ${method ? html`<section><h2 class="method">${words.text('page.method')}</h2><p>${words.text('page.method_body')}</p></section>` : nothing}
    <p>${unofficial(page, words)} · ${words.text('page.zone', { zone: words.zone() })}</p>
    <p>${words.text('page.feeds')} ${FEEDS.map(({ name, file, type }) => html`<a href="/${words.locale}/${file}" type=${type}>${name}</a> `)}</p>
    <p>${words.text('page.data')} ${API_PATHS.map((path) => html`<a href=${path}>${path}</a> `)}</p>
  </footer>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { languageName, type Words } from '../../messages/index.ts';
import type { PageSettings } from '../../model/configuration.ts';
import { siteAddress } from '../../model/site-address.ts';
import { MINUTE } from '../../model/time.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { FEEDS } from './feeds.ts';
import type { PageVariables } from './page-context.ts';

/** What the parts around every public page are rendered from. */
export type ChromeParts = Pick<PageVariables, 'page' | 'words' | 'api_paths'>;

/**
 * Product name, site title, subscribe link and language menu; on paper the address. `path` is below
 * the language, e.g. `incidents/abc`; empty for the front page.
 */
export function topBar(path: string, { page, words }: ChromeParts): TemplateResult {
  const { locale, text, href } = words;
  return html`<header class="top">
    <a class="mark" href=${href(`/${locale}/`)}>${words.name(page.title)}</a>
    <span class="unofficial">${unofficial(page, words)}</span>
    <a class="subscribe" target="_top" href=${href(`/${locale}/subscribe`)}>${text(
      'page.subscribe',
    )}</a>
    <nav aria-label=${text('page.languages')}>${page.languages.map((it) =>
      languageLink(it, path, words),
    )}</nav>
    <p class="on-paper address">${siteAddress(page.public_url, `/${locale}/${path}`)}</p>
  </header>`;
}

function languageLink(locale: Locale, path: string, words: Words): TemplateResult {
  const name = languageName(locale);
  if (locale === words.locale) return html`<span aria-current="page" lang=${locale}>${name}</span>`;
  const there = words.href(`/${locale}/${path}`);
  return html`<a href=${there} hreflang=${locale} lang=${locale}>${name}</a>`;
}

function unofficial(page: PageSettings, words: Words): string {
  return words.text('page.unofficial', { operator: words.name(page.operator) });
}

/**
 * Shown when the page may be out of date: by scripts when it is, without them when it has been open
 * for {@link LEFT_OPEN_MS}.
 */
export function staleness({ text, duration }: Words): TemplateResult {
  const left_open = text('page.left_open', { duration: duration(LEFT_OPEN_MS) });
  return html`<stale-banner role="status"></stale-banner>
    <p class="left-open"><b>${text('page.stale_title')}</b>${text('fact.separator')}${
      left_open
    }</p>`;
}

/** As in the style sheet: longer than most states are valid. */
const LEFT_OPEN_MS = 2 * MINUTE;

/** On paper, where it is read later, the year of dates without one. */
function yearOfDates(words: Words) {
  const year = words.thisYear();
  const separator = words.text('sentence.separator');
  return year === null
    ? nothing
    : html`<span class="on-paper">${separator}${words.text('page.year', { year })}</span>`;
}

/** Operator, time zone and data links; on the front page also the method. */
export function footer(parts: ChromeParts, { method }: { method: boolean }): TemplateResult {
  const { page, words, api_paths } = parts;
  const { text, href } = words;
  const separator = text('sentence.separator');
  return html`<footer>
    ${
      method
        ? html`<section>
            <h2 class="method">${text('page.method')}</h2><p>${text('page.method_body')}</p>
          </section>`
        : nothing
    }
    <p>${unofficial(page, words)} · ${text('page.zone', { zone: words.zone() })}${
      method ? yearOfDates(words) : nothing
    }</p>
    <p class="links">${text('page.feeds')}${separator}${FEEDS.map(
      ({ name, file, type }) =>
        html`<a href=${href(`/${words.locale}/${file}`)} type=${type}>${name}</a> `,
    )}</p>
    <details class="links"><summary>${text('page.data')}</summary>
      <ul>${api_paths.map(href).map((it) => html`<li><a href=${it}>${it}</a></li>`)}</ul></details>
  </footer>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { languageName } from '../../../messages/index.ts';
import type { PageSettings } from '../../../model/configuration.ts';
import { escapeHtml } from '../../kit/document.ts';
import { renderHtml } from '../../kit/render.ts';
import type { Session } from '../session.ts';
import type { Language } from './language.ts';

/** What a page of the administration shows. */
export interface AdminPage {
  title: string;
  /** Below the language, e.g. `maintenances/new`; empty for the list. */
  path: string;
  main: TemplateResult;
}

/** A whole HTML document of the administration; nothing in it needs scripts. */
export function adminDocument({
  title,
  path,
  main,
  session,
  language,
  page,
  styles,
}: AdminPage & {
  /** null: nobody is signed in. */
  session: Session | null;
  language: Language;
  page: PageSettings;
  /** Addresses of style sheets. */
  styles: readonly string[];
}): string {
  const { words, locale } = language;
  const whole = `${title} · ${words.text('admin.title')} · ${words.name(page.title)}`;
  const body = html`<div class="wrap admin">${header({ path, session, language, page })}<main id="main">${main}</main></div>`;
  const links = styles.map((it) => `<link rel="stylesheet" href="${escapeHtml(it)}">`).join('');
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(whole)}</title><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><link rel="icon" href="/favicon.svg" type="image/svg+xml">${links}</head><body>${renderHtml(body)}</body></html>`;
}

function header({
  path,
  session,
  language: { words, locale, base },
  page,
}: {
  path: string;
  session: Session | null;
  language: Language;
  page: PageSettings;
}): TemplateResult {
  return html`<header class="top">
    <a class="mark" href="${base}/">${words.name(page.title)} · ${words.text('admin.title')}</a>
    <a href="/${locale}/">${words.text('admin.back_to_page')}</a>
    <nav aria-label=${words.text('admin.languages')}>${page.languages.map((other) => {
      const name = languageName(other);
      return other === locale
        ? html`<span aria-current="page" lang=${other}>${name}</span>`
        : html`<a href="/admin/${other}/${path}" hreflang=${other} lang=${other}>${name}</a>`;
    })}</nav>
    ${
      session === null
        ? nothing
        : html`<form method="post" action="${base}/sign-out">${formToken(session)}<button class="quiet">${words.text('admin.sign_out')}</button></form>`
    }
  </header>`;
}

/** Every form of a session sends it back. */
export function formToken({ form_token }: Session): TemplateResult {
  return html`<input type="hidden" name="form_token" value=${form_token}>`;
}

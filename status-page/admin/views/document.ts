import { html, nothing, type TemplateResult } from 'lit';
import { languageName, type Words } from '../../../messages/index.ts';
import type { PageSettings } from '../../../model/configuration.ts';
import type { PageDocument } from '../../kit/documents.ts';
import { type AdminPage, adminBase } from '../view-models.ts';
import { formToken } from './controls.ts';

export interface AdminDocumentParts {
  /** CSRF token of the session; null when not signed in. */
  form_token: string | null;
  page: PageSettings;
  words: Words;
}

/** A page of the administration as a document; it works without scripts. */
export function adminDocument(shown: AdminPage, parts: AdminDocumentParts): PageDocument {
  return {
    title: `${shown.title} · ${parts.words.text('admin.title')}`,
    description: null,
    path: null,
    styles: ['page', 'article', 'forms', 'admin'],
    body: html`<div class="wrap admin">${header(shown.path, parts)}<main
      id="main">${shown.main}</main></div>`,
  };
}

function header(path: string, { form_token, page, words }: AdminDocumentParts): TemplateResult {
  const { locale, text, href } = words;
  const base = adminBase(words);
  return html`<header class="top">
    <a class="mark" href="${base}/">${words.name(page.title)} · ${text('admin.title')}</a>
    <a href=${href(`/${locale}/`)}>${text('admin.back_to_page')}</a>
    ${form_token === null ? nothing : html`<a href="${base}/alerts">${text('alerts.title')}</a>`}
    <nav aria-label=${text('admin.languages')}>${page.languages.map((other) => {
      const name = languageName(other);
      if (other === locale) return html`<span aria-current="page" lang=${other}>${name}</span>`;
      const there = href(`/admin/${other}/${path}`);
      return html`<a href=${there} hreflang=${other} lang=${other}>${name}</a>`;
    })}</nav>
    ${
      form_token === null
        ? nothing
        : html`<form method="post" action="${base}/sign-out">${formToken(form_token)}<button
            class="quiet">${text('admin.sign_out')}</button></form>`
    }
  </header>`;
}

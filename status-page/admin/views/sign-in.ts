import { html, nothing } from 'lit';
import type { Words } from '../../../messages/index.ts';
import { type AdminPage, adminBase } from '../view-models.ts';
import { ariaInvalid, descriptions, problemOf } from './controls.ts';

/** `problem`: message of a failed sign-in. */
export function signInPage(words: Words, problem?: string): AdminPage {
  const { text } = words;
  const field = { name: 'token', problem };
  return {
    title: text('sign_in.title'),
    path: 'sign-in',
    main: html`<h1>${text('sign_in.title')}</h1>
      <p class="lead">${text('sign_in.about')}</p>
      <form method="post" action="${adminBase(words)}/sign-in" class="sheet" novalidate>
        <div class="field ${problem ? 'is-wrong' : ''}">
          <label for="token">${text('sign_in.token')}</label>
          ${problemOf(field)}
          <input type="password" id="token" name="token" autocomplete="current-password"
            spellcheck="false" aria-describedby=${descriptions(field) || nothing}
            aria-invalid=${ariaInvalid(field)}>
        </div>
        <p class="buttons"><button class="primary">${text('sign_in.submit')}</button></p>
      </form>`,
  };
}

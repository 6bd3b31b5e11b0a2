import { html, nothing } from 'lit';
import { descriptions, invalid, problemOf } from './controls.ts';
import type { AdminPage } from './document.ts';
import type { Language } from './language.ts';

export function signInPage(
  { words, base }: Language,
  { problem }: { problem?: string },
): AdminPage {
  return {
    title: words.text('sign_in.title'),
    path: 'sign-in',
    main: html`<h1>${words.text('sign_in.title')}</h1>
      <p class="lead">${words.text('sign_in.about')}</p>
      <form method="post" action="${base}/sign-in" class="sheet" novalidate>
        <div class="field ${problem ? 'is-wrong' : ''}">
          <label for="token">${words.text('sign_in.token')}</label>
          ${problemOf({ name: 'token', problem })}
          <input type="password" id="token" name="token" autocomplete="current-password" spellcheck="false" aria-describedby=${descriptions({ name: 'token', problem }) || nothing} aria-invalid=${invalid({ problem })}>
        </div>
        <p class="buttons"><button class="primary">${words.text('sign_in.submit')}</button></p>
      </form>`,
  };
}

/** A page that says one thing, and where to go from there. */
export function wordPage({
  title,
  about,
  back,
}: {
  title: string;
  about: string;
  back: { href: string; text: string };
}): AdminPage {
  return {
    title,
    path: '',
    main: html`<h1>${title}</h1><p class="lead">${about}</p><p><a href=${back.href}>← ${back.text}</a></p>`,
  };
}

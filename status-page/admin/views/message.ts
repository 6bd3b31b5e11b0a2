import { html } from 'lit';
import type { Words } from '../../../messages/index.ts';
import { type AdminPage, adminBase } from '../view-models.ts';

/** What it says, and what the way back to the list is called. */
interface Message {
  title: string;
  about: string;
  back: string;
}

/** A page that says one thing. */
export function adminMessagePage(words: Words, { title, about, back }: Message): AdminPage {
  return {
    title,
    path: '',
    main: html`<h1>${title}</h1><p class="lead">${about}</p>
      <p><a href="${adminBase(words)}/">← ${back}</a></p>`,
  };
}

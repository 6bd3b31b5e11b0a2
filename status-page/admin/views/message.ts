import { html } from 'lit';
import type { Words } from '../../../messages/index.ts';
import { type AdminPage, adminBase } from '../view-models.ts';

/** The text, and the label of the link to the list. */
interface Message {
  title: string;
  about: string;
  back: string;
}

/** A page with a single message. */
export function adminMessagePage(words: Words, { title, about, back }: Message): AdminPage {
  return {
    title,
    path: '',
    main: html`<h1>${title}</h1><p class="lead">${about}</p>
      <p><a href="${adminBase(words)}/">← ${back}</a></p>`,
  };
}

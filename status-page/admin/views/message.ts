import { html } from 'lit';
import type { MessageKey, Words } from '../../../messages/index.ts';
import { type AdminPage, adminBase } from '../view-models.ts';

/** The text, and the label of the link to the list. */
interface Message {
  title: MessageKey;
  about: MessageKey;
  back: MessageKey;
}

/** A page with a single message. */
export function adminMessagePage(words: Words, message: Message): AdminPage {
  const title = words.text(message.title);
  return {
    title,
    path: '',
    main: html`<h1>${title}</h1><p class="lead">${words.text(message.about)}</p>
      <p><a href="${adminBase(words)}/">← ${words.text(message.back)}</a></p>`,
  };
}

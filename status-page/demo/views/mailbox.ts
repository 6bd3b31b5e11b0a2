import { html, type TemplateResult } from 'lit';
import type { MailView } from '../../../channels/email/mailbox.ts';
import type { Words } from '../../../messages/index.ts';
import { timeElement } from '../../web/views/time.ts';

/** Mails that would have been sent, newest first. */
export function mailboxPage(mails: readonly MailView[], words: Words): TemplateResult {
  const row = ({ id, to, subject, sent_at }: MailView) => html`<tr>
    <th scope="row"><a href=${words.href(`/${words.locale}/demo/mailbox/${id}`)}>${subject}</a></th>
    <td>${to}</td>
    <td>${timeElement(sent_at, words.dateTime(sent_at))}</td>
  </tr>`;
  return html`<h1>${words.text('mailbox.title')}</h1>
    <p class="lead">${words.text('mailbox.about')}</p>
    ${
      mails.length === 0
        ? html`<p class="empty">${words.text('mailbox.none')}</p>`
        : html`<div class="scroll" tabindex="0" role="group"
          aria-label=${words.text('mailbox.title')}><table class="mails">
      <thead><tr><th scope="col">${words.text('mailbox.subject')}</th>
        <th scope="col">${words.text('mailbox.to')}</th>
        <th scope="col">${words.text('mailbox.sent')}</th></tr></thead>
      <tbody>${mails.map(row)}</tbody>
    </table></div>`
    }`;
}

/** One mail: its plain text, and its HTML in a sandboxed frame. */
export function mailPage(mail: MailView, words: Words): TemplateResult {
  const { id, from, from_name, to, subject, sent_at, text } = mail;
  const back = words.href(`/${words.locale}/demo/mailbox`);
  return html`<p><a href=${back}>← ${words.text('mailbox.back')}</a></p>
    <h1>${subject}</h1>
    <dl class="facts-list">
      <div><dt>${words.text('mailbox.from')}</dt><dd>${from_name} &lt;${from}&gt;</dd></div>
      <div><dt>${words.text('mailbox.to')}</dt><dd>${to}</dd></div>
      <div><dt>${words.text('mailbox.sent')}</dt>
        <dd>${timeElement(sent_at, words.dateTime(sent_at))}</dd></div>
    </dl>
    <section><h2>${words.text('mailbox.html')}</h2>
      <iframe class="mail" title=${words.text('mailbox.frame')}
      src=${words.href(`/demo/mailbox/${id}.html`)}
      sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe></section>
    <section><h2>${words.text('mailbox.text')}</h2>
      <p class="mail">${text.trimEnd().split('\n').map(lineOf)}</p></section>`;
}

/** A line of plain text with clickable URLs. */
function lineOf(line: string): TemplateResult {
  const parts = line
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, i) => (i % 2 === 1 ? html`<a href=${part}>${part}</a>` : part));
  return html`${parts}<br>`;
}

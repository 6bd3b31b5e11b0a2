import { html, nothing, type TemplateResult } from 'lit';
import { channelText } from '../../../channels/text.ts';
import { languageName, type SubscriptionKey, type Words } from '../../../messages/index.ts';
import type { Subscriber } from '../../../model/subscription.ts';
import type { SubscriptionLinks } from '../../../model/subscription-links.ts';
import type { ChoiceInput } from '../input.ts';
import { choiceFields, type FormContext, problemSummary, type SystemOption } from './fields.ts';

/** Context of a page about one subscriber. */
export interface SubscriberContext {
  subscriber: Subscriber;
  links: SubscriptionLinks;
  systems: readonly SystemOption[];
  words: Words;
}

/** A short message with the next step. */
export interface MessagePageParts {
  title: string;
  paragraphs: readonly string[];
  next: { href: string; text: string };
}

export function messagePage({ title, paragraphs, next }: MessagePageParts): TemplateResult {
  return html`<h1>${title}</h1>
    ${paragraphs.map((text) => html`<p class="lead">${text}</p>`)}
    <p><a href=${next.href}>${next.text}</a></p>`;
}

/** Asks for confirmation, because link scanners follow links but press no buttons. */
export function confirmSubscriptionPage(context: SubscriberContext): TemplateResult {
  const { words, subscriber, links } = context;
  return html`<h1>${words.text('confirm.title')}</h1>
    <p class="lead">${words.text('confirm.about', { address: subscriber.address })}</p>
    <dl class="facts-list">${choiceFacts(context)}</dl>
    <form class="form" method="post" action=${below(links.confirm)}><p>
      <button class="primary">${words.text('confirm.submit')}</button></p></form>
    <form class="form quiet" method="post" action=${below(links.unsubscribe)}>
      <p>${words.text('confirm.not_me')}</p><p><button>${words.text('confirm.delete')}</button></p>
      </form>`;
}

/** Shown once, right after confirming; the secret is never shown again. */
export function confirmedPage(context: SubscriberContext): TemplateResult {
  const { words, subscriber, links } = context;
  const channel = channelText(subscriber.channel, words.locale);
  return html`<h1>${words.text('confirmed.title')}</h1>
    <p class="lead">${words.text('confirmed.about', { address: subscriber.address })}</p>
    <dl class="facts-list">${choiceFacts(context)}</dl>
    ${
      subscriber.secret === null
        ? nothing
        : html`<div class="notice"><p><b>${channel('secret')}</b> ${channel('secret_about')}</p>
          <p><code>${subscriber.secret}</code></p></div>`
    }
    <p><a href=${below(links.manage)}>${words.text('confirmed.manage')}</a></p>`;
}

export interface ManagePageParts {
  input: ChoiceInput;
  /** Whether a change was just saved. */
  saved: boolean;
  form: FormContext;
  context: SubscriberContext;
}

/** All stored data of a subscriber, and forms to change and delete it. */
export function managePage({ input, saved, form, context }: ManagePageParts): TemplateResult {
  const { words, links } = context;
  return html`<h1>${words.text('manage.title')}</h1>
    ${saved ? html`<p class="notice" role="status">${words.text('manage.saved')}</p>` : nothing}
    ${problemSummary('problem.summary_change', form.problems, words)}
    <section aria-labelledby="stored"><h2 id="stored">${words.text('manage.stored')}</h2>
      <dl class="facts-list">${storedFacts(context)}${choiceFacts(context)}</dl></section>
    <section aria-labelledby="change"><h2 id="change">${words.text('manage.change')}</h2>
      <form class="form" method="post" action=${below(links.manage)}>${choiceFields(input, form)}<p>
        <button class="primary">${words.text('manage.save')}</button></p></form>
    </section>
    <section aria-labelledby="end"><h2 id="end">${words.text('manage.end')}</h2>
      <p>${words.text('manage.end_about')}</p>
      <form class="form" method="post" action=${below(links.unsubscribe)}><p>
        <button>${words.text('manage.end')}</button></p></form>
    </section>`;
}

export function unsubscribePage({ words, subscriber, links }: SubscriberContext): TemplateResult {
  return html`<h1>${words.text('unsubscribe.title')}</h1>
    <p class="lead">${words.text('unsubscribe.about', { address: subscriber.address })}</p>
    <form class="form" method="post" action=${below(links.unsubscribe)}><p>
      <button class="primary">${words.text('unsubscribe.submit')}</button></p></form>`;
}

function storedFacts({ subscriber, words }: SubscriberContext): TemplateResult {
  const { id, address, status, secret, created_at, confirmed_at } = subscriber;
  const channel = channelText(subscriber.channel, words.locale);
  const confirmed =
    confirmed_at === null ? words.text('manage.not_yet') : words.dateTime(confirmed_at);
  return html`${fact('manage.id', id, words)}
    ${fact('manage.channel', channel('name'), words)}
    ${fact('manage.address', address, words)}
    ${fact('manage.status', words.text(`manage.${status}`), words)}
    ${fact('manage.asked', words.dateTime(created_at), words)}
    ${fact('manage.confirmed', confirmed, words)}
    ${secret === null ? nothing : row(channel('secret'), words.text('manage.secret_kept'))}`;
}

function choiceFacts({ subscriber, systems, words }: SubscriberContext): TemplateResult {
  const names = subscriber.systems?.map((id) => systems.find((it) => it.id === id)?.name ?? id);
  const kinds = subscriber.kinds.map((kind) => words.text(`kind_name.${kind}`));
  return html`
    ${fact('subscribe.systems', names ? words.list(names) : words.text('systems.all'), words)}
    ${fact('subscribe.kinds', words.list(kinds), words)}
    ${fact('subscribe.locale', languageName(subscriber.locale), words)}`;
}

function fact(term: SubscriptionKey, value: string, words: Words): TemplateResult {
  return row(words.text(term), value);
}

function row(term: string, value: string): TemplateResult {
  return html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
}

/** Path and query of one of our links, so that readers stay on the host name they used. */
function below(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname + search;
}

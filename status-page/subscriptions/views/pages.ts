import { html, nothing, type TemplateResult } from 'lit';
import { CATALOGUES, type Words } from '../../../messages/index.ts';
import type {
  SubscriptionMessageKey,
  SubscriptionSay,
} from '../../../messages/subscription/index.ts';
import type { Subscriber } from '../../../model/subscription.ts';
import type { SubscriptionLinks } from '../../../model/subscription-links.ts';
import type { ChoiceInput } from '../form.ts';
import { choiceFields, type FormContext, problemSummary, type SystemOption } from './fields.ts';

/** What a page about one subscriber is drawn from. */
export interface SubscriberContext {
  subscriber: Subscriber;
  links: SubscriptionLinks;
  systems: readonly SystemOption[];
  words: Words;
  say: SubscriptionSay;
}

/** A few words, and the one thing to do next. */
export function messagePage({
  title,
  paragraphs,
  next = null,
}: {
  title: string;
  paragraphs: readonly string[];
  next?: { href: string; text: string } | null;
}): TemplateResult {
  return html`<h1>${title}</h1>
    ${paragraphs.map((text) => html`<p class="lead">${text}</p>`)}
    ${next === null ? nothing : html`<p><a href=${next.href}>${next.text}</a></p>`}`;
}

/** Asks before a subscription starts: a scanner of links follows links, but presses no button. */
export function confirmSubscriptionPage(context: SubscriberContext): TemplateResult {
  const { subscriber, links, say } = context;
  return html`<h1>${say('confirm.title')}</h1>
    <p class="lead">${say('confirm.about', { address: subscriber.address })}</p>
    <dl class="facts-list">${choiceFacts(context)}</dl>
    <form class="form" method="post" action=${below(links.confirm)}><p><button class="primary">${say('confirm.submit')}</button></p></form>
    <form class="form quiet" method="post" action=${below(links.unsubscribe)}><p>${say('confirm.not_me')}</p><p><button>${say('confirm.delete')}</button></p></form>`;
}

/** Said once, right after confirming; the secret of a webhook is never shown again. */
export function confirmedPage(context: SubscriberContext): TemplateResult {
  const { subscriber, links, say } = context;
  return html`<h1>${say('confirmed.title')}</h1>
    <p class="lead">${say('confirmed.about', { address: subscriber.address })}</p>
    <dl class="facts-list">${choiceFacts(context)}</dl>
    ${
      subscriber.secret === null
        ? nothing
        : html`<div class="notice"><p><b>${say('confirmed.secret')}</b> ${say('confirmed.secret_about')}</p><p><code>${subscriber.secret}</code></p></div>`
    }
    <p><a href=${below(links.manage)}>${say('confirmed.manage')}</a></p>`;
}

/** Everything that is kept of a subscriber, and the forms that change and delete it. */
export function managePage({
  input,
  saved,
  form,
  context,
}: {
  input: ChoiceInput;
  /** Whether a change was just saved. */
  saved: boolean;
  form: FormContext;
  context: SubscriberContext;
}): TemplateResult {
  const { links, say } = context;
  return html`<h1>${say('manage.title')}</h1>
    ${saved ? html`<p class="notice" role="status">${say('manage.saved')}</p>` : nothing}
    ${problemSummary('problem.summary_change', form.problems, say)}
    <section aria-labelledby="stored"><h2 id="stored">${say('manage.stored')}</h2><dl class="facts-list">${storedFacts(context)}${choiceFacts(context)}</dl></section>
    <section aria-labelledby="change"><h2 id="change">${say('manage.change')}</h2>
      <form class="form" method="post" action=${below(links.manage)}>${choiceFields(input, form)}<p><button class="primary">${say('manage.save')}</button></p></form>
    </section>
    <section aria-labelledby="end"><h2 id="end">${say('manage.end')}</h2><p>${say('manage.end_about')}</p>
      <form class="form" method="post" action=${below(links.unsubscribe)}><p><button>${say('manage.end')}</button></p></form>
    </section>`;
}

export function unsubscribePage({ subscriber, links, say }: SubscriberContext): TemplateResult {
  return html`<h1>${say('unsubscribe.title')}</h1>
    <p class="lead">${say('unsubscribe.about', { address: subscriber.address })}</p>
    <form class="form" method="post" action=${below(links.unsubscribe)}><p><button class="primary">${say('unsubscribe.submit')}</button></p></form>`;
}

function storedFacts({ subscriber, words, say }: SubscriberContext): TemplateResult {
  const { id, channel, address, status, secret, created_at, confirmed_at } = subscriber;
  return html`${fact('manage.id', id, say)}${fact('manage.channel', say(`channel.${channel}`), say)}${fact('manage.address', address, say)}${fact('manage.status', say(`manage.${status}`), say)}${fact('manage.asked', words.dateTime(created_at), say)}${fact('manage.confirmed', confirmed_at === null ? say('manage.not_yet') : words.dateTime(confirmed_at), say)}${secret === null ? nothing : fact('manage.secret', say('manage.secret_kept'), say)}`;
}

function choiceFacts({ subscriber, systems, words, say }: SubscriberContext): TemplateResult {
  const names = subscriber.systems?.map((id) => systems.find((it) => it.id === id)?.name ?? id);
  return html`${fact('subscribe.systems', names ? words.list(names) : say('systems.all'), say)}${fact('subscribe.kinds', words.list(subscriber.kinds.map((kind) => say(`kind_name.${kind}`))), say)}${fact('subscribe.locale', CATALOGUES[subscriber.locale]['language.name'], say)}`;
}

function fact(term: SubscriptionMessageKey, value: string, say: SubscriptionSay): TemplateResult {
  return html`<div><dt>${say(term)}</dt><dd>${value}</dd></div>`;
}

/**
 * Path and query of one of our own links: whoever came by another name of this site stays there.
 */
function below(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname + search;
}

import type { TemplateResult } from 'lit';
import { createWords } from '../../messages/catalogue.ts';
import type { SubscriptionKey, Words } from '../../messages/index.ts';
import type { Configuration } from '../../model/configuration.ts';
import { spokenLocale } from '../../model/languages.ts';
import type { Signer } from '../../model/ports.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { subscriptionLinks } from '../../model/subscription-links.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { type AssetPaths, htmlDocument } from '../kit/document.ts';
import { paperPage } from '../kit/paper.ts';
import { renderHtml } from '../kit/render.ts';
import type { ChoiceInput, FieldProblem, SignUpInput } from './form.ts';
import type { Offer } from './offer.ts';
import {
  confirmedPage,
  confirmSubscriptionPage,
  managePage,
  messagePage,
  type SubscriberContext,
  unsubscribePage,
} from './views/pages.ts';
import { subscribeForm } from './views/subscribe-page.ts';

/** The pages of one language, as HTML documents. */
export interface SubscriptionPages {
  /** Empty, or as it was sent and what is wrong with it. */
  form(sent?: { input: SignUpInput; problems: FieldProblem[]; wait_ms: number }): string;
  sent(): string;
  confirm(subscriber: Subscriber, token: string): string;
  confirmed(subscriber: Subscriber): string;
  already(subscriber: Subscriber): string;
  /** As it is kept, or as it was sent and what is wrong with it. */
  manage(
    subscriber: Subscriber,
    shown: {
      token: string;
      saved: boolean;
      sent?: { input: ChoiceInput; problems: FieldProblem[] };
    },
  ): string;
  unsubscribe(subscriber: Subscriber): string;
  unsubscribed(): string;
  /** Why a link leads nowhere. */
  link(reason: 'forged' | 'expired' | 'gone'): string;
}

/** The pages in every language that is offered. */
export function createSubscriptionPages({
  configuration: { page, systems },
  offer,
  signer,
  assets,
}: {
  configuration: Configuration;
  offer: Offer;
  signer: Signer;
  assets: AssetPaths;
}): Record<Locale, SubscriptionPages> {
  const of = (locale: Locale): SubscriptionPages => {
    const words = createWords({ locale, zone: page.zone });
    const options = systems
      .filter(({ id }) => offer.systems.includes(id))
      .map(({ id, name }) => ({ id, name: words.name(name) }));
    const draw = createDraw({ page, assets, words });
    const subscribe = (text: SubscriptionKey) => ({
      href: `/${locale}/subscribe`,
      text: words.text(text),
    });
    const contextOf = (subscriber: Subscriber): SubscriberContext => ({
      subscriber,
      // Whoever reads in another language than that of the messages stays in it.
      links: subscriptionLinks({
        public_url: page.public_url,
        signer,
        subscriber: { ...subscriber, locale },
      }),
      systems: options,
      words,
    });

    return {
      form(sent) {
        const { input = blank(locale, offer), problems = [], wait_ms = 0 } = sent ?? {};
        const wait = wait_ms > 0 ? words.duration(wait_ms) : null;
        const context = { words, systems: options, languages: offer.languages, problems };
        const body = subscribeForm({
          input,
          channels: offer.channels,
          wait,
          page,
          context,
        });
        return draw('subscribe.title', { path: 'subscribe', body, is_public: true });
      },
      sent: () =>
        draw('sent.title', {
          path: 'subscribe/sent',
          body: messagePage({
            title: words.text('sent.title'),
            paragraphs: [words.text('sent.about'), words.text('sent.missing')],
            next: subscribe('sent.again'),
          }),
        }),
      confirm: (subscriber, token) =>
        draw('confirm.title', {
          path: `subscription/confirm?t=${token}`,
          body: confirmSubscriptionPage(contextOf(subscriber)),
        }),
      confirmed: (subscriber) =>
        draw('confirmed.title', { path: '', body: confirmedPage(contextOf(subscriber)) }),
      already(subscriber) {
        const { pathname, search } = new URL(contextOf(subscriber).links.manage);
        return draw('already.title', {
          path: '',
          body: messagePage({
            title: words.text('already.title'),
            paragraphs: [words.text('already.about')],
            next: { href: pathname + search, text: words.text('confirmed.manage') },
          }),
        });
      },
      manage(subscriber, { token, saved, sent }) {
        const { input = inputOf(subscriber, offer), problems = [] } = sent ?? {};
        const form = { words, systems: options, languages: offer.languages, problems };
        return draw('manage.title', {
          path: `subscription?t=${token}`,
          body: managePage({ input, saved, form, context: contextOf(subscriber) }),
        });
      },
      unsubscribe: (subscriber) =>
        draw('unsubscribe.title', { path: '', body: unsubscribePage(contextOf(subscriber)) }),
      unsubscribed: () =>
        draw('unsubscribed.title', {
          path: '',
          body: messagePage({
            title: words.text('unsubscribed.title'),
            paragraphs: [words.text('unsubscribed.about')],
            next: subscribe('unsubscribed.again'),
          }),
        }),
      link: (reason) =>
        draw(`link.${reason}_title`, {
          path: '',
          body: messagePage({
            title: words.text(`link.${reason}_title`),
            paragraphs: [words.text(`link.${reason}_about`)],
            next: subscribe('subscribe.title'),
          }),
        }),
    };
  };
  return Object.fromEntries(offer.languages.map((locale) => [locale, of(locale)])) as Record<
    Locale,
    SubscriptionPages
  >;
}

/**
 * Puts a part into a whole document. Only the form is for everybody; what a signed link shows is
 * for its holder.
 */
function createDraw({
  page,
  assets,
  words,
}: {
  page: Configuration['page'];
  assets: AssetPaths;
  words: Words;
}) {
  return (
    title: SubscriptionKey,
    { path, body, is_public = false }: { path: string; body: TemplateResult; is_public?: boolean },
  ) =>
    htmlDocument({
      title: `${words.text(title)} · ${words.name(page.title)}`,
      description: words.text('subscribe.about'),
      path: is_public ? path : null,
      page,
      script: null,
      styles: ['page', 'article', 'forms'],
      assets,
      body: renderHtml(paperPage({ body, page, path, words })),
      words,
    });
}

function blank(locale: Locale, { channels }: Offer): SignUpInput {
  const kinds = ['incident', 'maintenance'];
  return {
    channel: channels[0]?.id ?? '',
    addresses: {},
    scope: 'all',
    systems: [],
    kinds,
    locale,
  };
}

function inputOf({ systems, kinds, locale }: Subscriber, { languages }: Offer): ChoiceInput {
  return {
    scope: systems === null ? 'all' : 'some',
    systems: systems ?? [],
    kinds,
    locale: spokenLocale(locale, languages),
  };
}

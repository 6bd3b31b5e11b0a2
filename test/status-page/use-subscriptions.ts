import { expect } from 'vitest';
import type { Subscriber } from '../../model/subscription.ts';
import { subscriptionLinks } from '../../model/subscription-links.ts';
import { notifySettings } from '../channels/settings.ts';
import { deliverEach } from '../store/deliver-each.ts';
import { type Answer, ask } from './request.ts';
import { siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

const PUBLIC_URL = 'https://status.example.invalid';
/** Of a sign-up by mail. */
export const SIGN_UP = {
  channel: 'email',
  email: 'wang@a.example',
  scope: 'all',
  kinds: ['incident', 'maintenance'],
  locale: 'zh-CN',
};
export type SentFields = Record<string, string | string[]>;
/** As a browser sends a form. */
export const AS_FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A page at which people subscribe, opened before each test. */
export function useSubscriptions() {
  const page = usePage({
    configuration: {
      ...siteConfiguration(),
      notify: notifySettings({
        from: 'status@example.invalid',
        webhook: { allow: ['127.0.0.1:9999'] },
      }),
    },
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    ask(page.url + path, { headers });
  function post(path: string, fields: SentFields, headers: Record<string, string> = {}) {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, values]) => [values].flat().map((it) => [name, it])),
    ).toString();
    return ask(page.url + path, { method: 'POST', headers: { ...AS_FORM, ...headers }, body });
  }
  const signUp = (fields: SentFields = {}, headers: Record<string, string> = {}) =>
    post(
      '/zh-CN/subscribe',
      { ...SIGN_UP, ...fields },
      { 'sec-fetch-site': 'same-origin', ...headers },
    );

  /** Whom the notifier is to tell of a sign-up, one entry for each message. */
  async function told(): Promise<Subscriber[]> {
    const claimed = await deliverEach(page.site.store, page.clock.now());
    const found = await Promise.all(
      claimed.map(({ recipient }) => page.site.store.subscriber(recipient.id)),
    );
    return found.filter((it) => it !== null);
  }

  /** Somebody signs up and gets the links in a message. */
  async function subscriber(fields: SentFields = {}) {
    expect((await signUp(fields)).status).toBe(303);
    const [found] = await told();
    if (!found) throw new Error('Nobody was told');
    const links = subscriptionLinks({
      public_url: PUBLIC_URL,
      signer: page.site.signer,
      subscriber: found,
    });
    const below = (link: string) => link.slice(PUBLIC_URL.length);
    return {
      id: found.id,
      confirm: below(links.confirm),
      manage: below(links.manage),
      unsubscribe: below(links.unsubscribe),
    };
  }
  const stored = (id: string) => page.site.store.subscriber(id);
  return { page, get, post, signUp, told, subscriber, stored };
}

export const headingOf = ({ text }: Answer) => text.match(/<h1>(.*?)<\/h1>/)?.[1];

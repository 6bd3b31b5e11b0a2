import { expect, test } from 'vitest';
import type { Subscriber } from '../../model/subscription.ts';
import { notifySettings } from '../channels/settings.ts';
import { deliverEach } from '../store/deliver-each.ts';
import { ask } from './request.ts';
import { siteConfiguration } from './site-configuration.ts';
import { usePage } from './use-page.ts';

/** As programs for Statuspage sign somebody up: JSON or a form, without an Origin. */
const page = usePage({
  configuration: {
    ...siteConfiguration(),
    notify: notifySettings({ from: 'status@example.invalid' }),
  },
});
const PATH = '/api/v2/subscribers.json';

async function send(body: string, type: string, headers: Record<string, string> = {}) {
  const answer = await ask(page.url + PATH, {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body,
  });
  return { ...answer, json: JSON.parse(answer.text) };
}
const sendJson = (subscriber: object, headers: Record<string, string> = {}) =>
  send(JSON.stringify({ subscriber }), 'application/json', headers);

/** Whom the notifier is to ask for a confirmation. */
async function told(): Promise<Subscriber[]> {
  const claimed = await deliverEach(page.site.store, page.clock.now());
  const all = claimed.map(({ recipient }) => page.site.store.subscriber(recipient.id));
  return (await Promise.all(all)).filter((it) => it !== null);
}

test('O7: a mailbox is asked to confirm, in the language of the program', async () => {
  const { status, json } = await sendJson(
    { email: ' Wang@A.example' },
    { 'accept-language': 'ja' },
  );
  expect([status, json]).toEqual([
    201,
    {
      subscriber: {
        mode: 'email',
        email: 'Wang@a.example',
        endpoint: null,
        created_at: new Date(page.clock.now()).toISOString(),
      },
    },
  ]);
  expect(await told()).toMatchObject([
    { channel: 'email', address: 'Wang@a.example', status: 'pending', locale: 'ja', systems: null },
  ]);
});

test('O7: a webhook is, as a form sends it', async () => {
  const fields = {
    'subscriber[email]': 'a@a.example',
    'subscriber[endpoint]': 'https://h.example/x',
  };
  const body = String(new URLSearchParams(fields));
  const { status, json } = await send(body, 'application/x-www-form-urlencoded; charset=UTF-8');
  expect([status, json.subscriber.mode]).toEqual([201, 'webhook']);
  expect(json.subscriber.endpoint).toBe('https://h.example/x');
  expect(await told()).toMatchObject([{ channel: 'webhook', address: 'https://h.example/x' }]);
});

test('one who is known is answered like anybody', async () => {
  const first = await sendJson({ email: 'wang@a.example' });
  const again = await sendJson({ email: 'wang@a.example' });
  expect([again.status, again.json]).toEqual([first.status, first.json]);
});

test('three an hour of one mailbox, as by the form', async () => {
  for (let n = 0; n < 3; n += 1)
    expect((await sendJson({ email: 'li@a.example' })).status).toBe(201);
  const { status, headers } = await sendJson({ email: 'LI+1@a.example' });
  expect([status, headers['retry-after']]).toEqual([429, '3600']);
});

test.each<[string, object, string]>([
  ['no mailbox', { email: 'nobody' }, '#/subscriber/email'],
  ['neither', {}, '#/subscriber/email'],
  ['an address that is none', { endpoint: 'ftp://h.example/' }, '#/subscriber/endpoint'],
  ['a number', { email: 7 }, '#/subscriber/email'],
])('%s is refused, with where', async (_, subscriber, pointer) => {
  const { status, json } = await sendJson(subscriber);
  expect([status, json.errors.map((it: { pointer: string }) => it.pointer)]).toEqual([
    422,
    [pointer],
  ]);
  expect(await told()).toEqual([]);
});

test.each<[string, string, string, number]>([
  ['no JSON', '{', 'application/json', 400],
  ['a list', '[]', 'application/json', 422],
  ['another type', 'email=a@a.example', 'text/plain', 415],
  [
    'too much',
    JSON.stringify({ subscriber: { email: 'a'.repeat(20_000) } }),
    'application/json',
    413,
  ],
])('%s is refused', async (_, body, type, status) => {
  expect((await send(body, type)).status).toBe(status);
});

test.each<[Record<string, string>, number]>([
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ origin: 'https://other.example' }, 403],
  [{ 'sec-fetch-site': 'same-origin' }, 201],
])('a browser with %j gets %i', async (headers, status) => {
  expect((await sendJson({ email: 'wang@a.example' }, headers)).status).toBe(status);
});

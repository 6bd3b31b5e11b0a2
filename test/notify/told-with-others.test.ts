import { expect, it } from 'vitest';
import type { Message } from '../../channels/kit/message.ts';
import type { Sender, SendResult } from '../../channels/kit/sender.ts';
import type { Operator } from '../../model/notify-settings.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { keptLog } from '../platform/quiet.ts';
import { anAlert, aSubscriber, INCIDENT, NOTICE, START, UPDATE } from './samples.ts';
import { logSender, scriptedSender, startNotifier } from './site.ts';

/** The first alert goes at once, and people get all else of the next 30 s in one message. */

const SENT: SendResult = { result: 'sent' };
const SILENT: SendResult = { result: 'retry', error: 'silent', may_be_sent: true };
const REFUSED: SendResult = { result: 'retry', error: 'ECONNREFUSED' };
const LOG = { log: logSender(keptLog()) };
const operator = (channel: string, address: string): Operator => ({
  channel,
  address,
  locale: 'en',
  secret: null,
});
const ON_CALL = operator('email', 'on-call@example.org');

type Site = Awaited<ReturnType<typeof startOnCall>>;

async function startOnCall(answer: (attempt: number) => SendResult = () => SENT) {
  const mails = scriptedSender(answer);
  const hooks = scriptedSender(() => SENT, { shared: false });
  const site = await startNotifier({
    senders: () => ({
      ...LOG,
      email: { ...mails.sender, digests: true },
      webhook: { ...hooks.sender, hostOf: (address) => new URL(address).host },
    }),
    notices: [],
    operators: [ON_CALL, operator('webhook', 'https://robot.example/')],
  });
  return { ...site, mails: mails.received, hooks: hooks.received };
}

async function alarm({ store, time }: Site, n: number, resolved = false): Promise<void> {
  const id = `alert${String(n).padStart(7, '0')}`;
  const end = resolved ? { resolved_at: time.now, resolved_since: time.now } : {};
  const kind = resolved ? 'alert_resolved' : 'alert_opened';
  await store.record({
    alerts: [anAlert({ id, subject: `beijing.${n}`, ...end })],
    notices: [{ id: `${kind}-${n}`, kind, ref: id, update: null, created_at: time.now }],
  });
}

/** The alerts of each message, as they are told. */
const told = (messages: readonly Message[]) =>
  messages.map(({ notice, others = [] }) =>
    [notice, ...others.map((it) => it.notice)].map(({ kind, ref }) => `${kind} ${ref.at(-1)}`),
  );

it('T8: of a storm of alerts the first goes at once, the rest together after 30 s', async () => {
  const site = await startOnCall();
  for (let n = 0; n < 9; n += 1) await alarm(site, n);
  await site.dispatch();
  expect(told(site.mails)).toEqual([['alert_opened 0']]);
  site.time.now += 29 * SECOND;
  await alarm(site, 9);
  await site.dispatch();
  expect(site.mails).toHaveLength(1);
  site.time.now += SECOND;
  await site.dispatch();
  const rest = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `alert_opened ${n}`);
  expect(told(site.mails)).toEqual([['alert_opened 0'], rest]);
  // A program is told of each when it happens.
  expect(told(site.hooks)).toHaveLength(10);

  // After that the next one is a first one again.
  site.time.now += SECOND;
  await alarm(site, 5, true);
  await site.dispatch();
  expect(told(site.mails).at(-1)).toEqual(['alert_resolved 5']);
  site.time.now += MINUTE;
  await site.dispatch();
  expect(site.mails).toHaveLength(3);
});

it('what is over while it waits is told as over', async () => {
  const site = await startOnCall();
  for (let n = 0; n < 3; n += 1) await alarm(site, n);
  await site.dispatch();
  site.time.now += 10 * SECOND;
  await alarm(site, 1, true);
  site.time.now += 20 * SECOND;
  await site.dispatch();
  expect(told(site.mails)).toEqual([['alert_opened 0'], ['alert_opened 2', 'alert_resolved 1']]);
});

it('what may have arrived goes again as it was, without what came later', async () => {
  let answer: SendResult = SENT;
  const site = await startOnCall(() => answer);
  for (let n = 0; n < 3; n += 1) await alarm(site, n);
  await site.dispatch();
  site.time.now += 30 * SECOND;
  answer = { result: 'retry', error: 'silent', may_be_sent: true };
  await site.dispatch();
  await alarm(site, 3);
  site.time.now += 10 * MINUTE;
  answer = SENT;
  await site.dispatch();
  const both = ['alert_opened 1', 'alert_opened 2'];
  expect(told(site.mails).slice(0, 3)).toEqual([['alert_opened 0'], both, both]);
  expect(site.mails[2]?.delivery_id).toBe(site.mails[1]?.delivery_id);
  expect(told(site.mails).slice(3)).toEqual([['alert_opened 3']]);
});

it('what did not arrive is told with what came meanwhile', async () => {
  let answer: SendResult = SENT;
  const site = await startOnCall(() => answer);
  for (let n = 0; n < 3; n += 1) await alarm(site, n);
  await site.dispatch();
  site.time.now += 30 * SECOND;
  answer = { result: 'retry', error: '421 busy' };
  await site.dispatch();
  await alarm(site, 3);
  site.time.now += 10 * MINUTE;
  answer = SENT;
  await site.dispatch();
  await site.dispatch();
  const all = told(site.mails).slice(2).flat();
  expect(all.toSorted()).toEqual(['alert_opened 1', 'alert_opened 2', 'alert_opened 3']);
});

it('a killed notifier leaves what it had in hand to the next as the same message', async () => {
  const site = await startOnCall();
  for (let n = 0; n < 4; n += 1) await alarm(site, n);
  await site.dispatch();
  site.time.now += 30 * SECOND;
  const claim = { now: site.time.now, limit: 4, channel: 'email' };
  const [killed] = await site.store.claimDeliveries({ owner: 'killed', ...claim });
  expect(killed?.told_with).toHaveLength(2);
  const next = await openStore({ path: site.path });
  expect(await next.releaseDeliveries('next')).toBe(3);
  const again = await next.claimDeliveries({ owner: 'next', ...claim });
  expect(again.map(({ id }) => id)).toEqual([killed?.id]);
  expect(again[0]?.told_with.map(({ id }) => id)).toEqual(killed?.told_with.map(({ id }) => id));
  // Given back, all of them are.
  await next.putOffDelivery(again[0]?.id ?? '', site.time.now);
  expect(await next.claimDeliveries({ owner: 'next', ...claim })).toEqual(again);
  await next.settleDelivery(again[0]?.id ?? '', { status: 'sent', at: site.time.now });
  expect(await next.claimDeliveries({ owner: 'next', ...claim })).toEqual([]);
  await next.close();
});

it('what was put off together is told, though the first of it is overtaken meanwhile', async () => {
  const site = await startOnCall();
  for (let n = 0; n < 3; n += 1) await alarm(site, n);
  await site.dispatch();
  site.time.now += 30 * SECOND;
  const claim = { owner: 'notifier', now: site.time.now, limit: 4, channel: 'email' };
  const [first] = await site.store.claimDeliveries(claim);
  await site.store.putOffDelivery(first?.id ?? '', site.time.now + SECOND);
  await alarm(site, 1, true);
  site.time.now += MINUTE;
  await site.dispatch();
  expect(told(site.mails).slice(1)).toEqual([['alert_opened 2', 'alert_resolved 1']]);
});

it('what may have arrived stays together, though the next attempt is refused', async () => {
  let answer: SendResult = SENT;
  const site = await startOnCall(() => answer);
  for (let n = 0; n < 4; n += 1) await alarm(site, n);
  await site.dispatch();
  site.time.now += 30 * SECOND;
  for (const next of [SILENT, REFUSED, SENT]) {
    answer = next;
    await site.dispatch();
    site.time.now += 10 * MINUTE;
  }
  await site.dispatch();
  const all = [1, 2, 3].map((n) => `alert_opened ${n}`);
  expect(told(site.mails)).toEqual([['alert_opened 0'], all, all, all]);
  expect(new Set(site.mails.slice(1).map(({ delivery_id }) => delivery_id)).size).toBe(1);
});

it('one that is given up does not take those with it that are told with it', async () => {
  let answer: SendResult = SENT;
  const site = await startOnCall(() => answer);
  answer = REFUSED;
  await alarm(site, 0);
  for (let n = 0; n < 32; n += 1) {
    await site.dispatch();
    site.time.now += 61 * MINUTE;
  }
  await alarm(site, 1);
  await site.dispatch();
  expect(told(site.mails).at(-1)).toEqual(['alert_opened 0', 'alert_opened 1']);
  answer = SENT;
  site.time.now += MINUTE;
  await site.dispatch();
  expect(told(site.mails).at(-1)).toEqual(['alert_opened 1']);
});

it('one that cannot be read holds back no other', async () => {
  const site = await startOnCall();
  for (let n = 0; n < 4; n += 1) await alarm(site, n);
  await site.dispatch();
  const { alert } = site.store;
  site.store.alert = (id) =>
    id.endsWith('1') ? Promise.reject(new Error('its row is damaged')) : alert(id);
  site.time.now += 30 * SECOND;
  for (let n = 0; n < 4; n += 1) {
    await site.dispatch();
    site.time.now += 2 * SECOND;
  }
  const all = told(site.mails).flat();
  expect(all.toSorted()).toEqual(['alert_opened 0', 'alert_opened 2', 'alert_opened 3']);
});

it('one that cannot be read is asked for less and less, and given up after a day', async () => {
  const site = await startOnCall();
  await alarm(site, 1);
  const { alert } = site.store;
  let asked = 0;
  site.store.alert = () => {
    asked += 1;
    return Promise.reject(new Error('its row is damaged'));
  };
  const dispatchFor = async (seconds: number) => {
    const before = asked;
    for (let s = 0; s < seconds; s += 1) {
      site.time.now += SECOND;
      await site.dispatch();
    }
    return asked - before;
  };
  // By mail, webhook and log: after 1 s at first, after a minute later.
  expect(await dispatchFor(10)).toBe(3 * 10);
  site.time.now += HOUR;
  expect(await dispatchFor(120)).toBe(3 * 2);
  site.time.now += DAY;
  await alarm(site, 1, true);
  await site.dispatch();
  site.store.alert = alert;
  site.time.now += SECOND;
  await site.dispatch();
  // What is newer of the same matter waited for it.
  expect(told(site.mails)).toEqual([['alert_resolved 1']]);
});

it('of any number one message of 50 at most is under way', async () => {
  let under_way = 0;
  let most = 0;
  const parts: number[] = [];
  const site = await startOnCall();
  const slow: Sender = {
    shared: true,
    digests: true,
    async send({ others = [] }) {
      under_way += 1;
      most = Math.max(most, under_way);
      parts.push(1 + others.length);
      await new Promise((resolve) => setTimeout(resolve, 5));
      under_way -= 1;
      return SENT;
    },
  };
  Object.assign(site.senders, { email: slow });
  for (let n = 0; n < 130; n += 1) await alarm(site, n);
  await site.dispatch();
  site.time.now += 30 * SECOND;
  await site.dispatcher('notifier')();
  expect(parts.reduce((sum, it) => sum + it, 0)).toBe(130);
  expect(Math.max(...parts)).toBe(50);
  expect(most).toBe(1);
});

it('one refusal of many matters is one: nobody is unsubscribed by it', async () => {
  let answer: SendResult = SENT;
  const mails = scriptedSender(() => answer);
  const reader = aSubscriber({ id: 'reader000001', channel: 'email' });
  const { store, time, dispatch } = await startNotifier({
    senders: () => ({ ...LOG, email: { ...mails.sender, digests: true } }),
    notices: [NOTICE],
    subscribers: [reader],
  });
  await dispatch();
  for (const n of [2, 3, 4, 5, 6, 7]) {
    const [id, update] = [`inc00000000${n}`, `upd00000000${n}`];
    await store.record({
      incidents: [{ ...INCIDENT, id, system: 'pinduoduo', cause: INCIDENT.id }],
      updates: [{ ...UPDATE, id: update, incident: id }],
      notices: [{ ...NOTICE, id: `not${n}`, ref: id, update, created_at: START + n * SECOND }],
    });
  }
  await dispatch();
  time.now += MINUTE;
  answer = { result: 'never_again', error: '552 too large' };
  await dispatch();
  expect(mails.received.at(-1)?.others).toHaveLength(5);
  expect((await store.subscriber(reader.id))?.status).toBe('active');
});

it('a clock that is set back makes nothing wait for longer', async () => {
  const site = await startOnCall();
  site.time.now += 60 * MINUTE;
  await alarm(site, 0);
  await site.dispatch();
  site.time.now -= 60 * MINUTE;
  await alarm(site, 1);
  await site.dispatch();
  expect(told(site.mails)).toEqual([['alert_opened 0'], ['alert_opened 1']]);
});

it.each([
  ['I10: of one declared cause, are told to a reader in one message a minute', 'inc000000001', 2],
  ['of no common cause, are told at once each', null, 3],
])('incidents of several systems, %s', async (_, cause, messages) => {
  const mails = scriptedSender(() => SENT);
  const reader = aSubscriber({ id: 'reader000001', channel: 'email' });
  const { store, time, dispatch } = await startNotifier({
    senders: () => ({ ...LOG, email: { ...mails.sender, digests: true } }),
    notices: [NOTICE],
    subscribers: [reader],
  });
  await dispatch();
  for (const n of [2, 3]) {
    const [id, update] = [`inc00000000${n}`, `upd00000000${n}`];
    await store.record({
      incidents: [{ ...INCIDENT, id, system: 'pinduoduo', cause }],
      updates: [{ ...UPDATE, id: update, incident: id }],
      notices: [{ ...NOTICE, id: `not${n}`, ref: id, update, created_at: START + n * SECOND }],
    });
    await dispatch();
  }
  time.now += MINUTE;
  await dispatch();
  expect(mails.received).toHaveLength(messages);
  expect(told(mails.received).flat()).toEqual([1, 2, 3].map((n) => `incident_opened ${n}`));
});

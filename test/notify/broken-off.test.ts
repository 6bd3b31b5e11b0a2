import { expect, it } from 'vitest';
import type { Message } from '../../channels/kit/message.ts';
import type { Sender, SendResult } from '../../channels/kit/sender.ts';
import type { Operator } from '../../model/notify-settings.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { keptLog } from '../platform/quiet.ts';
import { anAlert, aSubscriber, NOTICE, START, UPDATE } from './samples.ts';
import { logSender, manyIncidents, startNotifier } from './site.ts';

/** What goes wrong on our side, or on the way, in the middle of sending. */

const PUBLIC = { log: logSender(keptLog()) };
const SECRET = `whsec_${'A'.repeat(32)}`;
const SENT = { result: 'sent' } as const;

/** Hosts that answer by their address; what each was told, in order. */
function hosts(answer: (message: Message) => SendResult) {
  const told: { to: string; id: string; kind: string; ref: string }[] = [];
  const sender: Sender = {
    shared: false,
    hostOf: (address) => new URL(address).host,
    async send(message) {
      const { delivery_id: id, notice, to } = message;
      told.push({ to: to.address, id, kind: notice.kind, ref: notice.ref });
      return answer(message);
    },
  };
  return { sender, told };
}

const operator = (address: string): Operator => ({
  channel: 'webhook',
  address,
  locale: 'en',
  secret: SECRET,
});
const WORSE = {
  updates: [{ ...UPDATE, id: 'upd-worse', code: 'worse' as const, created_at: START + 2_000 }],
  notices: [
    {
      ...NOTICE,
      id: 'not-worse',
      kind: 'incident_updated' as const,
      update: 'upd-worse',
      created_at: START + 2_000,
    },
  ],
};

it('what may have arrived without an answer goes again under its id, then the next', async () => {
  let answer: SendResult = { result: 'retry', error: 'silent', may_be_sent: true };
  const { sender, told } = hosts(() => answer);
  const reader = { channel: 'webhook', address: 'https://slow.example/', secret: SECRET };
  const { store, time, dispatch } = await startNotifier({
    senders: () => ({ ...PUBLIC, webhook: sender }),
    notices: [NOTICE],
    subscribers: [aSubscriber({ id: 'hook00000001', ...reader })],
  });
  await dispatch();
  await store.record(WORSE);
  time.now += MINUTE;
  answer = SENT;
  await dispatch();
  await dispatch();
  const [first, again, next] = told;
  expect([first?.kind, again?.kind, next?.kind]).toEqual([
    'incident_opened',
    'incident_opened',
    'incident_updated',
  ]);
  expect(again?.id).toBe(first?.id);
  expect(told).toHaveLength(3);
});

it('an address that refuses holds back no other one at its host', async () => {
  const { sender, told } = hosts(({ to }) =>
    to.address.endsWith('dead')
      ? { result: 'retry', error: 'HTTP 404', host_answered: true }
      : SENT,
  );
  const { store, time, dispatch } = await startNotifier({
    senders: () => ({ ...PUBLIC, webhook: sender }),
    notices: [],
    operators: [operator('https://robots.example/dead'), operator('https://robots.example/live')],
  });
  for (let n = 0; n < 6; n++) {
    const id = `alert000000${n}`;
    const notice = { id: `n${n}`, kind: 'alert_opened', ref: id, update: null } as const;
    await store.record({
      alerts: [anAlert({ id, subject: `a.${n}` })],
      notices: [{ ...notice, created_at: time.now }],
    });
    await dispatch();
    expect(told.filter(({ to, ref }) => to.endsWith('live') && ref === id)).toHaveLength(1);
    time.now += 10 * SECOND;
  }
});

it('whoever an alert was escalated to hears its end, whatever clock wrote it', async () => {
  const { sender, told } = hosts(() => SENT);
  const { store, time, dispatch } = await startNotifier({
    senders: () => ({ ...PUBLIC, webhook: sender }),
    notices: [],
    operators: [operator('https://on-call.example/')],
    escalation: [operator('https://boss.example/')],
  });
  const alert = anAlert({ opened_at: START });
  const notice = { ref: alert.id, update: null };
  await store.record({
    alerts: [alert],
    notices: [{ ...notice, id: 'n1', kind: 'alert_opened', created_at: START }],
  });
  await dispatch();
  time.now = START + HOUR + 300;
  await store.tellAlertAgain({
    id: alert.id,
    repeats: 0,
    notice: { ...notice, id: 'n2', kind: 'alert_escalated', created_at: time.now },
  });
  await dispatch();
  // Its round began before that, and was written later.
  const resolved_at = START + HOUR;
  await store.record({
    alerts: [{ ...alert, resolved_at, resolved_since: resolved_at }],
    notices: [{ ...notice, id: 'n3', kind: 'alert_resolved', created_at: resolved_at }],
  });
  time.now += 2 * SECOND;
  await dispatch();
  const boss = told.filter(({ to }) => to.includes('boss')).map(({ kind }) => kind);
  expect(boss).toEqual(['alert_escalated', 'alert_resolved']);
});

it('a conclusion that cannot be drawn leaves its delivery settled, others sent', async () => {
  const { sender, told } = hosts(({ to }) =>
    to.address.includes('gone') ? { result: 'never_again', error: 'HTTP 410' } : SENT,
  );
  const hook = (id: string, address: string) =>
    aSubscriber({ id, channel: 'webhook', address, secret: SECRET });
  const { store, time, entries, dispatch } = await startNotifier({
    senders: () => ({ ...PUBLIC, webhook: sender }),
    notices: [NOTICE],
    subscribers: [
      hook('hook00000001', 'https://gone.example/'),
      hook('hook00000002', 'https://there.example/'),
    ],
  });
  store.consecutiveFailures = () => Promise.reject(new Error('the disk is away'));
  await dispatch();
  time.now += HOUR;
  await dispatch();
  expect(told.map(({ to }) => to).toSorted()).toEqual([
    'https://gone.example/',
    'https://there.example/',
  ]);
  expect(entries.filter(({ msg }) => String(msg).startsWith('no conclusion'))).toHaveLength(1);
});

it('who cannot be told because we have no sender for the channel stays subscribed', async () => {
  const reader = aSubscriber({ id: 'hook00000001', channel: 'webhook', secret: SECRET });
  const { store, dispatch } = await startNotifier({
    senders: () => PUBLIC,
    notices: [],
    subscribers: [reader],
  });
  await store.record(manyIncidents(8));
  await dispatch();
  expect(await store.consecutiveFailures(reader.id, 5)).toBe(5);
  expect((await store.subscriber(reader.id))?.status).toBe('active');
});

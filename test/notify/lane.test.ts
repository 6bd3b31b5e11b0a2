import { describe, expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../channels/kit/message.ts';
import type { Sender, SendResult } from '../../channels/kit/sender.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { DAY, MINUTE, SECOND } from '../../model/time.ts';
import { keptLog } from '../platform/quiet.ts';
import { aSubscriber } from './samples.ts';
import { logSender, manyIncidents, scriptedSender, startNotifier } from './site.ts';

const SECRET = `whsec_${'A'.repeat(32)}`;
const PUBLIC = { log: logSender(keptLog()) };

function hooks(count: number, host: (n: number) => string): Subscriber[] {
  return Array.from({ length: count }, (_, n) =>
    aSubscriber({
      id: `hook${String(n).padStart(8, '0')}`,
      channel: 'webhook',
      address: `https://${host(n)}/${n}`,
      secret: SECRET,
    }),
  );
}

/** Answers each host as told, when told, and keeps what is under way at once. */
function hosts(answer: (host: string) => SendResult | 'hangs') {
  const received: Message[] = [];
  const open = new Map<string, number>();
  const most = { of_a_host: 0, in_all: 0 };
  const ends: (() => void)[] = [];
  const hostOf = (address: string) => new URL(address).host;
  const sender: Sender = {
    shared: false,
    hostOf,
    async send(message) {
      const host = hostOf(message.to.address);
      received.push(message);
      open.set(host, (open.get(host) ?? 0) + 1);
      most.of_a_host = Math.max(most.of_a_host, open.get(host) ?? 0);
      most.in_all = Math.max(most.in_all, received.length - ended);
      const answered = answer(host);
      if (answered === 'hangs') await new Promise<void>((resolve) => ends.push(resolve));
      else await new Promise((resolve) => setImmediate(resolve));
      ended += 1;
      open.set(host, (open.get(host) ?? 0) - 1);
      return answered === 'hangs' ? { result: 'retry', error: 'no answer in 15 s' } : answered;
    },
  };
  let ended = 0;
  return { sender, received, most, timeOut: () => ends.splice(0).forEach((end) => void end()) };
}

const sent = { result: 'sent' } as const;
const failed = { result: 'retry', error: 'HTTP 502' } as const;

describe('a host', () => {
  it('T2: gets one message at a time, whoever they are for, and all of them', async () => {
    const { sender, received, most } = hosts(() => sent);
    const { dispatch, store, time } = await startNotifier({
      senders: () => ({ ...PUBLIC, webhook: sender }),
      notices: [],
      subscribers: hooks(60, () => 'hooks.example'),
    });
    await store.record(manyIncidents(1));
    for (let n = 0; n < 3; n++) {
      await dispatch();
      time.now += SECOND;
    }
    expect(new Set(received.map(({ delivery_id }) => delivery_id)).size).toBe(60);
    expect(received).toHaveLength(60);
    expect(most.of_a_host).toBe(1);
  });

  it('T2: that never answers delays neither other hosts nor mails', async () => {
    const { sender, received, most, timeOut } = hosts((host) =>
      host === 'good.example' ? sent : 'hangs',
    );
    const mail = scriptedSender(() => sent);
    const { dispatch, store } = await startNotifier({
      senders: () => ({ ...PUBLIC, webhook: sender, email: mail.sender }),
      notices: [],
      subscribers: [
        ...hooks(20, (n) => `hanging-${n}.example`),
        aSubscriber({ id: 'zgood0000000', channel: 'webhook', address: 'https://good.example/' }),
        aSubscriber({ id: 'mail00000000' }),
      ],
    });
    await store.record(manyIncidents(3));
    const round = dispatch();
    await expect.poll(() => mail.received.length).toBe(3);
    await expect
      .poll(() => received.filter(({ to }) => to.address.includes('good')).length)
      .toBe(3);
    expect(most).toEqual({ of_a_host: 1, in_all: 21 });
    const timer = setInterval(timeOut, 20);
    onTestFinished(() => clearInterval(timer));
    await round;
  });

  it('that takes nothing is left alone, and no attempt is counted meanwhile', async () => {
    const world = { works: false };
    const { sender, received } = hosts(() => (world.works ? sent : failed));
    const { dispatch, store, time, telemetry } = await startNotifier({
      senders: () => ({ ...PUBLIC, webhook: sender }),
      notices: [],
      subscribers: hooks(1, () => 'hooks.example'),
    });
    await store.record(manyIncidents(10));
    await dispatch();
    expect(received).toHaveLength(3);
    expect(await telemetry.text()).toMatch(/channel="webhook",result="put_off"\} [1-9]/);
    // Every 5 minutes at last, for an hour.
    for (const ends_at = time.now + 60 * MINUTE; time.now < ends_at; time.now += 5 * SECOND)
      await dispatch();
    expect(received.length).toBeLessThan(3 + 17);
    world.works = true;
    for (let n = 0; n < 80; n++) {
      time.now += MINUTE;
      await dispatch();
    }
    const done = received.slice(-10).map(({ notice }) => notice.id);
    expect(new Set(done).size).toBe(10);
    expect(await store.pendingDeliveries()).toEqual([]);
  });

  it('that takes nothing for a day is waited for no longer', async () => {
    const { sender } = hosts(() => failed);
    const { dispatch, store, time } = await startNotifier({
      senders: () => ({ ...PUBLIC, webhook: sender }),
      notices: [],
      subscribers: hooks(1, () => 'hooks.example'),
    });
    await store.record(manyIncidents(4));
    for (const ends_at = time.now + 2 * DAY; time.now < ends_at; time.now += 4 * MINUTE)
      await dispatch();
    expect(await store.pendingDeliveries()).toEqual([]);
  });
});

describe('the server that all mails go through', () => {
  const down = { result: 'retry', error: 'ECONNREFUSED at CONN', channel_fault: true } as const;

  it('is asked by one mail at a time while it takes none, and the others wait', async () => {
    const world = { works: false };
    const { sender, received } = scriptedSender(() => (world.works ? sent : down));
    const { dispatch, store, time } = await startNotifier({
      senders: () => ({ ...PUBLIC, email: sender }),
      notices: [],
      subscribers: [aSubscriber()],
    });
    await store.record(manyIncidents(100));
    await dispatch();
    expect(received.length).toBeLessThanOrEqual(4);
    time.now += 10 * MINUTE;
    world.works = true;
    await dispatch();
    expect(await store.pendingDeliveries()).toEqual([]);
  });

  it('takes two mails to readers at once, and beside them one that asks to confirm', async () => {
    const ends: (() => void)[] = [];
    const open = { now: 0, most: 0 };
    const sender: Sender = {
      shared: true,
      async send() {
        open.now += 1;
        open.most = Math.max(open.most, open.now);
        await new Promise<void>((resolve) => ends.push(resolve));
        open.now -= 1;
        return sent;
      },
    };
    const { dispatch, store } = await startNotifier({
      senders: () => ({ ...PUBLIC, email: sender }),
      notices: [],
      subscribers: [aSubscriber(), aSubscriber({ id: 'new000000000', status: 'pending' })],
    });
    await store.record(manyIncidents(9));
    const round = dispatch();
    await expect.poll(() => open.now).toBe(3);
    const timer = setInterval(() => ends.splice(0).forEach((end) => void end()), 5);
    onTestFinished(() => clearInterval(timer));
    await round;
    expect(open.most).toBe(3);
  });
});

it('T2: a stranger who never answers is asked three times within an hour', async () => {
  const { sender, received } = hosts(() => failed);
  const { dispatch, time, store } = await startNotifier({
    senders: () => ({ ...PUBLIC, webhook: sender }),
    notices: [],
    subscribers: hooks(1, () => 'hooks.example').map((it) => ({ ...it, status: 'pending' })),
  });
  for (let minute = 0; minute < 60; minute++) {
    await dispatch();
    time.now += MINUTE;
  }
  expect(received).toHaveLength(3);
  expect(await store.pendingDeliveries()).toEqual([]);
});

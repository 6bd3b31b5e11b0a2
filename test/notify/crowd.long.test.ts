import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { randomId } from '../../model/ids.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { SECOND, systemClock } from '../../model/time.ts';
import { createChannelHealth } from '../../notify/channel-health.ts';
import { createDispatcher } from '../../notify/dispatcher.ts';
import { startPolling } from '../../notify/poll.ts';
import { createRecipients } from '../../notify/recipients.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openSenders } from '../../notify/senders.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { startSmtpServer } from '../channels/smtp-server.ts';
import { keptLog } from '../platform/quiet.ts';
import { temporaryPath } from '../store/temporary.ts';
import { aSubscriber, configurationOf, SIGNER } from './samples.ts';
import { manyIncidents } from './site.ts';

const HOSTS = 20;
const READERS = 20;
const INCIDENTS = 250;
const SECRET = `whsec_${'A'.repeat(32)}`;

/** Accepts and never answers. */
async function hangingHost(): Promise<string> {
  const server: Server = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const TITLE = 'T2: while 20 hosts hang and 10,000 deliveries wait, an outage is mailed within 2 s';

test(TITLE, { timeout: 300 * SECOND }, async () => {
  const hosts = await Promise.all(Array.from({ length: HOSTS }, hangingHost));
  const smtp = await startSmtpServer();
  const configuration = configurationOf({
    smtp: { host: '127.0.0.1', port: smtp.port },
    webhook: { allow: hosts },
  });
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const { log } = keptLog();
  const subscribers: Subscriber[] = [
    ...hosts.map((host, n) => ({
      ...aSubscriber({ id: `hook${n}`, channel: 'webhook', address: `http://${host}/hook` }),
      secret: SECRET,
    })),
    ...Array.from({ length: READERS }, (_, n) =>
      aSubscriber({ id: `mail${n}`, address: `reader-${n}@example.com` }),
    ),
  ];
  const now = systemClock.now();
  for (const subscriber of subscribers) {
    const asked = { kind: 'subscription_requested', update: null, created_at: now } as const;
    const { id, nonce } = subscriber;
    await store.subscribe({ ...subscriber, status: 'pending' }, { id: `asked-${id}`, ...asked });
    await store.confirmSubscriber(id, nonce, now);
  }
  const fanOut = async () => {
    while (await store.fanOut({ now: systemClock.now(), limit: 500, operators: [] }));
  };
  await fanOut();
  const asked = { owner: 'asked', now: systemClock.now(), limit: 1_000 };
  for (const { id } of await store.claimDeliveries(asked))
    await store.settleDelivery(id, { status: 'sent', at: now });
  await store.record(manyIncidents(INCIDENTS));
  await fanOut();
  const waiting = await store.pendingDeliveries();
  expect(waiting.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);

  const render = createRender(configuration, SIGNER);
  const dispatcher = createDispatcher({
    store,
    owner: 'notifier',
    senders: await openSenders({ configuration, data_dir: '', render, clock: systemClock, log }),
    recipients: createRecipients({
      store,
      operators: [],
      page: configuration.page,
      signer: SIGNER,
    }),
    health: createChannelHealth({ store, clock: systemClock, newId: randomId }),
    clock: systemClock,
    log,
    telemetry: createTelemetry('notifier'),
  });
  const pollings = [dispatcher.fanOut, ...dispatcher.lanes].map((work) =>
    startPolling({ work, pause_ms: 250, clock: systemClock, log }),
  );
  onTestFinished(async () => void (await Promise.all(pollings.map((it) => it.stop()))));
  await expect.poll(() => smtp.received.length, { timeout: 60_000 }).toBeGreaterThan(10);
  const outage = manyIncidents(1, INCIDENTS);
  const [{ id } = { id: '' }] = outage.incidents;
  const happened_at = performance.now();
  await store.record(outage);
  const isOfIt = () => smtp.received.some(({ text }) => text?.includes(`incidents/${id}`));
  await expect.poll(isOfIt, { timeout: 60_000, interval: 20 }).toBe(true);
  expect(performance.now() - happened_at).toBeLessThan(2_000);
  expect(pollings.map(({ problem }) => problem())).toEqual(pollings.map(() => null));
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Subscriber } from '../../model/subscription.ts';
import { HOUR } from '../../model/time.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import type { Life } from '../notify/fixtures/mortal-notifier.ts';
import { aSubscriber, INCIDENT, NOTICE } from '../notify/samples.ts';
import { createRandom } from '../random.ts';
import { dataFolder } from './installation.ts';

/**
 * Kills a notifier (kill -9) between every two steps of sending, again and again, while notices
 * come in. A real mail server and a webhook receiver live on and remember what reached them.
 */

const NOTIFIER = join(import.meta.dirname, '../notify/fixtures/mortal-notifier.ts');
const NOTICES_PER_LIFE = 3;

/** Every place between two steps: those inside a conversation are the receivers' to see. */
const PLACES = [
  'before fan-out',
  'after fan-out',
  'before claim',
  'after claim',
  'before sending by email',
  'smtp connect',
  'smtp mail',
  'smtp rcpt',
  'smtp data',
  'smtp taken',
  'after sending by email',
  'before sending by webhook',
  'webhook received',
  'webhook answered',
  'after sending by webhook',
  'before settling',
  'after settling',
];

const SUBSCRIBERS = [
  aSubscriber({ id: 'mail1', address: 'wang@example.com' }),
  aSubscriber({ id: 'mail2', address: 'li@example.com', locale: 'en' }),
  aSubscriber({ id: 'hook1', channel: 'webhook', secret: `whsec_${'A'.repeat(32)}` }),
];

export interface DeliveryReport {
  kills: number;
  /** Kills by the place they struck. */
  places: Map<string, number>;
  /** Messages that should have come: one per notice and subscriber. */
  expected: number;
  missed: string[];
  /** Messages that came more than once, counted each time more. */
  repeats: number;
  /** Messages that came again under another id. */
  renamed: string[];
}

/** What a receiver got: whose it is, what it says and its id. */
interface Received {
  who: string;
  what: string;
  id: string;
}

export async function killWhileDelivering(kills: number, seed: number): Promise<DeliveryReport> {
  const random = createRandom(seed);
  const folder = dataFolder();
  const received: Received[] = [];
  const killer = createKiller(join(folder.data_dir, 'compiled'));
  const smtp = await startMailServer(received, killer);
  const hooks = await startReceiver(received, killer);
  const path = join(folder.data_dir, 'delivery.db');
  const store = await openStore({ path });
  const said: string[] = [];
  const places = new Map<string, number>();
  try {
    await prepare(store, `http://${hooks.host}/hook`);
    const begin = (dies_at: Life['dies_at'], lives: number) =>
      killer.live({
        path,
        smtp_port: smtp.port,
        webhook_host: hooks.host,
        ahead_ms: lives * HOUR,
        dies_at,
      });
    let lives = 0;
    for (let killed = 0; killed < kills; lives += 1) {
      said.push(...(await say(store, lives)));
      const place = PLACES[lives % PLACES.length] ?? '';
      const nth = place.endsWith('claim') ? 1 : 1 + Math.floor(random() * NOTICES_PER_LIFE);
      if (await begin({ step: place, nth }, lives)) {
        killed += 1;
        places.set(place, (places.get(place) ?? 0) + 1);
      }
    }
    // The last ones live on: what was left has its retry behind it.
    for (let i = 0; i < 3; i += 1) await begin(null, ++lives);
    return { kills, places, ...compare(said, received) };
  } finally {
    await store.close();
    smtp.stop();
    hooks.stop();
    folder.remove();
  }
}

function compare(said: string[], received: Received[]) {
  const ids = new Map<string, string[]>();
  for (const { who, what, id } of received) {
    const key = `${what} to ${who}`;
    ids.set(key, [...(ids.get(key) ?? []), id]);
  }
  const wanted = said.flatMap((what) => SUBSCRIBERS.map(({ id }) => `${what} to ${id}`));
  return {
    expected: wanted.length,
    missed: wanted.filter((key) => !ids.has(key)),
    repeats: received.length - ids.size,
    renamed: [...ids].filter(([, all]) => new Set(all).size > 1).map(([key]) => key),
  };
}

/** An incident that everybody who subscribed is told of. */
async function prepare(store: Store, hook: string): Promise<void> {
  await store.record({ incidents: [INCIDENT] });
  for (const subscriber of SUBSCRIBERS) await subscribe(store, subscriber, hook);
  const asked = { now: 0, limit: 10, operators: [] };
  while (await store.fanOut(asked));
  for (const { id } of await store.claimDeliveries({ owner: 'test', now: 0, limit: 10 })) {
    await store.settleDelivery(id, { status: 'sent', at: 0 });
  }
}

async function subscribe(store: Store, subscriber: Subscriber, hook: string): Promise<void> {
  const { id, nonce, channel, address } = subscriber;
  const notice = { kind: 'subscription_requested', update: null, created_at: 0 } as const;
  await store.subscribe(
    { ...subscriber, status: 'pending', address: channel === 'webhook' ? hook : address },
    { id: `asked-${id}`, ...notice },
  );
  await store.confirmSubscriber(id, nonce, 0);
}

/** New notices, each with words by which it is recognised. */
async function say(store: Store, life: number): Promise<string[]> {
  const words = Array.from({ length: NOTICES_PER_LIFE }, (_, i) => `notice-${life}-${i}-`);
  const created_at = NOTICE.created_at + life;
  await store.record({
    updates: words.map((text) => ({
      id: `update-${text}`,
      incident: INCIDENT.id,
      status: 'identified',
      code: 'text',
      text,
      affected: [],
      told: true,
      created_at,
    })),
    notices: words.map((text) => ({
      ...NOTICE,
      id: text,
      kind: 'incident_updated',
      update: `update-${text}`,
      created_at,
    })),
  });
  return words;
}

/**
 * Lets notifiers live, their code compiled once, and kills the one that lives at the moment when a
 * receiver sees the step at which it is to die.
 */
function createKiller(compiled: string) {
  let child: ChildProcess | null = null;
  let dies_at: Life['dies_at'] = null;
  let seen = 0;
  return {
    /** Whether it died of a kill; it throws when the notifier failed by itself. */
    async live(life: Life): Promise<boolean> {
      dies_at = life.dies_at;
      seen = 0;
      child = spawn(process.execPath, [NOTIFIER, JSON.stringify(life)], {
        stdio: 'inherit',
        env: { ...process.env, NODE_COMPILE_CACHE: compiled },
      });
      const [code, signal] = await once(child, 'exit');
      if (signal !== 'SIGKILL' && code !== 0) throw new Error(`the notifier failed: ${code}`);
      return signal === 'SIGKILL';
    },
    /**
     * To be called by receivers at each of their steps; settles when the notifier is dead, if it is
     * to die here.
     */
    async step(name: string): Promise<void> {
      if (dies_at?.step !== name || child === null) return;
      seen += 1;
      if (seen !== dies_at.nth) return;
      const dead = once(child, 'exit');
      child.kill('SIGKILL');
      await dead;
    },
  };
}

type Killer = ReturnType<typeof createKiller>;

async function startMailServer(received: Received[], killer: Killer) {
  const then = (step: string, callback: () => void) => void killer.step(step).then(callback);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onConnect: (_, callback) => then('smtp connect', callback),
    onMailFrom: (_, __, callback) => then('smtp mail', callback),
    onRcptTo: (_, __, callback) => then('smtp rcpt', callback),
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        await killer.step('smtp data');
        const { messageId = '', text = '' } = await PostalMime.parse(Buffer.concat(chunks));
        const to = envelope.rcptTo[0]?.address;
        const who = SUBSCRIBERS.find(({ address }) => address === to)?.id ?? '';
        received.push({ who, what: wordsIn(text), id: messageId });
        callback();
        await killer.step('smtp taken');
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { port, stop: () => server.close(() => {}) };
}

async function startReceiver(received: Received[], killer: Killer) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    await killer.step('webhook received');
    const id = String(request.headers['webhook-id']);
    received.push({ who: 'hook1', what: wordsIn(Buffer.concat(chunks).toString()), id });
    response.writeHead(204).end();
    await killer.step('webhook answered');
  }).listen(0, '127.0.0.1');
  server.on('error', () => {});
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, stop: () => server.close() };
}

function wordsIn(text: string): string {
  return /notice-\d+-\d+-/.exec(text)?.[0] ?? '';
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { INCIDENT_NOTICES } from '../../model/incident/life-cycle.ts';
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
/** The beginning of an incident in one life and its end in the next, each with a person's words. */
const NOTICES_PER_LIFE = 2;

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
  /** Stories that should have been told to their end: one per incident and subscriber. */
  expected: number;
  missed: string[];
  /** What came after the end of its incident, or began with neither a beginning nor an end. */
  disordered: string[];
  /** Messages that came more than once, counted each time more. */
  repeats: number;
  /** What came again under another id. */
  renamed: string[];
}

/** What a receiver got. */
interface Received {
  who: string;
  incident: string;
  is_over: boolean;
  /** Of a webhook; null: a mail. */
  type: string | null;
  /** What a person said in it. */
  words: string[];
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
      const nth = /claim|webhook/.test(place) ? 1 : 1 + Math.floor(random() * NOTICES_PER_LIFE);
      if (await begin({ step: place, nth }, lives)) {
        killed += 1;
        places.set(place, (places.get(place) ?? 0) + 1);
      }
    }
    // The last ones live on: what was left has its retry behind it.
    if (lives % 2 === 1) said.push(...(await say(store, lives)));
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
  const stories = Map.groupBy(received, ({ who, incident }) => `${incident} to ${who}`);
  const wanted = said.flatMap((incident) => SUBSCRIBERS.map(({ id }) => `${incident} to ${id}`));
  const found = [...stories].map(([name, all]) => {
    const messages = all.filter(({ id }, i) => all.findIndex((it) => it.id === id) === i);
    const words = messages.flatMap((it) => it.words);
    const ends = messages.filter(({ is_over }) => is_over);
    const begun = messages[0]?.type ?? 'incident.opened';
    return {
      name,
      repeats: all.length - messages.length,
      is_renamed: new Set(words).size < words.length || ends.length > 1,
      is_disordered:
        messages.findIndex(({ is_over }) => is_over) < messages.length - 1 && ends.length > 0,
      is_without_beginning: begun !== 'incident.opened' && begun !== 'incident.resolved',
      is_told: ends.length > 0,
    };
  });
  const told = found.filter(({ is_told }) => is_told).map(({ name }) => name);
  const namesOf = (its: typeof found) => its.map(({ name }) => name);
  return {
    expected: wanted.length,
    missed: wanted.filter((name) => !told.includes(name)),
    disordered: namesOf(found.filter((it) => it.is_disordered || it.is_without_beginning)),
    repeats: found.reduce((sum, it) => sum + it.repeats, 0),
    renamed: namesOf(found.filter(({ is_renamed }) => is_renamed)),
  };
}

/** Everybody has subscribed. */
async function prepare(store: Store, hook: string): Promise<void> {
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

/** Half of the story of an incident; resolves to its id when it is over. */
async function say(store: Store, life: number): Promise<string[]> {
  const incident = `incident-${Math.floor(life / 2)}`;
  const created_at = NOTICE.created_at + life;
  const is_over = life % 2 === 1;
  const status = is_over ? 'resolved' : 'investigating';
  const codes = is_over ? (['text', 'resolved'] as const) : (['opened', 'text'] as const);
  await store.record({
    incidents: [{ ...INCIDENT, id: incident, status, resolved_at: is_over ? created_at : null }],
    updates: codes.map((code) => ({
      id: `update-${life}-${code}`,
      incident,
      status: code === 'text' ? 'investigating' : status,
      code,
      text: code === 'text' ? `words-${life}-` : null,
      affected: [],
      told: true,
      created_at,
    })),
    notices: codes.map((code) => ({
      id: `notice-${life}-${code}`,
      kind: INCIDENT_NOTICES[code],
      ref: incident,
      update: `update-${life}-${code}`,
      created_at,
    })),
  });
  return is_over ? [incident] : [];
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
        const {
          messageId = '',
          text = '',
          subject = '',
        } = await PostalMime.parse(Buffer.concat(chunks));
        const to = envelope.rcptTo[0]?.address;
        const who = SUBSCRIBERS.find(({ address }) => address === to)?.id ?? '';
        const is_over = /^(【已解决】|\[Resolved\])/.test(subject);
        received.push({ who, is_over, type: null, id: messageId, ...saidIn(text) });
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
    const text = Buffer.concat(chunks).toString();
    const { type } = JSON.parse(text) as { type: string };
    const is_over = type === 'incident.resolved';
    received.push({ who: 'hook1', is_over, type, id, ...saidIn(text) });
    response.writeHead(204).end();
    await killer.step('webhook answered');
  }).listen(0, '127.0.0.1');
  server.on('error', () => {});
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, stop: () => server.close() };
}

function saidIn(text: string): Pick<Received, 'incident' | 'words'> {
  const words = text.match(/words-\d+-/g) ?? [];
  return { incident: /incident-\d+/.exec(text)?.[0] ?? '', words: [...new Set(words)] };
}

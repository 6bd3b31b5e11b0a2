import { createHash } from 'node:crypto';
import type { IngestToken } from '../../model/configuration.ts';
import { expectDescribed } from '../http/described.ts';
import { fakeClock, startWorld, statusOf, stopTime, type World } from './world.ts';

export const TOKEN = 'a-token-that-nobody-guesses';

function token(text: string, systems: string[] | null, id = 'sender'): IngestToken {
  return { id, sha256: createHash('sha256').update(text).digest('hex'), systems };
}

export const SENDERS = [
  token(TOKEN, ['shop']),
  token('of-another-system', ['bureau']),
  token('of-any-system', null, 'another'),
];
export const ANY = { authorization: 'Bearer of-any-system' };

/** Nothing but what is posted: the shop's own check accepts no invoices. */
export const SILENT = {
  runs: { 'shop-upload': { outcome: 'throttled', reason: 'http_status' } },
  finding: 'absent',
  shows_after_ms: 0,
} as const;

interface EventLine {
  key?: unknown;
  system?: unknown;
  type?: unknown;
  number?: unknown;
  issued?: unknown;
  at?: unknown;
}

let serial = 0;

export function event(given: EventLine & Record<string, unknown> = {}): Record<string, unknown> {
  serial += 1;
  return {
    key: `key-${serial}`,
    system: 'shop',
    type: 'accepted',
    number: `2600${String(serial).padStart(16, '0')}`,
    issued: '20261102100000',
    at: new Date(fakeClock.now()).toISOString(),
    ...given,
  };
}

export function request(
  events: unknown[] | string,
  { headers = {}, method = 'POST' }: { headers?: Record<string, string>; method?: string } = {},
): Request {
  const body =
    typeof events === 'string' ? events : events.map((it) => JSON.stringify(it)).join('\n');
  return new Request('http://127.0.0.1/ingest/events', {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/x-ndjson',
      ...headers,
    },
    ...(method === 'POST' ? { body } : {}),
  });
}

/**
 * The answer to a post.
 * @throws when it is none that the published description of the API has
 */
export async function described(answer: Response, method = 'POST'): Promise<Response> {
  const { status, headers } = answer;
  const text = await answer.clone().text();
  const path = '/ingest/events';
  await expectDescribed({ method, path, status, headers: Object.fromEntries(headers), text });
  return answer;
}

export async function post(
  world: World,
  events: unknown[] | string,
  headers?: Record<string, string>,
) {
  const answer = await described(
    await world.collector.ingest(request(events, headers ? { headers } : {})),
  );
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

export function startSilent(finding: 'absent' | 'found' = 'absent'): Promise<World> {
  stopTime();
  return startWorld({ ingest: SENDERS, script: { ...SILENT, finding } });
}

/** How far the bureau's sync has come. */
export async function sync(world: World) {
  return (await statusOf(world, 'bureau.sync')).sync;
}

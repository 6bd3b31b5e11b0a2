import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createIngest } from '../../collector/ingest/ingest.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { IngestToken } from '../../model/configuration.ts';
import type { InvoiceEvent } from '../../model/event.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import {
  configuration,
  fakeClock,
  START,
  startWorld,
  stopTime,
  stopWorld,
  type World,
} from './world.ts';

const TOKEN = 'a-token-that-nobody-guesses';

function token(text: string, systems: string[] | null): IngestToken {
  return { id: 'sender', sha256: createHash('sha256').update(text).digest('hex'), systems };
}

const SENDERS = [
  token(TOKEN, ['shop']),
  token('of-another-system', ['bureau']),
  token('of-any-system', null),
];
const ANY = { authorization: 'Bearer of-any-system' };

/** Nothing but what is posted: the shop's own check accepts no invoices. */
const SILENT = {
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

function event(given: EventLine & Record<string, unknown> = {}): Record<string, unknown> {
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

function request(
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

async function post(world: World, events: unknown[] | string, headers?: Record<string, string>) {
  const answer = await world.collector.ingest(request(events, headers ? { headers } : {}));
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

function startSilent(finding: 'absent' | 'found' = 'absent'): Promise<World> {
  stopTime();
  return startWorld({ ingest: SENDERS, script: { ...SILENT, finding } });
}

test('an event posted twice counts once, and its journey shows its delay and moves the watermark', async () => {
  const world = await startSilent();
  const first = event({ at: new Date(START - 10 * SECOND).toISOString() });
  expect(await post(world, [first])).toEqual({
    status: 200,
    body: { accepted: 1, duplicate: 0, refused: 0, lines: [{ line: 1, status: 'accepted' }] },
  });
  expect(await post(world, [first, event({ type: 'issued' })])).toMatchObject({
    status: 200,
    body: { accepted: 1, duplicate: 1 },
  });
  // Another key for the same invoice is another event, but the invoice is followed once.
  expect(await post(world, [{ ...first, key: 'another' }])).toMatchObject({
    body: { accepted: 1 },
  });
  const waiting = await world.store.journeys({ limit: 10 });
  expect(waiting.map(({ accepted_at, state }) => [accepted_at, state])).toEqual([
    [START - 10 * SECOND, 'waiting'],
    [START, 'waiting'],
  ]);
  expect(await sync(world)).toMatchObject({ waiting: 2, watermark_at: START - 10 * SECOND - 1 });

  await world.pass(20 * SECOND);
  world.script.finding = 'found';
  await world.pass(20 * SECOND);
  const arrived = await world.store.journeys({ state: 'arrived', limit: 10 });
  expect(arrived).toHaveLength(2);
  expect(arrived.map(({ number }) => number)).toEqual([null, null]);
  expect(await sync(world)).toMatchObject({ waiting: 0, sample: 2, watermark_at: START });
  expect((await sync(world))?.arrived.median_ms).toBeGreaterThan(10 * SECOND);
  // Told once more after it has arrived, it is not followed again.
  expect(await post(world, [{ ...first, key: 'late' }])).toMatchObject({ body: { accepted: 1 } });
  expect(await world.store.journeys({ limit: 10 })).toHaveLength(2);
  expect(await sync(world)).toMatchObject({ waiting: 0, sample: 2 });
  expect(await world.telemetry.text()).toContain(
    'fapiao_ingest_events_total{token="sender",result="duplicate"} 1',
  );
  await stopWorld(world);
});

test('an event is remembered over a restart', async () => {
  const world = await startSilent();
  const told = event();
  await post(world, [told]);
  await stopWorld(world);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  expect(await post(again, [told])).toMatchObject({ status: 200, body: { duplicate: 1 } });
  await stopWorld(again);
});

test.for(['rejected', 'voided'] as const)(
  'an invoice that was %s is waited for no longer',
  async (type) => {
    const world = await startSilent();
    const accepted = event();
    const end = event({ type, number: accepted.number });
    await post(world, [accepted]);
    expect(await post(world, [end])).toMatchObject({ body: { accepted: 1 } });
    expect(await world.store.journeys({ limit: 10 })).toMatchObject([
      { state: type, number: null },
    ]);
    expect(await sync(world)).toMatchObject({ waiting: 0, lost: 0 });
    // What its system says of an invoice we never followed changes nothing; all in one body comes
    // to the same.
    const both = event();
    await post(world, [event({ type }), both, event({ type, number: both.number })]);
    const states = (await world.store.journeys({ limit: 10 })).map(({ state }) => state);
    expect(states).toEqual([type, type]);
    // An invoice taken back is no broken promise, after a restart neither.
    await stopWorld(world);
    const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
    await again.pass(2 * MINUTE);
    const due = await again.store.rollupCounts('hour', 0, START * 2);
    expect(due.filter(({ check }) => check === 'bureau-sync')).toEqual([]);
    await stopWorld(again);
  },
);

const BAD: [string, Record<string, unknown>, string, RegExp][] = [
  ['no key', { key: undefined }, '/key', /expected/],
  ['a key with spaces', { key: 'a b' }, '/key', /printable/],
  ['a system nobody follows', { system: 'bureau' }, '/system', /are followed: shop/],
  ['an unknown type', { type: 'lost' }, '/type', /accepted, issued, rejected, voided/],
  ['a short number', { number: '123' }, '/number', /20 digits/],
  ['a number that is none', { number: 42 }, '/number', /20 digits/],
  ['a date that is none', { issued: '20261399000000' }, '/issued', /yyyyMMddHHmmss/],
  ['a time without a zone', { at: '2026-11-02T10:00:00' }, '/at', /zone/],
  ['a time to come', { at: new Date(START + 2 * MINUTE).toISOString() }, '/at', /has come/],
  [
    'a time long past',
    { at: new Date(START - 100 * 60 * MINUTE).toISOString() },
    '/at',
    /long ago/,
  ],
  ['a field nobody knows', { amount: 1 }, '/amount', /not a known field/],
];

test.for(BAD)(
  '%s is refused in its line and the others are taken',
  async ([, given, pointer, detail]) => {
    const world = await startSilent();
    const { status, body } = await post(world, [event(given), event()], ANY);
    expect(status).toBe(207);
    expect(body).toMatchObject({ accepted: 1, refused: 1 });
    const [line] = body.lines as { errors: { pointer: string; detail: string }[] }[];
    expect(line?.errors).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
    await stopWorld(world);
  },
);

test('a body without one event is refused as a whole', async () => {
  const world = await startSilent();
  expect(await post(world, '')).toMatchObject({ status: 400 });
  expect(await post(world, '\n \n')).toMatchObject({ status: 400 });
  expect(await post(world, 'no json\n[]\n"x"')).toMatchObject({
    status: 400,
    body: { lines: [{ line: 1, status: 'refused' }, { line: 2 }, { line: 3 }] },
  });
  await stopWorld(world);
});

test('only who has a token may post, for its own systems, in its own form', async () => {
  const world = await startSilent();
  const one = [event()];
  expect((await post(world, one, { authorization: '' })).status).toBe(401);
  expect((await post(world, one, { authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await post(world, one, { authorization: `Basic ${TOKEN}` })).status).toBe(401);
  expect((await post(world, one, { authorization: 'Bearer of-another-system' })).status).toBe(403);
  expect((await post(world, one, { 'content-type': 'application/json' })).status).toBe(415);
  expect(
    (
      await post(
        world,
        Array.from({ length: 1_001 }, () => event()),
      )
    ).status,
  ).toBe(413);
  expect((await post(world, 'x'.repeat(1024 * 1024 + 1))).status).toBe(413);
  const got = await world.collector.ingest(request('', { method: 'GET' }));
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
  expect(await world.store.journeys({ limit: 10 })).toEqual([]);
  // What was refused may be posted again in the right way.
  expect((await post(world, one)).body).toMatchObject({ accepted: 1 });
  await stopWorld(world);
});

test('a thousand events in one body are taken', async () => {
  const world = await startSilent();
  const { body } = await post(
    world,
    Array.from({ length: 1_000 }, () => event()),
  );
  expect(body).toMatchObject({ accepted: 1_000 });
  expect(await sync(world)).toMatchObject({ waiting: 1_000, sample: 1_000 });
  await stopWorld(world);
});

test('when too many wait, more are told to come later, and nothing of theirs is recorded', async () => {
  const recorded: InvoiceEvent[] = [];
  const release = Promise.withResolvers<void>();
  const ingest = createIngest({
    tokens: SENDERS,
    site: siteOf(configuration()),
    installation: 'test',
    async recordEvents(events) {
      await release.promise;
      recorded.push(...events);
      return events.map(() => true);
    },
    telemetry: createTelemetry('collector'),
    clock: { now: () => START, monotonic: () => 0 },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    queue_lines: 3,
  });
  const at = new Date(START).toISOString();
  const first = ingest.fetch(request([event({ at }), event({ at })]));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = await ingest.fetch(request([event({ at }), event({ at })]));
  expect([second.status, second.headers.get('retry-after')]).toEqual([429, '10']);
  const stopped = ingest.stop();
  expect((await ingest.fetch(request([event({ at })]))).status).toBe(429);
  release.resolve();
  await stopped;
  expect((await first).status).toBe(200);
  expect(recorded).toHaveLength(2);
});

test('nothing that is kept tells the key or, once it has arrived, the number', async () => {
  const world = await startSilent();
  const told = event({ key: 'order-4711' });
  await post(world, [told]);
  world.script.finding = 'found';
  await world.pass(20 * SECOND);
  expect(await world.store.journeys({ limit: 10 })).toMatchObject([{ state: 'arrived' }]);
  const kept = JSON.stringify([await world.store.journeys({ limit: 10 }), world.complaints]);
  expect(kept).not.toContain(told.number);
  expect(kept).not.toContain('4711');
  await stopWorld(world);
});

async function sync({ store }: World) {
  const status = (await store.components()).find((it) => it.component === 'bureau.sync');
  return status?.sync ?? null;
}

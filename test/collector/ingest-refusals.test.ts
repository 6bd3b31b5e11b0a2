import { expect, test } from 'vitest';
import { createIngest } from '../../collector/ingest/ingest.ts';
import { answerStarting } from '../../collector/ingest/starting.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { InvoiceEvent } from '../../model/event.ts';
import { MINUTE } from '../../model/time.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { quiet } from '../platform/quiet.ts';
import { configuration, START } from './configuration.ts';
import { ANY, event, post, request, SENDERS, startSilent, TOKEN } from './posting.ts';
import { stopWorld } from './world.ts';

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

test('when too many wait, more are told to come later, and nothing is recorded', async () => {
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
    log: quiet,
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

test('while the collector starts, everybody is told to come soon', async () => {
  const answer = answerStarting();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ status: 503, title: 'The collector is starting' });
});

import { expect, test } from 'vitest';
import { answerStarting } from '../../collector/ingest/answers.ts';
import { createIngest } from '../../collector/ingest/ingest.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { InvoiceEvent } from '../../model/event.ts';
import { MINUTE } from '../../model/time.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { quiet } from '../platform/quiet.ts';
import { configuration, START } from './configuration.ts';
import { ANY, described, event, post, request, SENDERS, startSilent, TOKEN } from './posting.ts';
import { stopWorld } from './world.ts';

const BAD: [string, Record<string, unknown>, string, RegExp][] = [
  ['no key', { key: undefined }, '/key', /expected/],
  ['a key with spaces', { key: 'a b' }, '/key', /printable/],
  ['a system nobody follows', { system: 'nobody' }, '/system', /are followed: shop, bureau/],
  [
    'an unknown type',
    { type: 'lost' },
    '/type',
    /applied, requested, accepted, .*, rejected, voided, failed/,
  ],
  ['a short number', { number: '123' }, '/number', /20 digits/],
  ['a number that is none', { number: 42 }, '/number', /20 digits/],
  ['a date that is none', { issued: '20261399000000' }, '/issued', /yyyyMMddHHmmss/],
  [
    'D12: a date of issue in 1900',
    { issued: '19000101000000' },
    '/issued',
    /two years before `at`/,
  ],
  ['D12: a date of issue in 2099', { issued: '20991231235959' }, '/issued', /not after `at`/],
  ['D12: 30 February', { issued: '20260230100000' }, '/issued', /a day that exists/],
  ['D12: 29 February of a year that has none', { issued: '20250229100000' }, '/issued', /exists/],
  ['D12: 31 April', { issued: '20260431100000' }, '/issued', /exists/],
  ['D12: month 0', { issued: '20260001100000' }, '/issued', /exists/],
  ['D12: hour 24', { issued: '20261101240000' }, '/issued', /exists/],
  ['D12: 61 s after it was reported', { issued: '20261102100101' }, '/issued', /not after/],
  ['a time without a zone', { at: '2026-11-02T10:00:00' }, '/at', /zone/],
  ['a time to come', { at: new Date(START + 2 * MINUTE).toISOString() }, '/at', /has come/],
  [
    'a time long past',
    { at: new Date(START - 100 * 60 * MINUTE).toISOString() },
    '/at',
    /long ago/,
  ],
  ['a field nobody knows', { price: 1 }, '/price', /not a known field/],
  ['an amount that is a number', { amount: 1 }, '/amount', /yuan/],
  ['an amount of a tenth of a fen', { amount: '1.001' }, '/amount', /yuan/],
  ['a tax id that is a name', { tax_id: '某某公司' }, '/tax_id', /15 to 20/],
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
  const got = await described(await world.collector.ingest(request('', { method: 'GET' })), 'GET');
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
  expect(await world.store.journeys({ limit: 10 })).toEqual([]);
  // What was refused may be posted again in the right way.
  expect((await post(world, one)).body).toMatchObject({ accepted: 1 });
  await stopWorld(world);
});

/** An ingest whose recording waits until it is released. */
function heldIngest(queue_lines?: number) {
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
    knownEvents: async () => [],
    telemetry: createTelemetry('collector'),
    clock: { now: () => START, monotonic: () => 0 },
    log: quiet,
    ...(queue_lines !== undefined && { queue_lines }),
  });
  return { ingest, recorded, release };
}

test('when too many wait, more are told to come later, and nothing is recorded', async () => {
  const { ingest, recorded, release } = heldIngest(3);
  const at = new Date(START).toISOString();
  const first = ingest.fetch(request([event({ at }), event({ at })]));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = await described(await ingest.fetch(request([event({ at }), event({ at })])));
  expect([second.status, second.headers.get('retry-after')]).toEqual([429, '10']);
  const stopped = ingest.stop();
  const stopping = await described(await ingest.fetch(request([event({ at })])));
  expect(stopping.status).toBe(429);
  release.resolve();
  await stopped;
  expect((await described(await first)).status).toBe(200);
  expect(recorded).toHaveLength(2);
});

test('an event says whether its time is when it happened, or by when', async () => {
  const { ingest, recorded, release } = heldIngest();
  release.resolve();
  const at = new Date(START).toISOString();
  const told = [{}, { at_latest: true }, { at_latest: false }].map((it) => event({ at, ...it }));
  expect((await described(await ingest.fetch(request(told)))).status).toBe(200);
  expect(recorded.map(({ at_latest }) => at_latest)).toEqual([false, true, false]);
});

test('D12: a date of issue of a minute ahead, and of two years ago, is taken', async () => {
  const world = await startSilent();
  for (const issued of ['20261102100100', '20261101235959', '20241101100000']) {
    const { status } = await post(world, [event({ issued })]);
    expect([issued, status]).toEqual([issued, 200]);
  }
  await stopWorld(world);
});

test('D12: a line with any number of unknown fields has 20 problems', async () => {
  const world = await startSilent();
  const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`x${i}`, 1]));
  const { body } = await post(world, [event(unknown), event()], ANY);
  const [line] = body.lines as { errors: unknown[] }[];
  expect(line?.errors).toHaveLength(20);
  await stopWorld(world);
});

test('D12: of 60 bodies at once four of a sender are taken, and the others told when', async () => {
  const { ingest, release } = heldIngest();
  const send = () => ingest.fetch(request([event({ at: new Date(START).toISOString() })]));
  const sent = Array.from({ length: 60 }, send);
  const refused = await Promise.all(sent.slice(4));
  expect(refused.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(
    refused.map(() => [429, '10']),
  );
  // Another sender has room of its own.
  const other = ingest.fetch(
    request([event({ at: new Date(START).toISOString() })], { headers: ANY }),
  );
  release.resolve();
  expect((await Promise.all(sent.slice(0, 4))).map(({ status }) => status)).toEqual([
    200, 200, 200, 200,
  ]);
  expect((await other).status).toBe(200);
  expect((await send()).status).toBe(200);
});

test('while the collector starts, everybody is told to come soon', async () => {
  const answer = await described(answerStarting());
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ status: 503, title: 'The collector is starting' });
});

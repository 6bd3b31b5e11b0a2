import { expect, test, vi } from 'vitest';
import { createIngest } from '../../../collector/ingest/ingest.ts';
import { callbackMapping } from '../../../collector/ingest/mapping/schema.ts';
import type { CallbackCondition } from '../../../collector/judging/own-trouble.ts';
import { siteOf } from '../../../collector/state/site.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { createTelemetry } from '../../../platform/telemetry/telemetry.ts';
import { quiet } from '../../platform/quiet.ts';
import { START } from '../configuration.ts';
import { ownSettings } from '../own-site.ts';
import { fakeClock, stopTime } from '../world.ts';
import { HASH_OF_SECRET, SECRET } from './secret.ts';

/** What becomes of callbacks while nothing can be recorded, or slowly. */

const CALLBACK = {
  id: 'till',
  sha256: HASH_OF_SECRET,
  networks: null,
  system: 'shop',
  mapping: callbackMapping.parse({
    body: 'json',
    unique_by: '$.id',
    type: { type: 'issued', outcome: 'ok' },
    at: 'received',
    answer: { text: 'SUCCESS' },
  }),
};

/** An ingest that records nothing until it is released. */
function heldIngest() {
  const release = Promise.withResolvers<void>();
  const recorded: string[] = [];
  const told: CallbackCondition[] = [];
  const operators = { can_be_told: true };
  const telemetry = createTelemetry('collector');
  const ingest = createIngest({
    tokens: [],
    callbacks: [CALLBACK],
    site: siteOf(ownSettings()),
    installation: 'test',
    async recordEvents(events) {
      await release.promise;
      recorded.push(...events.map(({ id }) => id));
      return events.map(() => true);
    },
    knownEvents: async () => [],
    async tellCallback(condition) {
      if (!operators.can_be_told) throw new Error('nothing can be recorded');
      told.push(condition);
    },
    telemetry,
    clock: fakeClock,
    log: quiet,
  });
  return {
    release: () => release.resolve(),
    recorded,
    told,
    operators,
    /** With its length, as providers send it, or in chunks. */
    async send(body: string, how: 'with its length' | 'in chunks' = 'with its length') {
      const length = how === 'in chunks' ? {} : { 'content-length': `${body.length}` };
      const url = `http://127.0.0.1/ingest/callbacks/till/${SECRET}`;
      const answer = await ingest.fetch(
        new Request(url, { method: 'POST', body, headers: length }),
        '192.0.2.7',
      );
      return [answer.status, answer.headers.get('retry-after')];
    },
    async busy() {
      const line = 'fapiao_ingest_callbacks_total{callback="till",result="busy"} ';
      return Number((await telemetry.text()).split(line)[1]?.split('\n')[0] ?? 0);
    },
  };
}

test('small bodies that come at once wait for the commit of those before', async () => {
  const { send, release, recorded, told, busy } = heldIngest();
  const sent = [...Array(40).keys()].map((id) => send(JSON.stringify({ id })));
  // Nobody waits for a place any more once the first are recorded.
  setTimeout(release, 50);
  const answers = await Promise.all(sent);
  expect(answers.filter(([status]) => status !== 200)).toEqual([]);
  expect(recorded).toHaveLength(40);
  expect([await busy(), told]).toEqual([0, []]);
});

test('they wait for some seconds, large ones not at all, and operators learn of it', async () => {
  stopTime();
  const { send, release, told, busy } = heldIngest();
  const first = [1, 2, 3, 4].map((id) => send(JSON.stringify({ id })));
  const fifth = send('{"id": 5}');
  const full = [429, '10'];
  expect(await send(JSON.stringify({ id: 6, remark: 'x'.repeat(64 * 1024) }))).toEqual(full);
  expect(await send('{"id": 7}', 'in chunks')).toEqual(full);
  expect(await busy()).toBe(2);
  await vi.advanceTimersByTimeAsync(5 * SECOND);
  expect(await fifth).toEqual(full);
  expect(await busy()).toBe(3);
  // Once, however many.
  expect(told).toEqual([
    { callback: 'till', is_failing: true, at: START, detail: 'callback_busy' },
  ]);
  release();
  expect(await Promise.all(first)).toEqual(first.map(() => [200, null]));
  expect(await send('{"id": 8}')).toEqual([200, null]);
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(await send('{"id": 9}')).toEqual([200, null]);
  expect(told[1]).toMatchObject({ is_failing: false, at: START + 10 * MINUTE + 5 * SECOND });
});

test('only so many wait', async () => {
  stopTime();
  const { send, release } = heldIngest();
  const sent = [...Array(60).keys()].map((id) => send(JSON.stringify({ id })));
  // 4 are taken, 50 wait.
  expect(await Promise.all(sent.slice(54))).toEqual(Array(6).fill([429, '10']));
  release();
  expect(await Promise.all(sent.slice(0, 54))).toEqual(Array(54).fill([200, null]));
});

test('what operators could not be told then they are told with the next body', async () => {
  stopTime();
  const { send, release, told, operators } = heldIngest();
  release();
  operators.can_be_told = false;
  expect((await send('no JSON'))[0]).toBe(422);
  operators.can_be_told = true;
  vi.setSystemTime(START + MINUTE);
  expect((await send('{"id": 1}'))[0]).toBe(200);
  expect(told).toEqual([
    { callback: 'till', is_failing: true, at: START, detail: 'callback_unmapped place=/body' },
  ]);
});

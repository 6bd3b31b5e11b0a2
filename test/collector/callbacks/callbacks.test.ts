import { readFileSync } from 'node:fs';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { callbackMapping } from '../../../collector/ingest/mapping/schema.ts';
import type { IngestCallback } from '../../../model/configuration.ts';
import type { Store } from '../../../store/store.ts';
import { START } from '../configuration.ts';
import { ownSettings, startOwnSite } from '../own-site.ts';
import { SILENT } from '../posting.ts';
import { openSiteStore } from '../recording.ts';
import { startWorld, stopTime, stopWorld } from '../world.ts';
import { HASH_OF_SECRET, SECRET } from './secret.ts';

const NUONUO = callbackMapping.parse(parse(readFileSync('config/callbacks/nuonuo.yaml', 'utf8')));
const CALLBACK: IngestCallback = {
  id: 'nuonuo',
  sha256: HASH_OF_SECRET,
  networks: null,
  system: 'shop',
  mapping: NUONUO,
};
const PLAIN = callbackMapping.parse({
  body: 'json',
  unique_by: '$.id',
  type: { type: 'issued', outcome: 'ok' },
  at: 'received',
  answer: { text: 'SUCCESS', status: 202 },
});

beforeEach(() => stopTime());

interface StartedSite {
  /** Of a start before this one. */
  store?: Store;
  callbacks?: IngestCallback[];
}

async function startSite({ store: before, callbacks = [CALLBACK] }: StartedSite = {}) {
  const store = before ?? (await openSiteStore(ownSettings())).store;
  if (before === undefined) onTestFinished(() => store.close());
  const of = { ...ownSettings(), callbacks };
  const site = await startOwnSite(store, of);
  await site.recorder.start();
  return {
    ...site,
    store,
    async send(body: string, { path = `nuonuo/${SECRET}`, from = '192.0.2.7', ...init } = {}) {
      const request = new Request(`http://127.0.0.1/ingest/callbacks/${path}`, {
        method: 'POST',
        body,
        ...init,
      });
      const answer = await site.ingest.fetch(request, from);
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    },
    async counted() {
      const all = { check: 'shop-own-issue', from: 0, to: Number.MAX_SAFE_INTEGER };
      const counts = await store.trafficCounts(all);
      return [counts.reduce((n, it) => n + it.good, 0), counts.reduce((n, it) => n + it.bad, 0)];
    },
    async total(result: string) {
      const line = `fapiao_ingest_callbacks_total{callback="nuonuo",result="${result}"} `;
      const text = await site.telemetry.text();
      return Number(text.split(line)[1]?.split('\n')[0] ?? 0);
    },
  };
}

const form = (content: Record<string, unknown>, operater = 'callback') =>
  new URLSearchParams({ operater, orderno: '1', content: JSON.stringify(content) }).toString();
const ISSUED = {
  c_status: '1',
  c_fpqqlsh: '26110210000000000001',
  c_kprq: START - 5_000,
  allElectronicInvoiceNumber: '26000000000000000001',
};
const FAILED = { c_status: '2', c_fpqqlsh: '26110210000000000002', c_errorMessage: '开票失败' };

test('what a provider tells is a result of own traffic, once however often told', async () => {
  const site = await startSite();
  const first = await site.send(form(ISSUED));
  expect(first).toMatchObject({ status: 200, text: '{"status":"0000","message":"同步成功"}' });
  expect(first.headers.get('content-type')).toContain('application/json');
  expect(await site.send(form(FAILED))).toMatchObject({ status: 200 });
  expect(await site.send(form(ISSUED))).toMatchObject({ status: 200, text: first.text });
  expect(await site.send(form(FAILED, 'invoiceInvalid'))).toMatchObject({ text: first.text });
  expect(await site.counted()).toEqual([1, 1]);
  expect([
    await site.total('accepted'),
    await site.total('duplicate'),
    await site.total('ignored'),
  ]).toEqual([2, 1, 1]);
  expect(site.warnings).toEqual([]);
});

test('an invoice that a provider issued is followed until it appears', async () => {
  const world = await startWorld({
    settings: { ...(await import('../configuration.ts')).configuration(), callbacks: [CALLBACK] },
    script: { ...SILENT, finding: 'absent' },
  });
  const url = `http://127.0.0.1/ingest/callbacks/nuonuo/${SECRET}`;
  const answer = await world.collector.ingest(
    new Request(url, { method: 'POST', body: form(ISSUED) }),
  );
  expect(answer.status).toBe(200);
  // 01:59:55 in UTC is 09:59:55 in China.
  expect(await world.store.journeys({ limit: 10 })).toMatchObject([
    { state: 'waiting', number: '26000000000000000001', accepted_at: START - 5_000 },
  ]);
  expect((await world.store.journeys({ limit: 10 }))[0]?.issued).toBe('20261102095955');
  await stopWorld(world);
});

test('the answer that the sender expects is given after the commit, never without it', async () => {
  const site = await startSite();
  await site.store.close();
  const answer = await site.send(form(ISSUED));
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  expect(answer.text).not.toContain('0000');
  expect(await site.total('busy')).toBe(1);
});

test('who does not know the secret finds nothing, and it is told nowhere', async () => {
  const site = await startSite();
  const body = form(ISSUED);
  const answers = [
    await site.send(body, { path: 'nuonuo/wrong-secret_of-it' }),
    await site.send(body, { path: `other/${SECRET}` }),
    await site.send(body, { path: `nuonuo/${SECRET}x` }),
    await site.send(body, { path: `nuonuo/${SECRET}/more` }),
    await site.send(body, { path: 'nuonuo/' }),
    await site.send(body, { path: 'nuonuo' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(await site.counted()).toEqual([0, 0]);
  const seen = JSON.stringify([site.warnings, await site.telemetry.text(), answers]);
  expect(seen).not.toContain(SECRET);
  const got = await site.ingest.fetch(
    new Request(`http://127.0.0.1/ingest/callbacks/nuonuo/${SECRET}`),
  );
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
});

test('with an allow list others are turned away, and operators learn which', async () => {
  const networks = ['203.0.113.0/24', '2001:db8::/32'];
  const site = await startSite({ callbacks: [{ ...CALLBACK, networks }] });
  const from = async (address: string) => (await site.send(form(ISSUED), { from: address })).status;
  expect(await from('192.0.2.7')).toBe(403);
  expect(await from('2001:db9::1')).toBe(403);
  expect(await from('203.0.113.9')).toBe(200);
  expect(await from('2001:db8::1')).toBe(200);
  const unknown = await site.ingest.fetch(
    new Request(`http://127.0.0.1/ingest/callbacks/nuonuo/${SECRET}`, { method: 'POST' }),
  );
  expect(unknown.status).toBe(403);
  expect(site.warnings).toMatchObject([
    { callback: 'nuonuo', client: '192.0.2.7' },
    { callback: 'nuonuo', client: '2001:db9::1' },
    { callback: 'nuonuo', client: null },
  ]);
  expect(await site.total('forbidden')).toBe(3);
});

test('what cannot be mapped is answered, counted and told, without what it says', async () => {
  const site = await startSite();
  const answer = await site.send(form({ ...ISSUED, c_status: '77', buyername: '某某公司' }));
  expect(answer.status).toBe(422);
  expect(JSON.parse(answer.text)).toMatchObject({
    title: 'The body cannot be mapped',
    errors: [{ pointer: '/type', detail: 'found a value without a meaning' }],
  });
  expect(site.warnings).toMatchObject([{ callback: 'nuonuo', errors: [{ pointer: '/type' }] }]);
  const told = JSON.stringify([answer.text, site.warnings]);
  expect(told).not.toMatch(/77|某某|26110210000000000001|26000000000000000001/);
  expect([await site.total('unmapped'), await site.total('accepted')]).toEqual([1, 0]);
});

test('operators are told once until it can be used again, also after a restart', async () => {
  const site = await startSite();
  const bad = form({ ...ISSUED, c_status: '77' });
  const good = (n: number) => form({ ...ISSUED, c_fpqqlsh: `${n}` });
  const alerts = async () =>
    (await site.store.alerts({ kinds: ['callback'] })).map((it) => [
      it.subject,
      it.error,
      it.resolved_at === null ? 'open' : it.resolved_at - START,
    ]);
  await site.send(good(1));
  expect(await alerts()).toEqual([]);
  await site.send(bad);
  await site.send(bad);
  await site.send(good(2));
  expect(await alerts()).toEqual([['nuonuo', 'callback_unmapped place=/type', 'open']]);
  await site.until(START + 9 * 60_000);
  await site.send(good(3));
  expect((await alerts())[0]?.[2]).toBe('open');
  await site.until(START + 10 * 60_000);
  await site.send(good(4));
  expect((await alerts())[0]?.[2]).toBe(10 * 60_000);
  await site.send(bad);
  expect(await alerts()).toHaveLength(2);
  // Nobody knows what came before the start.
  const again = await startSite({ store: site.store });
  await again.until(START + 15 * 60_000);
  await again.send(good(5));
  expect((await alerts())[0]?.[2]).toBe('open');
  await again.until(START + 20 * 60_000);
  await again.send(good(6));
  expect((await alerts())[0]?.[2]).toBe(20 * 60_000);
});

test('the alert of a callback that was removed ends, unseen', async () => {
  const site = await startSite();
  await site.send(form({ ...ISSUED, c_status: '77' }));
  const again = await startOwnSite(site.store, ownSettings());
  await again.recorder.start();
  expect(await site.store.alerts({ kinds: ['callback'] })).toMatchObject([
    { resolved_at: START, resolved_since: null },
  ]);
});

test('what it tells is refused like posted events, and the rest of it is taken', async () => {
  const mapping = { ...PLAIN, each: '$.l[*]', unique_by: [['$.item.id']] };
  const late = callbackMapping.parse({
    ...mapping,
    at: { from: '$.item.at', time: 's' },
  });
  const site = await startSite({ callbacks: [{ ...CALLBACK, mapping: late }] });
  const l = [
    { id: 1, at: START / 1_000 },
    { id: 2, at: START / 1_000 + 3_600 },
  ];
  const answer = await site.send(JSON.stringify({ l }));
  expect(answer.status).toBe(422);
  expect(JSON.parse(answer.text).errors).toEqual([
    { pointer: '/at', detail: 'expected a time that has come' },
  ]);
  expect(await site.counted()).toEqual([1, 0]);
  expect([await site.total('accepted'), await site.total('refused')]).toEqual([1, 1]);
});

test('of several invoices in a body those that cannot be mapped keep no other back', async () => {
  const mapping = callbackMapping.parse({
    ...PLAIN,
    each: '$.l[*]',
    unique_by: '$.item.id',
    type: { from: '$.item.s', values: { 1: { type: 'issued', outcome: 'ok' } } },
  });
  const site = await startSite({ callbacks: [{ ...CALLBACK, mapping }] });
  const l = [...Array(50).keys()].map((id) => ({ id, s: id === 7 ? 9 : 1 }));
  const answer = await site.send(JSON.stringify({ l }));
  expect(answer.status).toBe(422);
  expect(JSON.parse(answer.text)).toMatchObject({
    detail: expect.stringContaining('What else it tells was taken'),
    errors: [{ pointer: '/type', detail: 'found a value without a meaning' }],
  });
  expect(await site.counted()).toEqual([49, 0]);
  const totals = async () => [
    await site.total('accepted'),
    await site.total('duplicate'),
    await site.total('unmapped'),
  ];
  expect(await totals()).toEqual([49, 0, 1]);
  // Sent again with a state that is known, the one that was missing counts, and no other again.
  await site.send(JSON.stringify({ l: l.map((it) => ({ ...it, s: 1 })) }));
  expect(await site.counted()).toEqual([50, 0]);
  expect(await totals()).toEqual([50, 49, 1]);
});

test('what nobody needs and cannot be read is left out, counted, and wakes nobody', async () => {
  const mapping = callbackMapping.parse({
    ...PLAIN,
    tax_id: '$.buyer',
    amount: { from: '$.sum', unit: 'yuan' },
  });
  const site = await startSite({ callbacks: [{ ...CALLBACK, mapping }] });
  const body = '{"id": 1, "buyer": "DE-123", "sum": "113.000"}';
  expect(await site.send(body)).toMatchObject({ status: 202, text: 'SUCCESS' });
  // Told again nothing of it is new.
  await site.send(body);
  expect(await site.counted()).toEqual([1, 0]);
  expect([await site.total('accepted'), await site.total('left_out')]).toEqual([1, 2]);
  expect(site.warnings).toMatchObject([{ callback: 'nuonuo', pointers: ['/amount', '/tax_id'] }]);
  expect(JSON.stringify(site.warnings)).not.toMatch(/DE-123|113/);
  expect(await site.store.alerts({ kinds: ['callback'] })).toEqual([]);
});

test('where failures are not told, what is issued is a stage and no result', async () => {
  const site = await startSite();
  const { c_status: _, ...untold } = ISSUED;
  expect(await site.send(form(untold))).toMatchObject({ status: 200 });
  expect(await site.counted()).toEqual([0, 0]);
  expect(await site.total('accepted')).toBe(1);
  expect(await site.send(form({ ...untold, c_kprq: '' }))).toMatchObject({ status: 422 });
});

test('a notice that nobody knows is answered as such, beside good content', async () => {
  const site = await startSite();
  const answer = await site.send(form(ISSUED, 'invoiceSplit'));
  expect(answer.status).toBe(422);
  expect(JSON.parse(answer.text).errors).toMatchObject([{ pointer: '/when' }]);
  expect(await site.counted()).toEqual([0, 0]);
});

test('a body is bounded in size and time', async () => {
  const slow = callbackMapping.parse({
    ...PLAIN,
    // Twice as long for each further letter.
    outcome: undefined,
    type: { from: '$.s', values: {}, otherwise: { type: 'failed', function: 'issue' } },
    code: { from: '$.s', matches: { '^(a+)+$': 'x' } },
  });
  const callbacks = [CALLBACK, { ...CALLBACK, id: 'slow', mapping: slow }];
  const site = await startSite({ callbacks });
  const large = await site.send(form({ ...ISSUED, c_remark: 'x'.repeat(1024 * 1024) }));
  expect(large.status).toBe(413);
  const body = JSON.stringify({ id: 1, s: `${'a'.repeat(60)}!` });
  const held = await site.send(body, { path: `slow/${SECRET}` });
  expect(held.status).toBe(422);
  expect(held.text).toContain('took more than 200 ms');
  expect(await site.total('unmapped')).toBe(1);
  // Another is served meanwhile and after.
  expect((await site.send(form(ISSUED))).status).toBe(200);
});

test('the answer of a sender that expects a text, and another status', async () => {
  const site = await startSite({ callbacks: [{ ...CALLBACK, mapping: PLAIN }] });
  const answer = await site.send('{"id": 1}');
  expect([answer.status, answer.text]).toEqual([202, 'SUCCESS']);
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
});

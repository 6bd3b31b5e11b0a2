import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { callbackMapping } from '../../../collector/ingest/mapping/schema.ts';
import { ownSettings, startOwnSite } from '../own-site.ts';
import { openSiteStore } from '../recording.ts';
import { stopTime } from '../world.ts';
import { HASH_OF_SECRET, SECRET } from './secret.ts';

/** Words of providers in the charsets of China. */

beforeEach(() => stopTime());

/** `printf 税号有误 | iconv -t gbk | xxd -p`: no text in UTF-8. */
const TAX_ID_IS_WRONG = 'cbb0bac5d3d0cef3';
/** `printf 系统繁忙 | iconv -t gbk | xxd -p`. */
const BUSY = 'cfb5cdb3b7b1c3a6';

const bytes = (hex: string) => Buffer.from(hex, 'hex');
const escaped = (hex: string) => hex.replace(/../g, '%$&');

async function startTill(mapping: Record<string, unknown>) {
  const { store } = await openSiteStore(ownSettings());
  onTestFinished(() => store.close());
  const parsed = callbackMapping.parse({
    unique_by: '$.id',
    type: { type: 'failed', function: 'issue' },
    outcome: { from: '$.why', matches: { 税号: 'user_data' } },
    at: 'received',
    answer: { text: 'SUCCESS' },
    ...mapping,
  });
  const of = { id: 'till', sha256: HASH_OF_SECRET, networks: null, system: 'shop' };
  const callbacks = [{ ...of, mapping: parsed }];
  const site = await startOwnSite(store, { ...ownSettings(), callbacks });
  await site.recorder.start();
  return {
    warnings: site.warnings,
    /** The status, and how many failures of the system are counted. */
    async send(body: string | Uint8Array<ArrayBuffer>, type: string) {
      const url = `http://127.0.0.1/ingest/callbacks/till/${SECRET}`;
      const headers = { 'content-type': type };
      const answer = await site.ingest.fetch(new Request(url, { method: 'POST', body, headers }));
      const all = { check: 'shop-own-issue', from: 0, to: Number.MAX_SAFE_INTEGER };
      const counts = await store.trafficCounts(all);
      return [answer.status, counts.reduce((n, { bad }) => n + bad, 0)];
    },
  };
}

const inJson = (hex: string) =>
  Buffer.concat([Buffer.from('{"id":1,"why":"'), bytes(hex), Buffer.from('"}')]);

test.each<[string, Record<string, unknown>, string]>([
  ['the sender says', { body: 'json' }, 'application/json; charset=GBK'],
  ['the sender says in another way', { body: 'json' }, 'application/json;charset="gb2312"'],
  ['the mapping says', { body: 'json', charset: 'gbk' }, 'application/json'],
  ['the mapping knows better', { body: 'json', charset: 'gbk' }, 'text/json; charset=utf-8'],
])('JSON in GBK, as %s', async (_, mapping, type) => {
  const till = await startTill(mapping);
  expect(await till.send(inJson(TAX_ID_IS_WRONG), type)).toEqual([200, 0]);
});

test.each<[string, string]>([
  ['escaped', `id=1&why=${escaped(TAX_ID_IS_WRONG)}&=&a`],
  ['half escaped, with a blank', `a=b+c&why=%cb%b0+${escaped('bac5')}%cb%B0%ba%C5&id=1`],
])('a form in GBK, %s', async (_, body) => {
  const till = await startTill({ body: 'form', charset: 'gbk' });
  expect(await till.send(body, 'application/x-www-form-urlencoded')).toEqual([200, 0]);
});

test('words that are no text blame nobody', async () => {
  const till = await startTill({ body: 'json' });
  expect(await till.send(inJson(BUSY), 'application/json')).toEqual([422, 0]);
  expect(till.warnings).toMatchObject([{ errors: [{ pointer: '/outcome' }] }]);
  const named = await startTill({
    body: 'form',
    type: { from: '$.why', values: {}, otherwise: { type: 'failed', function: 'issue' } },
  });
  const form = 'application/x-www-form-urlencoded';
  expect(await named.send(`id=1&why=${escaped(BUSY)}`, form)).toEqual([422, 0]);
  expect(await named.send('id=2&why=繁忙', form)).toEqual([200, 1]);
});

test('what nobody asks for may be garbled', async () => {
  const till = await startTill({ body: 'json', outcome: undefined });
  expect(await till.send(inJson(BUSY), 'application/json')).toEqual([200, 1]);
});

test('a charset that nobody knows is taken for UTF-8', async () => {
  const till = await startTill({ body: 'json' });
  const body = '{"id":1,"why":"税号有误"}';
  expect(await till.send(body, 'application/json; charset=none')).toEqual([200, 0]);
});

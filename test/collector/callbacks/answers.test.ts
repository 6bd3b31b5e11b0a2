import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { callbackMapping } from '../../../collector/ingest/mapping/schema.ts';
import { ownSettings, startOwnSite } from '../own-site.ts';
import { openSiteStore } from '../recording.ts';
import { stopTime } from '../world.ts';
import { HASH_OF_SECRET, SECRET } from './secret.ts';

/** What senders expect to be answered. */

beforeEach(() => stopTime());

const mappingWith = (answer: Record<string, unknown>) =>
  callbackMapping.safeParse({
    body: 'json',
    unique_by: '$.id',
    type: { type: 'issued', outcome: 'ok' },
    at: 'received',
    answer,
  });

async function answerTo(answer: Record<string, unknown>) {
  const { store } = await openSiteStore(ownSettings());
  onTestFinished(() => store.close());
  const mapping = mappingWith(answer).data;
  const callback = { id: 'till', sha256: HASH_OF_SECRET, networks: null, system: 'shop', mapping };
  const site = await startOwnSite(store, { ...ownSettings(), callbacks: [callback] });
  await site.recorder.start();
  const url = `http://127.0.0.1/ingest/callbacks/till/${SECRET}`;
  const got = await site.ingest.fetch(new Request(url, { method: 'POST', body: '{"id":1}' }));
  return [got.status, await got.text(), got.headers.get('content-type')];
}

test.each<[Record<string, unknown>, unknown[]]>([
  [{ text: 'SUCCESS' }, [200, 'SUCCESS', 'text/plain; charset=utf-8']],
  [{ text: '' }, [200, '', 'text/plain; charset=utf-8']],
  [{ json: {}, status: 201 }, [201, '{}', 'application/json']],
  [{ status: 204 }, [204, '', null]],
  [{ status: 205 }, [205, '', null]],
])('%j', async (answer, got) => expect(await answerTo(answer)).toEqual(got));

test.each<[Record<string, unknown>]>([
  [{}],
  [{ status: 200 }],
  [{ status: 204, text: '' }],
  [{ status: 205, json: {} }],
  [{ text: '', json: {} }],
])('%j is refused at the start', (answer) => {
  const [problem] = mappingWith(answer).error?.issues ?? [];
  expect(problem?.message).toContain('expected one of json and text');
});

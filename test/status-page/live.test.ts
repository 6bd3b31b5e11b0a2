import { get, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { SECOND } from '../../model/time.ts';
import type { LiveBegin, LiveComponents, LiveHeadline } from '../../status-page/web/wire.ts';
import { ask } from './request.ts';
import { aStatus, breakDownload, NOW, seedHistory, until } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({ prepare: seedHistory });
const open: IncomingMessage[] = [];

afterEach(() => {
  for (const response of open.splice(0)) response.destroy();
});

interface LiveEvent {
  name: string;
  id: string;
  data: string;
  bytes: number;
}

interface Listener {
  response: IncomingMessage;
  events: LiveEvent[];
}

/** Opens the stream and collects what comes. */
function listen(parameters = ''): Promise<Listener> {
  return new Promise((resolve, reject) => {
    get(`${page.url}/live${parameters}`, (response) => {
      open.push(response);
      const events: LiveEvent[] = [];
      let rest = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (name: string) =>
            block
              .split('\n')
              .find((line) => line.startsWith(`${name}: `))
              ?.slice(name.length + 2);
          const name = field('event');
          if (name === undefined) continue;
          events.push({
            name,
            id: field('id') ?? '',
            data: field('data') ?? '',
            bytes: Buffer.byteLength(block) + 2,
          });
        }
      });
      response.on('error', () => undefined);
      resolve({ response, events });
    }).on('error', reject);
  });
}

const headlines = ({ events }: Listener): LiveHeadline[] =>
  events.filter((it) => it.name === 'headline').map((it) => JSON.parse(it.data));
const components = ({ events }: Listener): LiveComponents =>
  events.filter((it) => it.name === 'components').flatMap((it) => JSON.parse(it.data));

const begins = ({ events }: Listener): LiveBegin[] =>
  events.filter((it) => it.name === 'begin').map((it) => JSON.parse(it.data));

/** What the front page says that it was made with. */
async function madeWith(): Promise<{ version: string; shown: LiveComponents }> {
  const html = await pageText();
  const [, version = '', json = '[]'] =
    /<template id="live-data" data-version="([^"]+)">([^<]*)</.exec(html) ?? [];
  return { version, shown: JSON.parse(json) };
}

describe('the live stream', () => {
  test('begins with everything, in events of at most 2 kB with the change number', async () => {
    const listener = await listen();
    expect(listener.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(listener.response.headers['cache-control']).toBe('no-store');
    await until(() => headlines(listener).length === 1);
    expect(components(listener).map((it) => it.id)).toEqual([
      'pinduoduo.upload',
      'beijing.query',
      'beijing.sync',
      'beijing.download',
    ]);
    expect(components(listener)[0]).not.toHaveProperty('history');
    const seq = String(await page.site.reader.changeSeq());
    for (const event of listener.events) {
      expect(event.id).toBe(seq);
      expect(event.bytes).toBeLessThanOrEqual(2_048);
    }
    expect(headlines(listener)[0]).toMatchObject({
      headline: { indicator: 'none', measured_at: NOW - 6 * SECOND },
      sent_at: NOW,
    });
  });

  test('O11: tells a page nothing that it was made with, and what has changed since', async () => {
    const { version, shown } = await madeWith();
    const same = await listen(`?have=${version}`);
    await until(() => headlines(same).length === 1);
    expect(begins(same)).toEqual([{ from: 'page' }]);
    expect(components(same)).toEqual([]);
    expect(same.events.reduce((sum, it) => sum + it.bytes, 0)).toBeLessThan(2_048);

    await breakDownload(page.site);
    await until(async () => (await madeWith()).version !== version);
    const later = await listen(`?have=${version}`);
    await until(() => headlines(later).length === 1);
    expect(components(later).map(({ id }) => id)).toEqual(['beijing.download']);
    // What it was made with, and that, is all there is.
    const all = await listen();
    await until(() => headlines(all).length === 1);
    expect(begins(all)).toEqual([{ from: 'nothing' }]);
    const changed = new Map(components(later).map((it) => [it.id, it]));
    expect(components(all)).toEqual(shown.map((it) => changed.get(it.id) ?? it));
  });

  test('O11: tells everything to a page that is older than what is kept', async () => {
    const listener = await listen('?have=nobody-knows');
    await until(() => headlines(listener).length === 1);
    expect(begins(listener)).toEqual([{ from: 'nothing' }]);
    expect(components(listener)).toHaveLength(4);
  });

  test('O11: tells a page without components none, now and later', async () => {
    const listener = await listen('?components=none');
    await until(() => headlines(listener).length === 1);
    await breakDownload(page.site);
    await until(() => headlines(listener).length === 2);
    expect(components(listener)).toEqual([]);
    expect(headlines(listener)[1]?.headline.indicator).toBe('critical');
  });

  test('tells a change of state at once, with the changed components only', async () => {
    const listener = await listen();
    await until(() => headlines(listener).length === 1);
    const version = headlines(listener)[0]?.lists_version;
    listener.events.length = 0;
    await breakDownload(page.site);
    await until(() => headlines(listener).length === 1);
    expect(components(listener)).toMatchObject([
      {
        id: 'beijing.download',
        state: 'major_outage',
        notes: [{ code: 'checks_failing', reason: 'http_status' }],
      },
    ]);
    expect(headlines(listener)[0]?.headline.indicator).toBe('critical');
    expect(headlines(listener)[0]?.lists_version).not.toBe(version);
  });

  test('tells mere measurements every five seconds at most', async () => {
    const listener = await listen();
    await until(() => headlines(listener).length === 1);
    listener.events.length = 0;
    const measure = async (seconds: number) => {
      page.clock.set(NOW + seconds * SECOND);
      const measured_at = page.clock.now();
      await page.site.store.record({
        components: [aStatus('beijing.query', 'operational', { measured_at })],
      });
      await until(async () => (await pageText()).includes(`at="${measured_at}"`));
    };
    await measure(2);
    await measure(4);
    expect(listener.events).toEqual([]);
    await measure(6);
    await until(() => headlines(listener).length === 1);
    expect(components(listener)).toMatchObject([
      { id: 'beijing.query', measured_at: NOW + 6 * SECOND },
    ]);
  });

  test('tells that what was said has expired', async () => {
    const listener = await listen();
    await until(() => headlines(listener).length === 1);
    listener.events.length = 0;
    page.clock.set(NOW + 31 * SECOND);
    await until(() => headlines(listener).length === 1);
    expect(components(listener).map((it) => it.state)).toEqual(Array(4).fill('unknown'));
    expect(headlines(listener)[0]?.headline.valid_until).toBeNull();
  });

  test('D4: tells our own trouble with the headline, at once', async () => {
    const listener = await listen();
    await until(() => headlines(listener).length === 1);
    expect(headlines(listener)[0]?.own_troubles).toEqual([]);
    listener.events.length = 0;
    const trouble = { kind: 'disk', line: null, since: NOW, until: null } as const;
    await page.site.store.record({
      own_troubles: [{ ...trouble, detail: 'SQLITE_FULL' }],
      changes: [{ kind: 'own_trouble', ref: 'disk', at: NOW }],
    });
    await until(() => headlines(listener).length === 1);
    expect(headlines(listener)[0]?.own_troubles).toEqual([{ ...trouble, line_name: null }]);
  });

  test('counts its readers and ends when the page stops', async () => {
    const listener = await listen();
    await until(async () => /fapiao_page_live_connections 1/.test(await page.metrics()));
    const ended = new Promise((resolve) => listener.response.once('close', resolve));
    await page.stop();
    await ended;
  });
});

async function pageText(): Promise<string> {
  return (await ask(`${page.url}/en/`)).text;
}

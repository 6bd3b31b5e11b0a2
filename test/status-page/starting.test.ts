import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createClientOf } from '../../http/client-address.ts';
import { createInFlight } from '../../http/in-flight.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { createApp } from '../../status-page/app.ts';
import { createDocuments } from '../../status-page/kit/documents.ts';
import { ROUTES, type Wings } from '../../status-page/routes.ts';
import { type Broadcast, createBroadcast } from '../../status-page/serve/broadcast.ts';
import { createPagesOnDemand } from '../../status-page/serve/pages-on-demand.ts';
import { createPageServer } from '../../status-page/serve/server.ts';
import { ask } from './request.ts';
import { fakeClock, openSite, type Site, silentLog, standInAssets } from './site.ts';

let site: Site;
let server: Server;
let broadcast: Broadcast;

/** A page server that has nothing to show yet, over a database that cannot be read. */
async function startEmpty(connections: { all: number; per_client: number }): Promise<string> {
  const telemetry = createTelemetry('page');
  const clock = fakeClock();
  site = await openSite();
  await site.reader.close();
  const { configuration } = site;
  const { page } = configuration;
  const documents = createDocuments({ page, assets: (await standInAssets()).paths });
  broadcast = createBroadcast({ clock, telemetry, connections: createInFlight(connections) });
  const clientOf = createClientOf([]);
  const parts = { ...site, documents, clientOf, clock, telemetry, log: silentLog };
  const wings = {
    public: { ...parts, pages: createPagesOnDemand(), broadcast },
  } as Partial<Wings> as Wings;
  const routes = ROUTES.filter(({ wing }) => wing === 'public');
  const door = () => null;
  const isReady = () => false;
  const app = createApp({ ...parts, page, api_paths: [], routes, wings, door, isReady });
  server = createPageServer({
    publication: () => null,
    renewed: async () => undefined,
    assets: new Map(),
    door,
    pathInSite: (path) => path,
    fixed: {},
    fetch: app.fetch,
    routeClass: () => 'other',
    clock,
    telemetry,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  broadcast.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await site.close();
});

test('before the first publication every page says to come back', async () => {
  const url = await startEmpty({ all: 1, per_client: 1 });
  for (const path of ['/', '/zh-CN/', '/api/v2/summary.json']) {
    const answer = await ask(url + path);
    expect([path, answer.status]).toEqual([path, 503]);
    expect(answer.headers['retry-after']).toBe('2');
    expect(JSON.parse(answer.text)).toMatchObject({ title: 'Starting' });
  }
});

test('P4: a browser is told so in words, and when to come back', async () => {
  const url = await startEmpty({ all: 1, per_client: 1 });
  const answer = await ask(`${url}/`, {
    headers: { accept: 'text/html,*/*;q=0.8', 'accept-language': 'zh-CN' },
  });
  expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.text).toContain('<h1>这个网页暂时不能用</h1>');
  expect(answer.text).toContain('请 2 秒后再试。');
});

test('an error becomes a problem that gives nothing away', async () => {
  const url = await startEmpty({ all: 1, per_client: 1 });
  const answer = await ask(`${url}/en/incidents/abc123def456`);
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain('database');
  expect(JSON.parse(answer.text)).toMatchObject({ title: 'Something went wrong here' });
});

test.each([
  ['', { all: 1, per_client: 9 }],
  ['D14: of one client, ', { all: 9, per_client: 1 }],
])('%slive streams beyond the limit are turned away until there is room', async (_, limits) => {
  const url = await startEmpty(limits);
  const first = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/live`, resolve).on('error', reject);
  });
  first.on('error', () => undefined).resume();
  const refused = await ask(`${url}/live`);
  expect(refused.status).toBe(503);
  expect(refused.headers['retry-after']).toBe('30');
  first.destroy();
  await expect
    .poll(
      () =>
        new Promise((resolve) => {
          get(`${url}/live`, (response) => {
            resolve(response.statusCode);
            response.on('error', () => undefined).destroy();
          });
        }),
    )
    .toBe(200);
});

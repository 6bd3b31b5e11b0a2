import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { allowHeader, isAllowed, type Method } from '../../http/methods.ts';
import { MAINTENANCE_ACTIONS } from '../../model/maintenance/life-cycle.ts';
import { LOCALES } from '../../model/vocabulary.ts';
import { createApp } from '../../status-page/app.ts';
import { createDrills } from '../../status-page/demo/drills.ts';
import { createDocuments } from '../../status-page/kit/documents.ts';
import { FEEDS } from '../../status-page/kit/feeds.ts';
import type { Handlers, RouteKind } from '../../status-page/kit/route.ts';
import { ROUTES, type Route, type Wings } from '../../status-page/routes.ts';
import {
  checkReadyPaths,
  createFindRoute,
  expandPath,
  routeClass,
} from '../../status-page/serve/route-table.ts';
import { LIVE_PATH } from '../../status-page/web/wire.ts';
import { type Simulated, startSimulated, testClock } from '../probes/simulated.ts';
import { quoted, tableRows } from '../tidy/repository.ts';
import { aMaintenance, saveMaintenance } from './maintenances.ts';
import { ask } from './request.ts';
import {
  breakDownload,
  fakeClock,
  openSite,
  type RunningPage,
  type Site,
  seedHistory,
  silentLog,
  siteConfiguration,
  standInAssets,
  startPage,
} from './site.ts';

const findRoute = createFindRoute(ROUTES, LOCALES);

/** Something that is there, for the names in a path. */
const THERE: Record<string, Record<string, string>> = {
  '/:lang/incidents/:id': { id: 'abc123def456' },
  '/:lang/maintenances/:id': { id: 'mnt000000001' },
  '/assets/:file': { file: 'page-0.js' },
  '/badge/:file': { file: 'beijing.query.svg' },
  '/:lang/badge/:file': { file: 'beijing.query.svg' },
  '/embed/:file': { file: 'beijing.query.json' },
  '/demo/drills/:name': { name: 'recover' },
  '/demo/mailbox/:file': { file: 'a.html' },
};
const MAINTENANCE = { id: 'mnt000000001' };

function pathsOf({ path }: Route): string[] {
  return expandPath(path, LOCALES, THERE[path] ?? MAINTENANCE);
}

describe('every address', () => {
  let site: Site;
  let page: RunningPage;
  let simulated: Simulated;

  beforeAll(async () => {
    simulated = await startSimulated(testClock());
    site = await openSite();
    await seedHistory(site);
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
    const systems = siteConfiguration()
      .systems.filter(({ neutral }) => !neutral)
      .map((it) => ({
        ...it,
        environment: 'simulator' as const,
        url: `${simulated.url}/${it.id}`,
      }));
    const clock = fakeClock();
    page = await startPage({ site, clock, drills: createDrills({ systems, clock }) });
  });
  afterAll(async () => {
    await page.stop();
    await site.close();
    await simulated.close();
  });

  const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];

  test.each(ROUTES.map((route) => [route.path, route] as const))(
    '%s answers what its row says, and names its methods for the rest',
    async (_, route) => {
      const { methods, kind } = route;
      const allow = allowHeader(methods);
      for (const path of pathsOf(route)) {
        for (const method of METHODS) {
          // The stream does not end.
          if (kind === 'live' && method === 'GET') continue;
          const { status, headers } = await ask(`${page.url}${path}`, { method });
          const asked = `${method} ${path}: ${status}`;
          expect(status, asked).toBeLessThan(500);
          if (method === 'OPTIONS') expect([asked, headers.allow]).toEqual([asked, allow]);
          else if (!isAllowed(method, methods)) {
            expect([asked, status, headers.allow]).toEqual([asked, 405, allow]);
          } else expect(status, asked).not.toBe(405);
          expect(headers['x-content-type-options'], asked).toBe('nosniff');
        }
      }
    },
  );

  test.each(
    ROUTES.filter(({ kind, wing }) => kind !== 'live' && wing !== 'api/v1' && wing !== 'admin')
      .filter(({ methods }) => methods.includes('GET'))
      .map((route) => [route.path, route] as const),
  )('%s is there', async (path, route) => {
    const without_link = /subscription|unsubscribe|acknowledge|mailbox\/:/;
    for (const address of pathsOf(route)) {
      const { status } = await ask(`${page.url}${address}`);
      if (without_link.test(path)) expect([address, status]).toEqual([address, 404]);
      else expect([address, [200, 302, 308]]).toEqual([address, expect.arrayContaining([status])]);
    }
  });

  test('that a public page leads to is in the table', async () => {
    const seen = new Set<string>();
    const waiting = ['/', '/en/', '/zh-CN/'];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const { text } = await ask(`${page.url}${next}`);
      for (const [, href = ''] of text.matchAll(/ (?:href|action|formaction|src)="(\/[^"]*)"/g)) {
        const path = href.replace(/[?#].*$/, '');
        const route = findRoute(path);
        expect(route, `${next} leads to ${path}`).not.toBeNull();
        if (route?.kind === 'page' || route?.kind === 'form') waiting.push(path);
      }
    }
    expect(seen.size).toBeGreaterThan(10);
  });
});

describe('the table', () => {
  it('names every address once', () => {
    const paths = ROUTES.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)]);
  });

  it('finds each row by its own paths, a path without names first', () => {
    for (const route of ROUTES) {
      for (const path of pathsOf(route)) expect([path, findRoute(path)]).toEqual([path, route]);
    }
    expect(findRoute('/admin/en/maintenances/new')?.path).toBe('/admin/:lang/maintenances/new');
    for (const path of ['/nothing', '/fr/', '/en', '/en/incidents/', '/en/incidents/a/b', '']) {
      expect([path, findRoute(path)?.path ?? null]).toEqual([
        path,
        path === '/en' ? '/:lang' : null,
      ]);
    }
  });

  it('has a row for each action of the life cycle, in forms and in the API', () => {
    for (const action of MAINTENANCE_ACTIONS) {
      expect(findRoute(`/admin/en/maintenances/x/${action}`)?.methods).toEqual(['GET', 'POST']);
      expect(findRoute(`/api/v1/maintenances/x/${action}`)?.methods).toEqual(['POST']);
    }
  });

  it('has what pages name without being asked', () => {
    expect(findRoute(LIVE_PATH)?.kind).toBe('live');
    for (const { file } of FEEDS) expect(findRoute(`/en/${file}`)?.kind).toBe('feed');
  });

  it('is the one of docs/status-page.md', () => {
    const documented = tableRows('docs/status-page.md', 'Addresses').flatMap(
      ([addresses = '', methods = '']) =>
        quoted(addresses).map((address) => `${address} ${quoted(methods)}`),
    );
    const rows = ROUTES.map(({ path, methods }) => {
      const address = path.replace(':lang', '{language}').replace(/:(\w+)/, '{$1}');
      return `${address} ${methods}`;
    });
    expect(documented.toSorted()).toEqual(rows.toSorted());
  });

  /** As requests were counted before there was a table. */
  function classBefore(path: string): string {
    if (path === '/' || path === '/unsubscribe') return 'page';
    if (/history\.(atom|rss|json)$|\.ics$/.test(path)) return 'feed';
    if (/^\/([\w-]+\/)?api\//.test(path)) return 'api';
    if (LOCALES.some((locale) => path.startsWith(`/${locale}/`))) return 'page';
    if (path.startsWith('/assets/')) return 'asset';
    if (path === '/live') return 'live';
    if (path === '/admin' || path.startsWith('/admin/')) return 'admin';
    return path.startsWith('/demo/') ? 'demo' : 'other';
  }

  it('gives each request the class it always had', () => {
    const older = ROUTES.filter(({ kind }) => kind !== 'outside');
    for (const path of older.flatMap(pathsOf)) {
      expect([path, routeClass(findRoute(path))]).toEqual([path, classBefore(path)]);
    }
    expect(routeClass(findRoute('/en/badge/beijing.query.svg'))).toBe('outside');
    expect(routeClass(findRoute('/nothing'))).toBe('other');
  });
});

describe('a table that does not hold', () => {
  function app(methods: readonly Method[], handlers: Handlers) {
    return appOf([aRoute('/:lang/x', { methods, createHandlers: () => handlers })]);
  }

  async function appOf(routes: Route[]) {
    const { page } = siteConfiguration();
    const documents = createDocuments({ page, assets: (await standInAssets()).paths });
    const wings = { public: {} } as Partial<Wings> as Wings;
    const clientOf = () => 'test';
    const site = { page, documents, api_paths: [], clientOf, clock: fakeClock() };
    const door = () => null;
    const isReady = () => true;
    const whole = createApp({ ...site, routes, wings, door, isReady, log: silentLog });
    const request = (path: string, init = {}) => whole.request(path, init, { incoming: {} });
    return { request };
  }

  function aRoute(path: string, given: Partial<Route> = {}): Route {
    const kind: RouteKind = 'page';
    const [methods, is_open, createHandlers] = [['GET'] as const, false, null];
    return { path, methods, kind, wing: 'public', is_open, createHandlers, ...given };
  }

  const answer = () => new Response('here');

  it('is refused when a row has no handler', async () => {
    await expect(app(['GET', 'POST'], { GET: answer })).rejects.toThrow(
      '/:lang/x handles GET, its row names GET,POST',
    );
  });

  it('is refused when a handler has no row', async () => {
    await expect(app(['GET'], { GET: answer, PUT: answer })).rejects.toThrow(
      '/:lang/x handles GET,PUT, its row names GET',
    );
  });

  it('is refused when something is kept ready without a row, or a row without it', () => {
    const rows = [aRoute('/:lang/feed'), aRoute('/assets/:file'), aRoute('/')];
    const paths = ['/zh-CN/feed', '/en/feed', '/assets/a.js', '/'];
    const check = (ready: string[]) => () => checkReadyPaths(rows, ready, ['zh-CN', 'en']);
    expect(check(paths)).not.toThrow();
    expect(check([...paths, '/more'])).toThrow('/more is kept ready, but has no row');
    expect(check(paths.slice(1))).toThrow('/zh-CN/feed has a row, but nothing is kept ready');
  });

  it('tries a path with fewer names first, wherever its row stands', async () => {
    const named = (text: string): Partial<Route> => ({
      createHandlers: () => ({ GET: () => new Response(text) }),
    });
    const rows = [aRoute('/:lang/:id', named('any')), aRoute('/:lang/new', named('new'))];
    const whole = await appOf(rows);
    expect(await (await whole.request('/en/new')).text()).toBe('new');
    expect(await (await whole.request('/en/old')).text()).toBe('any');
    expect(createFindRoute(rows, LOCALES)('/en/new')).toBe(rows[1]);
  });

  it('lets a row answer only in the languages of the page', async () => {
    const whole = await app(['GET'], { GET: answer });
    expect((await whole.request('/en/x')).status).toBe(200);
    expect((await whole.request('/fr/x')).status).toBe(404);
    expect((await whole.request('/en/x', { method: 'PUT' })).headers.get('allow')).toBe(
      'GET, HEAD',
    );
  });
});

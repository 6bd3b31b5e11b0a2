import type { Server } from 'node:http';
import { createAttempts } from '../http/attempts.ts';
import { type ClientOf, createClientOf } from '../http/client-address.ts';
import { createFrontDoor } from '../http/front-door.ts';
import { transportHeaders } from '../http/headers.ts';
import { createInFlight } from '../http/in-flight.ts';
import { createPathInSite } from '../http/path-in-site.ts';
import type { PageSettings } from '../model/configuration.ts';
import type { Log } from '../model/ports.ts';
import type { NotReady } from '../model/process-trouble.ts';
import { createAdminWing } from './admin/pages/wing.ts';
import { createStagesDocument } from './api/v1/stages.ts';
import { createApiWing } from './api/v1/wing.ts';
import { createV2Documents } from './api/v2/documents.ts';
import { createApp } from './app.ts';
import { createMaintenanceCommands } from './commands/maintenances.ts';
import { scopeGroups } from './commands/scope.ts';
import type { DemoParts } from './demo/pages/wing.ts';
import { demoBar } from './demo/views/bar.ts';
import { otherOperations } from './described.ts';
import { createDocuments } from './kit/documents.ts';
import type { WingParts } from './kit/wing.ts';
import { createOverviewBuilder, expireOverview } from './overview/overview.ts';
import { ownTroublesOfProcesses } from './overview/own-troubles.ts';
import { createFeeds } from './public/feeds/documents.ts';
import { createBadges } from './public/pages/badges.ts';
import { createStates } from './public/pages/embedded-states.ts';
import { createFrontPages } from './public/pages/front.ts';
import { ROUTES, type Wings } from './routes.ts';
import type { Assets } from './serve/assets.ts';
import { type Broadcast, createBroadcast } from './serve/broadcast.ts';
import { createPagesOnDemand, type PagesOnDemand } from './serve/pages-on-demand.ts';
import { withHeaders } from './serve/prepared.ts';
import { createPublish } from './serve/publication.ts';
import { startPublisher } from './serve/publisher.ts';
import { checkReadyPaths, createFindRoute, routeClass } from './serve/route-table.ts';
import { createPageServer } from './serve/server.ts';
import { createSubscriptionsWing } from './subscriptions/pages/wing.ts';

/**
 * Sockets are cheap, but not free: 5,000 streams are about 100 MB. A whole office may share one
 * address.
 */
const LIVE_CONNECTIONS = { all: 5_000, per_client: 250 };

/** Of the Statuspage API. */
const V2_PATHS = ROUTES.filter(({ wing }) => wing === 'api/v2')
  .map(({ path }) => path)
  .filter((path) => !path.startsWith('/:lang'));

export interface StatusPage {
  /** Not listening yet. */
  server: Server;
  /** Resolves with the first publication. */
  published: Promise<void>;
  /** Why the page is not ready; null when it is. */
  notReady(): NotReady | null;
  /** Ends live streams and polling; the caller closes the server and the reader. */
  stop(): Promise<void>;
}

export interface StatusPageParts extends WingParts {
  assets: Assets;
  /** What ids in feeds, calendars and the v2 API are made with. */
  published_as: string;
  /** null outside the demo. */
  demo: DemoParts | null;
}

/** The public page of a site: reads the store, publishes, serves. */
export function createStatusPage(parts: StatusPageParts): StatusPage {
  const { reader, configuration, assets, published_as, demo, clock, telemetry, log } = parts;
  const { processTroubles = () => [] } = parts;
  const { page } = configuration;
  const { languages } = page;
  const documents = createDocuments({ page, assets: assets.paths });
  const site = { page, documents, api_paths: V2_PATHS, clientOf: clientOf(page, log), clock };
  const sources = [
    createFrontPages({ ...site, bar: demo && demoBar }),
    createFeeds(languages, clock, published_as),
    createV2Documents(languages, clock, published_as),
    createStagesDocument(),
    createBadges(configuration, clock),
    createStates(configuration, clock),
  ];
  const broadcast = createBroadcast({
    clock,
    telemetry,
    connections: createInFlight(LIVE_CONNECTIONS),
  });
  const pages = createPagesOnDemand();
  const wings = createWings(parts, { pages, broadcast, demo });
  const routes = ROUTES.filter((route) => wings[route.wing] !== null);
  const ready = [
    ...sources.flatMap((it) => [...it.paths, ...(it.negotiated ?? [])]),
    ...assets.prepared.keys(),
  ];
  checkReadyPaths(
    routes.filter(({ createHandlers }) => createHandlers === null),
    ready,
    languages,
  );
  const door = createFrontDoor(page.public_url);
  const fixed = transportHeaders(page.public_url);
  const isReady = () => publisher.current() !== null;
  const app = createApp({ ...site, routes, wings, door, isReady, log });
  const findRoute = createFindRoute(routes, languages);
  const publisher = startPublisher({
    reader,
    build: createOverviewBuilder({ reader, configuration }),
    expire: (overview, now) => expireOverview(overview, configuration, now),
    render: createPublish(sources, fixed),
    unrecorded: (now) => ownTroublesOfProcesses(processTroubles(), configuration, now),
    onPublished(overview) {
      pages.publish(overview);
      broadcast.publish(overview);
    },
    clock,
    telemetry,
    log,
  });
  return {
    server: createPageServer({
      publication: publisher.current,
      renewed: publisher.renewed,
      assets: new Map([...assets.prepared].map(([path, it]) => [path, withHeaders(it, fixed)])),
      door,
      pathInSite: createPathInSite(page.public_url),
      fixed,
      fetch: app.fetch,
      routeClass: (path) => routeClass(path === null ? null : findRoute(path)),
      clock,
      telemetry,
    }),
    published: publisher.published,
    notReady: publisher.notReady,
    async stop() {
      broadcast.close();
      await publisher.stop();
    },
  };
}

/** Says once that proxies are there of which the configuration says nothing. */
function clientOf({ trusted_proxies = [] }: PageSettings, log: Log): ClientOf {
  let is_told = false;
  return createClientOf(trusted_proxies, () => {
    if (is_told) return;
    is_told = true;
    log.warn({}, 'X-Forwarded-For is not read: page.trusted_proxies names nobody who sends it');
  });
}

/** Dependencies of single wings. */
interface OwnParts {
  pages: PagesOnDemand;
  broadcast: Broadcast;
  demo: DemoParts | null;
}

function createWings(parts: WingParts, { pages, broadcast, demo }: OwnParts): Wings {
  const { store, configuration, clock, log } = parts;
  const scope = scopeGroups(configuration).flatMap((group) => group.components);
  const components = new Set(scope.map(({ id }) => id));
  const commands = createMaintenanceCommands({ store, clock, components, log });
  const administration = { ...parts, commands, attempts: createAttempts(clock) };
  const documents = otherOperations(configuration.page.languages);
  return {
    public: { ...parts, pages, broadcast },
    subscriptions: createSubscriptionsWing(parts),
    alerts: parts,
    admin: createAdminWing(administration),
    'api/v1': createApiWing({ ...administration, documents }),
    'api/v2': parts,
    demo: demo && { ...parts, ...demo },
  };
}

import type { Server } from 'node:http';
import type { Mailbox } from '../channels/email/mailbox.ts';
import type { Configuration } from '../model/configuration.ts';
import type { Clock, Log, Signer, Telemetry } from '../model/ports.ts';
import type { Store, StoreReader } from '../store/store.ts';
import { createAdmin } from './admin/admin.ts';
import { alertRoutes } from './alerts/routes.ts';
import { createApp } from './app.ts';
import { drillPageRoutes } from './demo/drill-page.ts';
import type { Drills } from './demo/drills.ts';
import { mailboxRoutes } from './demo/mailbox-routes.ts';
import { createOverviewBuilder, expireOverview } from './overview/overview.ts';
import { createIncidentPage } from './public/incident-page.ts';
import { createMaintenancePage } from './public/maintenance-page.ts';
import { createPublish } from './public/publication.ts';
import type { Assets } from './serve/assets.ts';
import { createBroadcast } from './serve/broadcast.ts';
import { createPagesOnDemand } from './serve/pages-on-demand.ts';
import { startPublisher } from './serve/publisher.ts';
import { createPageServer } from './serve/server.ts';
import { offerOf } from './subscriptions/offer.ts';
import { createSubscriptionPages } from './subscriptions/pages.ts';
import { subscriptionRoutes } from './subscriptions/routes.ts';
import { createSubscriptions } from './subscriptions/subscriptions.ts';

/** Sockets are cheap, but not free: 5,000 streams are about 100 MB. */
const MAX_LIVE_CONNECTIONS = 5_000;

export interface StatusPage {
  /** Not listening yet. */
  server: Server;
  /** Settles when there is something to serve. */
  published: Promise<void>;
  /** Why the page should not be relied on; null when all is well. */
  notReady(): string | null;
  /** Ends live streams and polling; closing the server and the reader is the caller's. */
  stop(): Promise<void>;
}

/** The public page of a site: reads the store, publishes, serves. */
export function createStatusPage({
  reader,
  store,
  signer,
  configuration,
  assets,
  drills,
  mailbox,
  clock,
  telemetry,
  log,
}: {
  reader: StoreReader;
  /** Takes what readers and administrators send. */
  store: Store;
  signer: Signer;
  configuration: Configuration;
  assets: Assets;
  /** null outside the demo. */
  drills: Drills | null;
  /** null outside the demo. */
  mailbox: Mailbox | null;
  clock: Clock;
  telemetry: Telemetry;
  log: Log;
}): StatusPage {
  const broadcast = createBroadcast({ clock, telemetry, max_connections: MAX_LIVE_CONNECTIONS });
  const drawing = { reader, configuration, assets: assets.paths, clock };
  const pages = {
    incidents: createPagesOnDemand(createIncidentPage(drawing)),
    maintenances: createPagesOnDemand(createMaintenancePage(drawing)),
  };
  const publisher = startPublisher({
    reader,
    build: createOverviewBuilder({ reader, configuration }),
    expire: (overview, now) => expireOverview(overview, configuration, now),
    render: createPublish(assets.paths),
    onPublished(overview) {
      for (const { forget } of Object.values(pages)) forget();
      broadcast.publish(overview);
    },
    clock,
    telemetry,
    log,
  });
  const offer = offerOf(configuration);
  const app = createApp({
    languages: configuration.page.languages,
    isDocument: (path) =>
      path === '/' || assets.prepared.has(path) || !!publisher.current()?.documents.has(path),
    isReady: () => publisher.current() !== null,
    pages,
    broadcast,
    admin: createAdmin({
      store,
      signer,
      configuration,
      styles: (['page', 'article', 'forms', 'admin'] as const).map((it) => assets.paths.styles[it]),
      clock,
      log,
    }),
    subscriptions: subscriptionRoutes({
      subscriptions: createSubscriptions({ store, signer, clock, telemetry }),
      pages: createSubscriptionPages({ configuration, offer, signer, assets: assets.paths }),
      offer,
    }),
    alerts: alertRoutes({ store, signer, configuration, assets: assets.paths, clock }),
    mailbox: mailbox && mailboxRoutes({ mailbox, configuration, assets: assets.paths }),
    drills,
    drill_page:
      drills && drillPageRoutes({ drills, configuration, assets: assets.paths, clock, log }),
    log,
  });
  return {
    server: createPageServer({
      publication: publisher.current,
      assets: assets.prepared,
      app,
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

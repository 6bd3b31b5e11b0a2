import type { Server } from 'node:http';
import type { Configuration } from '../model/configuration.ts';
import type { Clock, Log, Telemetry } from '../model/ports.ts';
import type { StoreReader } from '../store/store.ts';
import { createApp } from './app.ts';
import type { Assets } from './assets.ts';
import type { Drills } from './drills.ts';
import { createIncidentPages } from './incidents/pages.ts';
import { createBroadcast } from './live/broadcast.ts';
import { createOverviewBuilder, expireOverview } from './overview/overview.ts';
import { createPublish } from './publication.ts';
import { startPublisher } from './publisher.ts';
import { createPageServer } from './server.ts';

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
  configuration,
  assets,
  drills,
  clock,
  telemetry,
  log,
}: {
  reader: StoreReader;
  configuration: Configuration;
  assets: Assets;
  /** null outside the demo. */
  drills: Drills | null;
  clock: Clock;
  telemetry: Telemetry;
  log: Log;
}): StatusPage {
  const broadcast = createBroadcast({ clock, telemetry, max_connections: MAX_LIVE_CONNECTIONS });
  const incidents = createIncidentPages({ reader, configuration, assets: assets.paths, clock });
  const publisher = startPublisher({
    reader,
    build: createOverviewBuilder({ reader, configuration }),
    expire: (overview, now) => expireOverview(overview, configuration, now),
    render: createPublish(assets.paths),
    onPublished(overview) {
      incidents.forget();
      broadcast.publish(overview);
    },
    clock,
    telemetry,
    log,
  });
  const app = createApp({
    isDocument: (path) =>
      path === '/' || assets.prepared.has(path) || !!publisher.current()?.documents.has(path),
    isReady: () => publisher.current() !== null,
    incidents,
    broadcast,
    drills,
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

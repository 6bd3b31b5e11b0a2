import { type CameBy, createAddressOf } from '../http/client-address.ts';
import { problem } from '../http/problem.ts';
import { type Configuration, takesPosts } from '../model/configuration.ts';
import type { DiskSpace } from '../model/disk-space.ts';
import { randomId } from '../model/ids.ts';
import type { Clock, Log, Signer, Telemetry, Tracing } from '../model/ports.ts';
import type { NotReady } from '../model/process-trouble.ts';
import { learnedCopies } from '../model/specimen.ts';
import { SECOND } from '../model/time.ts';
import type { LineEvents, LineRunner, LineStart } from '../probes/line/line.ts';
import { carryClock } from '../probes/line/watch/wall-clock.ts';
import type { Store } from '../store/store.ts';
import { createDiskWatch } from './disk-watch.ts';
import { createDomainWatch, type DomainWatchParts } from './domain-watch.ts';
import { downtimeBefore } from './downtime.ts';
import { createJourneyLooks } from './follow-journeys.ts';
import type { Ingest, IngestParts } from './ingest/ingest.ts';
import { confirmationsNow } from './judging/confirmations.ts';
import { createMetrics } from './metrics.ts';
import { createRecorder } from './recorder.ts';
import { createReplayWatch } from './replay-watch.ts';
import { resumeLiveState } from './resume.ts';
import { createRunWatch } from './run-watch.ts';
import type { LiveState } from './state/live-state.ts';
import { siteOf } from './state/site.ts';
import { startTickers } from './tickers.ts';
import { createTraceSender } from './trace.ts';
import { createUpkeep } from './upkeep/upkeep.ts';

export interface CollectorParts {
  store: Store;
  configuration: Configuration;
  signer: Signer;
  /** Starts the runner of the local line, which measures from then on. */
  startLine: (start: LineStart, events: LineEvents) => LineRunner | Promise<LineRunner>;
  /** The space of the database's disk. */
  diskSpace: () => Promise<DiskSpace>;
  telemetry: Telemetry;
  /** null or absent when traces are off. */
  tracing?: Tracing | null;
  clock: Clock;
  /** As `carryClock` wants it. */
  timeSinceBoot?: () => number | null;
  log: Log;
}

export interface Collector {
  /** Handles what is posted to `/ingest/`; 404 when nobody may post. */
  ingest(request: Request, connection?: CameBy): Response | Promise<Response>;
  /** Why the collector is not ready; null when it is. */
  notReady(): NotReady | null;
  /** Starts no more runs, waits for pending ones (at most 5 s), writes roll-ups and shuts down. */
  stop(): Promise<void>;
}

const DRAIN_LIMIT_MS = 5 * SECOND;
/** The heartbeat is written every 5 s; after this long without one, writes are failing. */
const HEARTBEAT_LIMIT_MS = 15 * SECOND;

/** Resumes from the store and starts measuring. */
export async function startCollector(parts: CollectorParts): Promise<Collector> {
  const { store, configuration, telemetry, tracing = null, log } = parts;
  const clock = carryClock(parts.clock, parts.timeSinceBoot);
  const site = siteOf(configuration);
  const installation = await store.installation();
  const { live, recording: resumed } = await resumeLiveState(store, site, clock.now());
  const metrics = createMetrics({
    telemetry,
    site,
    live,
    clock,
    senders: configuration.ingest,
    callbacks: configuration.callbacks ?? [],
    recording: () => ({ outage: recorder.outage(), waiting: recorder.waiting() }),
  });
  const confirmations = confirmationsNow(site, live, clock.now());
  const sendTrace = tracing && createTraceSender(configuration, installation, tracing);
  const upkeep = createUpkeep({
    store,
    site,
    live,
    zone: configuration.page.zone,
    retention: configuration.retention,
    clock,
    log,
    inOrder: (event) => recorder.inOrder(event),
  });
  const recorder = createRecorder({
    store,
    site,
    live,
    installation,
    signer: parts.signer,
    newId: randomId,
    clock,
    log,
    observer: {
      committed(recording, duration_ms) {
        metrics.committed(recording, duration_ms);
        upkeep.committed(recording);
        for (const { check } of recording.specimens ?? [])
          line.know(check, learnedCopies(live.specimens.get(check) ?? []));
        for (const { check, kind, size } of recording.specimen_changes ?? [])
          log.info({ check, kind, size }, 'a known file changed');
      },
      judged({ result, confirmations: k }) {
        if (confirmations.get(result.check) !== k) line.setConfirmations(result.check, k);
        confirmations.set(result.check, k);
        metrics.result(result, sendTrace?.(result));
        upkeep.result(result);
      },
      dropped(count) {
        metrics.dropped(count);
        log.error({ count }, 'results dropped: nothing could be recorded for too long');
      },
    },
  });
  metrics.time();
  const runs = createRunWatch(configuration, clock);
  // Nothing is measured until the line runs: our downtime ends then, and is recorded first.
  const { promise: opened, resolve: onOpened } = Promise.withResolvers<void>();
  const line = await parts.startLine(lineStart(live, confirmations), {
    batch(batch) {
      runs.seen(batch.results);
      void opened.then(() => recorder.batch(batch));
    },
  });
  await recorder.open({
    recording: resumed,
    ...(await downtimeBefore({ store, site, live, clock })),
  });
  if (recorder.outage() === null) await recorder.time();
  onOpened();

  const looks = createJourneyLooks({ site, live, line, recorder, clock, log });
  const addressOf = createAddressOf(configuration.ingest_proxies ?? 0);
  const ingest = await openIngest(configuration, {
    tokens: configuration.ingest,
    callbacks: configuration.callbacks ?? [],
    site,
    installation,
    recordEvents: recorder.events,
    tellCallback: recorder.callback,
    telemetry,
    clock,
    log,
  });
  const watchDisk = createDiskWatch({ recorder, diskSpace: parts.diskSpace, clock, log });
  const watchDomains = await domainWatch(configuration, {
    store,
    recorder,
    observe: metrics.domain,
    clock,
    log,
  });
  const { retention } = configuration;
  const replayWatch = createReplayWatch({ store, site, retention, recorder, clock, log });
  const tickers = startTickers({
    recorder,
    looks,
    metrics,
    upkeep,
    replayWatch,
    watchDisk,
    watchDomains,
    clock,
    log,
  });

  return {
    ingest: (request, connection) =>
      ingest?.fetch(request, connection ? addressOf(connection) : null) ??
      problem({ status: 404, title: 'Not found' }),
    notReady() {
      const outage = recorder.outage();
      if (outage !== null) return outage;
      const problem =
        recorder.silentMs() > HEARTBEAT_LIMIT_MS ? 'no heartbeat could be written' : runs.problem();
      return problem === null ? null : { cause: null, since: null, detail: problem };
    },
    async stop() {
      await ingest?.stop();
      await tickers.stop();
      const measured_until = clock.now();
      await Promise.all([line.stop(DRAIN_LIMIT_MS), looks.drain(DRAIN_LIMIT_MS)]);
      await recorder.stop(measured_until);
      await upkeep.stop();
    },
  };
}

/** Loaded only where domains are configured. */
async function domainWatch(
  configuration: Configuration,
  parts: Omit<DomainWatchParts, 'domains' | 'ask'>,
): Promise<() => Promise<void>> {
  const { domains = [] } = configuration;
  if (domains.length === 0) return async () => {};
  const { askRegistry } = await import('./ask-registry.ts');
  return createDomainWatch({ ...parts, domains, ask: askRegistry(configuration) });
}

/** Loaded only where somebody may post, because it brings what serves requests. */
async function openIngest(
  configuration: Configuration,
  parts: IngestParts,
): Promise<Ingest | null> {
  if (!takesPosts(configuration)) return null;
  return (await import('./ingest/ingest.ts')).createIngest(parts);
}

/** What the line has to know of the past. */
function lineStart(
  { specimens }: LiveState,
  confirmations: ReadonlyMap<string, number>,
): LineStart {
  const known = [...specimens].map(([id, copies]) => [id, learnedCopies(copies)] as const);
  return { known: new Map(known), confirmations };
}

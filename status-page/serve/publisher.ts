import { setTimeout } from 'node:timers/promises';
import type { StatusOverview } from '../../model/overview.ts';
import type { Clock, Log, Telemetry } from '../../model/ports.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { daysOf } from '../../model/zone.ts';
import type { StoreReader } from '../../store/store.ts';
import type { OverviewBuilder } from '../overview/overview.ts';
import type { Publication, Publish } from './publication.ts';

const POLL_MS = 200;
/** New measurements without a public change: figures move, but nobody waits for them. */
const FRESHEN_MS = 1_000;

export interface Publisher {
  /** Settles with the first publication. */
  published: Promise<void>;
  /** The latest; null before the first. */
  current(): Publication | null;
  /** Why it should not be relied on; null when all is well. */
  notReady(): string | null;
  stop(): Promise<void>;
}

export interface PublisherParts {
  reader: StoreReader;
  build: OverviewBuilder;
  expire(overview: StatusOverview, now: EpochMs): StatusOverview;
  render: Publish;
  onPublished(overview: StatusOverview): void;
  clock: Clock;
  telemetry: Telemetry;
  log: Log;
}

/**
 * Keeps what is served up to date: builds and renders at once after a public change and when what
 * it says expires, and at most once a second after mere measurements. `onPublished` is told each
 * time. When nothing can be read, the last publication stays until it expires, and reading is tried
 * again.
 */
export function startPublisher(parts: PublisherParts): Publisher {
  const { reader, build, expire, render, onPublished, clock, telemetry, log } = parts;
  let publication: Publication | null = null;
  let failure: string | null = null;
  let built: Built | null = null;
  const stopping = new AbortController();
  const { promise: published, resolve: onFirst } = Promise.withResolvers<void>();

  async function buildAndPublish(version: number) {
    const now = clock.now();
    const start = clock.monotonic();
    const overview = await build(now);
    telemetry.observe('fapiao_page_overview_build_seconds', {}, secondsSince(start));
    await publish(overview, version, now);
  }

  async function publish(overview: StatusOverview, version: number, now: EpochMs) {
    const start = clock.monotonic();
    publication = await render(overview, publication);
    built = { at: now, seq: overview.seq, version, until: goodUntil(overview, now) };
    telemetry.observe('fapiao_page_render_seconds', {}, secondsSince(start));
    onPublished(overview);
    onFirst();
  }

  const secondsSince = (start: number) => (clock.monotonic() - start) / 1_000;

  async function poll() {
    try {
      const version = await reader.dataVersion();
      const seq = await reader.changeSeq();
      if (isDue(built, { seq, version }, clock.now())) await buildAndPublish(version);
      failure = null;
    } catch (err) {
      if (failure === null) log.error({ err }, 'cannot build the page; serving the last one');
      failure = 'the page cannot be built from the database';
      // What fails here failed above and was logged.
      await publishExpiry().catch(() => undefined);
    }
    if (built) {
      const age_ms = clock.now() - built.at;
      telemetry.gauge('fapiao_page_overview_age_seconds', {}, age_ms / 1_000);
    }
  }

  /** What was published must not outlive its validity, even when nothing can be read. */
  async function publishExpiry() {
    const now = clock.now();
    if (publication === null || built === null || now < built.until) return;
    await publish(expire(publication.overview, now), built.version, now);
  }

  async function run() {
    while (!stopping.signal.aborted) {
      await poll();
      await setTimeout(POLL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
  const running = run();

  return {
    published,
    current: () => publication,
    notReady: () => failure ?? (publication === null ? 'nothing was published yet' : null),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** What the last publication was built from. */
interface Built {
  at: EpochMs;
  seq: number;
  version: number;
  /** It stops being true by itself then. */
  until: EpochMs;
}

function isDue(
  built: Built | null,
  { seq, version }: Pick<Built, 'seq' | 'version'>,
  now: EpochMs,
): boolean {
  if (built === null || seq !== built.seq || now >= built.until) return true;
  return version !== built.version && now - built.at >= FRESHEN_MS;
}

/** The next expiry, or midnight in the page's zone, when the bars move on by a day. */
function goodUntil({ headline, page }: StatusOverview, now: EpochMs): EpochMs {
  const [today] = daysOf({ zone: page.zone, now, count: 1 });
  const ends = [headline.valid_until, today?.to].filter((at) => typeof at === 'number');
  return Math.min(...ends);
}

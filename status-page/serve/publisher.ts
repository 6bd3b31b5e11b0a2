import { setTimeout } from 'node:timers/promises';
import type { OwnTroubleView, StatusOverview } from '../../model/overview.ts';
import type { Clock, Log, Telemetry } from '../../model/ports.ts';
import { type NotReady, withoutKnown } from '../../model/process-trouble.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { daysOf } from '../../model/zone.ts';
import { notReadyBecause } from '../../store/errors.ts';
import type { StoreReader } from '../../store/store.ts';
import type { OverviewBuilder } from '../overview/overview.ts';
import type { Publication, Publish } from './publication.ts';

const POLL_MS = 200;
/** Longer than that nobody waits for a publication. */
const RENEWED_WITHIN_MS = 2 * SECOND;
/** Interval of updates for measurements without a public change. */
const FRESHEN_MS = SECOND;

export interface Publisher {
  /** Resolves with the first publication. */
  published: Promise<void>;
  /** The latest publication; null before the first. */
  current(): Publication | null;
  /** Resolves with the next publication; after two seconds without. */
  renewed(): Promise<void>;
  /** Why the publisher is not ready; null when it is. */
  notReady(): NotReady | null;
  stop(): Promise<void>;
}

export interface PublisherParts {
  reader: StoreReader;
  build: OverviewBuilder;
  expire(overview: StatusOverview, now: EpochMs): StatusOverview;
  /** Trouble of our own that is not in the database, which may be away because of it. */
  unrecorded(now: EpochMs): readonly OwnTroubleView[];
  render: Publish;
  onPublished(overview: StatusOverview): void;
  clock: Clock;
  telemetry: Telemetry;
  log: Log;
}

/**
 * Keeps the publication up to date: rebuilds at once after a public change or at its expiry, and at
 * most once a second after mere measurements, and calls `onPublished` each time. While the database
 * cannot be read, the last publication stays until it expires, and reading is retried; trouble of
 * our own is published at once all the same.
 */
export function startPublisher(parts: PublisherParts): Publisher {
  const { reader, build, expire, render, unrecorded, onPublished, clock, telemetry, log } = parts;
  let publication: Publication | null = null;
  let failure: NotReady | null = null;
  let built: Built | null = null;
  let renewal = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const { promise: published, resolve: onFirst } = Promise.withResolvers<void>();

  async function buildAndPublish(version: number, now: EpochMs) {
    const start = clock.monotonic();
    const overview = await build(now);
    telemetry.observe('fapiao_page_overview_build_seconds', {}, secondsSince(start));
    await publish(overview, version, now);
  }

  async function publish(recorded: StatusOverview, version: number, now: EpochMs) {
    const start = clock.monotonic();
    const own = unrecorded(now);
    const overview = withOwnTroubles(recorded, own);
    publication = await render(overview, publication);
    const until = validUntil(overview, now);
    const { seq } = overview;
    built = { recorded, own: keyOf(own), at: now, seq, version, until, monotonic: start };
    telemetry.observe('fapiao_page_render_seconds', {}, secondsSince(start));
    onPublished(overview);
    onFirst();
    renewal.resolve();
    renewal = Promise.withResolvers();
  }

  const secondsSince = (start: number) => (clock.monotonic() - start) / 1_000;

  async function poll() {
    try {
      const version = await reader.dataVersion();
      const seq = await reader.changeSeq();
      const now = version === built?.version ? carriedNow(built) : clock.now();
      const elapsed_ms = built ? clock.monotonic() - built.monotonic : 0;
      const own = keyOf(unrecorded(now));
      if (isDue(built, { own, seq, version }, now, elapsed_ms)) await buildAndPublish(version, now);
      failure = null;
    } catch (err) {
      if (failure === null) log.error({ err }, 'page build failed; serving the last publication');
      failure = notReadyBecause(err);
      // The same failure was already logged above.
      await publishExpiry().catch(() => undefined);
    }
    if (built) {
      const age_ms = clock.now() - built.at;
      telemetry.gauge('fapiao_page_overview_age_seconds', {}, age_ms / 1_000);
    }
  }

  /** Expires the publication, and says what is wrong, even when the database cannot be read. */
  async function publishExpiry() {
    if (built === null) return;
    const now = carriedNow(built);
    if (now < built.until && keyOf(unrecorded(now)) === built.own) return;
    await publish(expire(built.recorded, now), built.version, now);
  }

  /**
   * What was read grows old although the wall clock is set back; who writes again has noticed it,
   * and is read by the clock as it is.
   */
  function carriedNow({ at, monotonic }: Built): EpochMs {
    return Math.max(clock.now(), at + Math.floor(clock.monotonic() - monotonic));
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
    renewed: () => Promise.race([renewal.promise, setTimeout(RENEWED_WITHIN_MS)]),
    notReady: () => failure ?? (publication === null ? NOTHING_YET : null),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

const NOTHING_YET = { cause: null, since: null, detail: 'nothing was published yet' };

/** Inputs of the last publication. */
interface Built {
  recorded: StatusOverview;
  /** Which trouble it says that is not recorded. */
  own: string;
  at: EpochMs;
  seq: number;
  version: number;
  /** End of its validity. */
  until: EpochMs;
  /** `at` by the monotonic clock. */
  monotonic: number;
}

function isDue(
  built: Built | null,
  { own, seq, version }: Pick<Built, 'own' | 'seq' | 'version'>,
  now: EpochMs,
  elapsed_ms: number,
): boolean {
  if (built === null || seq !== built.seq || now >= built.until) return true;
  if (own !== built.own) return true;
  return version !== built.version && elapsed_ms >= FRESHEN_MS;
}

function withOwnTroubles(
  overview: StatusOverview,
  unrecorded: readonly OwnTroubleView[],
): StatusOverview {
  const more = withoutKnown(unrecorded, overview.own_troubles);
  return { ...overview, own_troubles: [...overview.own_troubles, ...more] };
}

function keyOf(troubles: readonly OwnTroubleView[]): string {
  return troubles.map(({ kind, since }) => `${kind} ${since}`).join();
}

/** The next expiry, or midnight in the page's zone, when the bars move on by a day. */
function validUntil({ headline, page }: StatusOverview, now: EpochMs): EpochMs {
  const [today] = daysOf({ zone: page.zone, now, count: 1 });
  const ends = [headline.valid_until, today?.to].filter((at) => typeof at === 'number');
  return Math.min(...ends);
}

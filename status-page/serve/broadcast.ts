import type { ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from '../../http/headers.ts';
import type { InFlight } from '../../http/in-flight.ts';
import type { StatusOverview } from '../../model/overview.ts';
import type { Clock, Telemetry } from '../../model/ports.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import {
  beginEvent,
  eventsBetween,
  headlineEvent,
  NOTHING_SENT,
  type StreamState,
  streamStateOf,
} from './live-events.ts';

const HEARTBEAT_MS = 15 * SECOND;
/** Minimum interval of figures without a state change. */
const FRESHEN_MS = 5 * SECOND;
/** Clients with a larger backlog are disconnected; they reconnect and get the full state. */
const MAX_BACKLOG_BYTES = 64 * 1_024;
/** Pages made with one of so many publications get what has changed since. */
const VERSIONS_KEPT = 16;

export interface Broadcast {
  /** Sends changes to every client. */
  publish(overview: StatusOverview): void;
  /**
   * Takes over the response as an event stream; false when the client, or all of them, have too
   * many.
   */
  connect(response: ServerResponse, listening: Listening): boolean;
  /** Ends every stream. */
  close(): void;
}

export interface Listening {
  client: string;
  /** The version of the components that its page was made with; null: it has none. */
  have: string | null;
  /** Whether it shows components at all. */
  shows_components: boolean;
}

export interface BroadcastParts {
  clock: Clock;
  telemetry: Telemetry;
  connections: InFlight;
}

/**
 * The live stream of the page: a plain loop of writes, the cheapest way to serve thousands of
 * clients.
 */
export function createBroadcast(parts: BroadcastParts): Broadcast {
  const { clock, telemetry, connections } = parts;
  /** With whether they show components. */
  const readers = new Map<ServerResponse, boolean>();
  const versions = new Map<string, StreamState>();
  /** What everybody was sent last. */
  let last: { overview: StatusOverview; sent: StreamState; at: EpochMs } | null = null;

  const countReaders = () => telemetry.gauge('fapiao_page_live_connections', {}, readers.size);
  const writeToAll = (text: string, without_components = text) => {
    const [bytes, fewer] = [Buffer.from(text), Buffer.from(without_components)];
    for (const [reader, shows_components] of readers) {
      if (reader.writableLength > MAX_BACKLOG_BYTES) reader.destroy();
      else reader.write(shows_components ? bytes : fewer);
    }
  };
  const keep = (sent: StreamState) => {
    versions.delete(sent.version);
    versions.set(sent.version, sent);
    const [oldest] = versions.keys();
    if (versions.size > VERSIONS_KEPT && oldest !== undefined) versions.delete(oldest);
  };
  const heartbeat = setInterval(() => writeToAll(': \n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  countReaders();

  return {
    publish(overview) {
      const now = clock.now();
      const sent = streamStateOf(overview);
      keep(sent);
      const is_news = sent.state_key !== last?.sent.state_key;
      if (last && !is_news && now - last.at < FRESHEN_MS) return;
      const changes = eventsBetween(last?.sent ?? NOTHING_SENT, sent, { overview, now });
      writeToAll(changes, headlineEvent(overview, now));
      last = { overview, sent, at: now };
    },
    connect(response, { client, have, shows_components }) {
      const leave = connections.enter(client);
      if (leave === null) return false;
      response.writeHead(200, {
        ...SECURITY_HEADERS,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write('retry: 3000\n\n');
      if (last) {
        const { sent, overview } = last;
        const now = clock.now();
        const known = have === null ? undefined : versions.get(have);
        response.write(beginEvent(known ? 'page' : 'nothing', overview));
        response.write(
          shows_components
            ? eventsBetween(known ?? NOTHING_SENT, sent, { overview, now })
            : headlineEvent(overview, now),
        );
      }
      readers.set(response, shows_components);
      countReaders();
      response.once('close', () => {
        readers.delete(response);
        leave();
        countReaders();
      });
      return true;
    },
    close() {
      clearInterval(heartbeat);
      for (const reader of readers.keys()) reader.end();
    },
  };
}

import type { ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from '../../http/headers.ts';
import type { InFlight } from '../../http/in-flight.ts';
import type { StatusOverview } from '../../model/overview.ts';
import type { Clock, Telemetry } from '../../model/ports.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { eventsBetween, NOTHING_SENT, type StreamState, streamStateOf } from './live-events.ts';

const HEARTBEAT_MS = 15 * SECOND;
/** Minimum interval of figures without a state change. */
const FRESHEN_MS = 5 * SECOND;
/** Clients with a larger backlog are disconnected; they reconnect and get the full state. */
const MAX_BACKLOG_BYTES = 64 * 1_024;

export interface Broadcast {
  /** Sends changes to every client. */
  publish(overview: StatusOverview): void;
  /**
   * Takes over the response as an event stream; false when the client, or all of them, have too
   * many.
   */
  connect(response: ServerResponse, client: string): boolean;
  /** Ends every stream. */
  close(): void;
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
  const readers = new Set<ServerResponse>();
  let last: { overview: StatusOverview; sent: StreamState; at: EpochMs } | null = null;

  const countReaders = () => telemetry.gauge('fapiao_page_live_connections', {}, readers.size);
  const writeToAll = (text: string) => {
    const bytes = Buffer.from(text);
    for (const reader of readers) {
      if (reader.writableLength > MAX_BACKLOG_BYTES) reader.destroy();
      else reader.write(bytes);
    }
  };
  const heartbeat = setInterval(() => writeToAll(': \n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  countReaders();

  return {
    publish(overview) {
      const now = clock.now();
      const sent = streamStateOf(overview);
      const is_news = sent.state_key !== last?.sent.state_key;
      if (last && !is_news && now - last.at < FRESHEN_MS) return;
      writeToAll(eventsBetween(last?.sent ?? NOTHING_SENT, sent, { overview, now }));
      last = { overview, sent, at: now };
    },
    connect(response, client) {
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
        response.write(eventsBetween(NOTHING_SENT, sent, { overview, now: clock.now() }));
      }
      readers.add(response);
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
      for (const reader of readers) reader.end();
    },
  };
}

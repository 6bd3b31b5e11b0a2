import { closeSync, openSync, writeSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../model/ports.ts';

/** One answered request. The URL is omitted: paths contain invoice numbers. */
export interface Access {
  /** When the request was received, epoch ms. */
  started_at: number;
  /** When the response ended, epoch ms. */
  ended_at: number;
  /** From the request's W3C `traceparent`; null without one. */
  trace_id: string | null;
  status: number;
}

export interface AccessLog {
  /** Records the exchange once its response is complete; aborted exchanges are not recorded. */
  record(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

/** Appends one JSON line per answered request: the server-side reference for measurements. */
export function openAccessLog(path: string, clock: Clock): AccessLog {
  const fd = openSync(path, 'a');
  return {
    record(request, response) {
      const started_at = clock.now();
      const trace_id = traceIdOf(request.headers.traceparent);
      response.once('finish', () => {
        const ended_at = clock.now();
        const access: Access = { started_at, ended_at, trace_id, status: response.statusCode };
        writeSync(fd, `${JSON.stringify(access)}\n`);
      });
    },
    close: () => closeSync(fd),
  };
}

function traceIdOf(traceparent: string | string[] | undefined): string | null {
  return /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(traceparent))?.[1] ?? null;
}

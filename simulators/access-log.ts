import { closeSync, openSync, writeSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../model/ports.ts';

/** One answered exchange. What was asked for is left out: paths hold invoice numbers. */
export interface Access {
  /** When the last byte of the answer was handed over, epoch ms. */
  ended_at: number;
  /** Of the W3C `traceparent` that came with the request; null without one. */
  trace_id: string | null;
  status: number;
}

export interface AccessLog {
  /** Notes the exchange once its answer is complete; an exchange that breaks off is not noted. */
  watch(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

/**
 * Appends one JSON line per answered exchange: the other side's word for what was measured, and
 * when.
 */
export function openAccessLog(path: string, clock: Clock): AccessLog {
  const fd = openSync(path, 'a');
  return {
    watch(request, response) {
      const trace_id = traceIdOf(request.headers.traceparent);
      response.once('finish', () => {
        const access: Access = { ended_at: clock.now(), trace_id, status: response.statusCode };
        writeSync(fd, `${JSON.stringify(access)}\n`);
      });
    },
    close: () => closeSync(fd),
  };
}

function traceIdOf(traceparent: string | string[] | undefined): string | null {
  return /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(traceparent))?.[1] ?? null;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../model/ports.ts';
import { SECOND, systemClock } from '../model/time.ts';

/** The ingest token of the simulated ERP; valid in the demo only. */
export const SIMULATED_TOKEN = 'simulated-erp-token';

/** Interval at which invoices are issued in the simulated ERP. */
const EVERY_MS = 10 * SECOND;
const TIMEOUT_MS = 5 * SECOND;
/** Events queued for the collector; older ones are dropped. */
const MAX_PENDING = 100;

export interface FeedParts {
  simulator_url: string;
  ingest_url: string;
  log: Log;
  every_ms?: number;
}

/** An event as the ERP tells it, perhaps before its time. */
interface ErpEvent {
  at: string;
}

/**
 * Plays the company's integration: issues invoices at an interval and posts the ERP's events to the
 * collector once their time has come, retrying until they are accepted. Retries are safe, because
 * posts are idempotent.
 */
export function startErpFeed(parts: FeedParts): { stop(): void } {
  const { simulator_url, ingest_url, log, every_ms = EVERY_MS } = parts;
  const stopping = new AbortController();
  let pending: ErpEvent[] = [];

  async function issueAndPost(): Promise<void> {
    const issued = await call(`${simulator_url}/erp/invoices`, { method: 'POST' });
    const events = ((await issued.json()) as ErpEvent[]).map((it) => ({ system: 'erp', ...it }));
    pending = [...pending, ...events].slice(-MAX_PENDING);
    const now = systemClock.now();
    const due = pending.filter(({ at }) => Date.parse(at) <= now);
    if (due.length === 0) return;
    await call(`${ingest_url}/ingest/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${SIMULATED_TOKEN}`,
        'content-type': 'application/x-ndjson',
      },
      body: due.map((it) => JSON.stringify(it)).join('\n'),
    });
    pending = pending.filter((it) => !due.includes(it));
  }

  async function call(url: string, init: RequestInit): Promise<Response> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const answer = await fetch(url, { ...init, signal });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new Error(`HTTP ${answer.status}`);
    }
    return answer;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await issueAndPost().catch((err) => {
        if (!stopping.signal.aborted) log.debug({ err }, 'ERP feed failed; retrying');
      });
      await sleep(every_ms, null, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  }

  void run();
  return { stop: () => stopping.abort() };
}

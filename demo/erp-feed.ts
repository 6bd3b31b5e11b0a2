import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../model/ports.ts';
import { SIMULATED_TOKEN } from '../probes/systems/erp/demo.ts';

/** How often somebody issues an invoice in the simulated ERP. */
const EVERY_MS = 10_000;
const TIMEOUT_MS = 5_000;
/**
 * Events that wait for the collector; older ones are dropped, as their invoices are soon of no
 * interest.
 */
const MOST_PENDING = 100;

export interface FeedParts {
  simulator_url: string;
  ingest_url: string;
  log: Log;
  every_ms?: number;
}

/**
 * What a company runs beside its ERP: it issues an invoice now and then and posts the ERP's event
 * to the collector, again and again until it is taken. That is safe, because an event counts once
 * however often it is posted.
 */
export function startErpFeed(parts: FeedParts): { stop(): void } {
  const { simulator_url, ingest_url, log, every_ms = EVERY_MS } = parts;
  const stopping = new AbortController();
  let pending: unknown[] = [];

  async function turn(): Promise<void> {
    const issued = await call(`${simulator_url}/erp/invoices`, { method: 'POST' });
    const event = { system: 'erp', ...((await issued.json()) as object) };
    pending = [...pending, event].slice(-MOST_PENDING);
    await call(`${ingest_url}/ingest/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${SIMULATED_TOKEN}`,
        'content-type': 'application/x-ndjson',
      },
      body: pending.map((it) => JSON.stringify(it)).join('\n'),
    });
    pending = [];
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
      await turn().catch((err) => {
        if (!stopping.signal.aborted) log.debug({ err }, 'the ERP feed waits for its next turn');
      });
      await sleep(every_ms, null, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  }

  void run();
  return { stop: () => stopping.abort() };
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { loadConfig } from './load-config.ts';

const TOKEN = 'a-token-that-nobody-guesses';
/** Of own traffic. */
export const OWN_CHECK = 'own';

interface IngestCollector {
  /** Folder of configuration and database. */
  folder: string;
  /** What is measured beside it. */
  checks: number;
  url: string;
  /** 0: any that is free. */
  port?: number;
}

/** A collector that takes events of the own traffic of one function, beside checks of a page. */
export async function startIngestCollector(parts: IngestCollector): Promise<Child> {
  const { folder, checks, url, port = 0 } = parts;
  const data_dir = join(folder, 'data');
  mkdirSync(data_dir, { recursive: true });
  const config = join(folder, 'ingest.yaml');
  writeFileSync(
    config,
    `${loadConfig({ url, checks, systems: checks })}  ${OWN_CHECK}: { system: target-0, ` +
      'function: issue, source: own_traffic }\n' +
      'ingest: { tokens: { erp: { token: { env: INGEST_TOKEN }, systems: [target-0] } } }\n',
  );
  return await startChild('collector/main.ts', {
    args: ['--config', config],
    env: {
      ...{ DATA_DIR: data_dir, COLLECTOR_PORT: '0', INGEST_PORT: String(port) },
      INGEST_TOKEN: TOKEN,
    },
  });
}

/** Where the database of such a collector is. */
export function databaseIn(folder: string): string {
  return join(folder, 'data', 'piaokuang.db');
}

/** How to post to it, as `clients/ingest` wants it. */
export function postingTo(port: number) {
  return { url: `http://127.0.0.1:${port}/ingest/events`, token: TOKEN };
}

/** An event of an invoice that was issued, or was not, just now. `n` is in its key and duration. */
export function issuedEvent(n: number, failed: boolean): string {
  const what = failed ? { type: 'failed', function: 'issue', code: 'E9' } : { type: 'issued' };
  const at = new Date().toISOString();
  return JSON.stringify({ key: `e-${n}`, system: 'target-0', at, duration_ms: n, ...what });
}

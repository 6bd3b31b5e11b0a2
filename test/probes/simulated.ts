import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { Check, Configuration, System } from '../../model/configuration.ts';
import { DEFAULT_NOTIFY } from '../../model/notify-settings.ts';
import { DEFAULT_RETENTION } from '../../model/policy.ts';
import type { Clock } from '../../model/ports.ts';
import { type FileFormat, LOCALES } from '../../model/vocabulary.ts';
import { KNOWN_SPECIMEN } from '../../probes/systems/beijing/specimens.ts';
import { SIMULATED_CREDENTIALS } from '../../probes/systems/pinduoduo/settings.ts';
import { createSimulators } from '../../simulators/app.ts';
import { openLedger } from '../../simulators/ledger.ts';

/** A wall clock that the test sets; durations are real, since deadlines are. */
export interface TestClock extends Clock {
  set(at: number): void;
}

export function testClock(at = Date.parse('2026-03-02T10:00:00+08:00')): TestClock {
  let now = at;
  return {
    now: () => now,
    monotonic: () => performance.now(),
    set: (at) => {
      now = at;
    },
  };
}

export interface Simulated {
  url: string;
  folder: string;
  clock: TestClock;
  /** Adds a drill and returns its id. */
  drill(system: string, drill: Record<string, unknown>): Promise<string>;
  endDrills(system: string): Promise<void>;
  /** Sent headers of every request, newest last. */
  headers: Headers[];
  /** Method and path of every request, newest last. */
  requests: string[];
  close(): Promise<void>;
}

/** All simulators on a port of their own, answering at once. */
export async function startSimulated(
  clock = testClock(),
  ledger_path: string | null = null,
): Promise<Simulated> {
  const folder = mkdtempSync(join(tmpdir(), 'simulated-'));
  const path = ledger_path ?? join(folder, 'ledger.ndjson');
  const ledger = openLedger(path, 0);
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const app = await createSimulators({ ledger, clock, seed: 'test', latency: 0, pace: 1 }, log);
  const headers: Headers[] = [];
  const requests: string[] = [];
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request: Request) => {
      headers.push(request.headers);
      requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return app.fetch(request);
    },
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    folder,
    clock,
    headers,
    requests,
    async drill(system, drill) {
      const until = new Date(clock.now() + 60_000).toISOString();
      const answer = await fetch(`${url}/${system}/drills`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ until, ...drill }),
      });
      const { id } = (await answer.json()) as { id?: string };
      if (id === undefined) throw new Error(`no drill: ${answer.status}`);
      return id;
    },
    async endDrills(system) {
      await fetch(`${url}/${system}/drills`, { method: 'DELETE' });
    },
    async close() {
      await new Promise((closed) => server.close(closed));
      ledger.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const name = (id: string) => ({ 'zh-CN': id, en: id });

/** The demo's systems at a simulator's address, with one check per function and format. */
export function demoAt(url: string, deadline_ms = 3_000): Configuration {
  const systems: System[] = [
    {
      id: 'pinduoduo',
      name: name('pinduoduo'),
      driver: 'pinduoduo',
      environment: 'simulator',
      neutral: false,
      ca: null,
      url: `${url}/pinduoduo`,
      settings: SIMULATED_CREDENTIALS,
    },
    {
      id: 'beijing',
      name: name('beijing'),
      driver: 'beijing',
      environment: 'simulator',
      neutral: false,
      ca: null,
      url: `${url}/beijing`,
      settings: { known: KNOWN_SPECIMEN },
    },
    {
      id: 'site',
      name: name('site'),
      driver: 'web',
      environment: 'production',
      neutral: false,
      ca: null,
      url,
      settings: {},
    },
  ];
  const common = { line: 'local', deadline_ms, schedule: '*/10 * * * * *', zone: 'Asia/Shanghai' };
  const download = (format: FileFormat): Check => ({
    ...common,
    id: `download-${format}`,
    system: 'beijing',
    function: 'download',
    options: { format },
  });
  const checks: Check[] = [
    { ...common, id: 'upload', system: 'pinduoduo', function: 'upload', options: {} },
    { ...common, id: 'query', system: 'beijing', function: 'query', options: {} },
    download('pdf'),
    download('ofd'),
    download('xml'),
    {
      ...common,
      id: 'reach',
      system: 'site',
      function: 'reach',
      options: { path: '/erp/', title: '企业财务系统' },
    },
    {
      id: 'sync',
      system: 'beijing',
      line: 'local',
      deadline_ms,
      function: 'sync',
      follows: 'pinduoduo',
      looks_at: 'beijing',
      looks_per_minute: 60,
    },
  ];
  return {
    page: {
      operator: name('test'),
      title: name('test'),
      public_url: 'http://localhost',
      zone: 'Asia/Shanghai',
      contact: 'ops@example.invalid',
      languages: LOCALES,
    },
    lines: [{ id: 'local', name: name('local'), proxy: null }],
    systems,
    checks,
    tasks: [],
    depends_on: {},
    policies: {},
    retention: DEFAULT_RETENTION,
    notify: DEFAULT_NOTIFY,
    ingest: [],
    demo: true,
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMailbox } from '../../channels/email/mailbox.ts';
import type { ComponentStatus, Transition } from '../../model/component.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Incident, IncidentUpdate } from '../../model/incident.ts';
import type { Clock, Log, Signer } from '../../model/ports.ts';
import type { ProcessTrouble } from '../../model/process-trouble.ts';
import type { Result } from '../../model/result.ts';
import type { Rollup } from '../../model/rollup.ts';
import { basePath } from '../../model/site-address.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { type ComponentId, componentId, type State } from '../../model/vocabulary.ts';
import { daysOf } from '../../model/zone.ts';
import { openSigner } from '../../platform/signer.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { createDrills, type Drills } from '../../status-page/demo/drills.ts';
import { type Assets, fixedFiles, loadAssets } from '../../status-page/serve/assets.ts';
import { prepare } from '../../status-page/serve/prepared.ts';
import { createStatusPage } from '../../status-page/status-page.ts';
import { SCRIPTS, STYLES } from '../../status-page/web/entries.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import type { Store, StoreReader } from '../../store/store.ts';
import { incident, incidentUpdate } from '../model/builders.ts';
import { siteConfiguration, ZONE } from './site-configuration.ts';

export { siteConfiguration, ZONE } from './site-configuration.ts';

/** 14:32:10 in China. */
export const NOW = Date.parse('2026-11-21T06:32:10Z');

/** A clock that stands still until it is told. */
export function fakeClock(now = NOW): Clock & { set(at: number): void } {
  let at = now;
  return { now: () => at, monotonic: () => at, set: (next) => (at = next) };
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface Site {
  store: Store;
  reader: StoreReader;
  configuration: Configuration;
  signer: Signer;
  data_dir: string;
  close(): Promise<void>;
}

/** A fresh database that knows the site's checks, and a reader as the page process has one. */
export async function openSite(
  configuration = siteConfiguration(),
  patience_ms?: number,
): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'piaokuang-page-'));
  const path = join(folder, 'test.db');
  const store = await openStore({ path, ...(patience_ms !== undefined && { patience_ms }) });
  await store.register(
    configuration.checks.map((check) => ({
      check: check.id,
      component: componentId(check.system, check.function),
      system: check.system,
      function: check.function,
      line: check.line,
    })),
  );
  const reader = await openStoreReader({ path });
  return {
    store,
    reader,
    configuration,
    signer: openSigner(folder),
    data_dir: folder,
    async close() {
      await Promise.allSettled([reader.close()]);
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

export interface RunningPage {
  url: string;
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

interface PageOptions {
  site: Site;
  clock: Clock;
  drills?: Drills | null;
  built?: string | null;
  processTroubles?: () => readonly ProcessTrouble[];
  /** By default as one that published before it had an id. */
  published_as?: string;
}

/**
 * The page on a real socket. Without `built`, stand-ins for script and style, so that nothing needs
 * building.
 */
export async function startPage(options: PageOptions): Promise<RunningPage> {
  const { site, clock, drills = null, built = null, processTroubles = () => [] } = options;
  const telemetry = createTelemetry('page');
  const base = basePath(site.configuration.page.public_url);
  const page = createStatusPage({
    reader: site.reader,
    store: site.store,
    signer: site.signer,
    configuration: site.configuration,
    processTroubles,
    published_as: options.published_as ?? site.configuration.page.public_url,
    assets: built === null ? await standInAssets(base) : await loadAssets(built, base),
    demo: site.configuration.demo
      ? {
          drills: drills ?? createDrills({ systems: site.configuration.systems, clock }),
          mailbox: openMailbox(site.data_dir),
        }
      : null,
    clock,
    telemetry,
    log: silentLog,
  });
  await new Promise<void>((resolve) => page.server.listen(0, '127.0.0.1', resolve));
  const { port } = page.server.address() as AddressInfo;
  await until(() => page.notReady() === null);
  return {
    url: `http://127.0.0.1:${port}${base}`,
    metrics: () => telemetry.text(),
    async stop() {
      await page.stop();
      page.server.closeAllConnections();
      await new Promise((resolve) => page.server.close(resolve));
    },
  };
}

export async function standInAssets(base_path = ''): Promise<Assets> {
  const script = await prepare('export {};', {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  return {
    paths: {
      scripts: standIns(SCRIPTS, 'js'),
      styles: standIns(STYLES, 'css'),
    },
    prepared: new Map([
      ['/assets/page-0.js', script],
      ['/embed.js', script],
      ...(await fixedFiles(base_path)),
    ]),
  };
}

function standIns<Name extends string>(entries: Record<Name, string>, ending: string) {
  const names = Object.keys(entries) as Name[];
  const paths = names.map((name) => [name, `/assets/${name}-0.${ending}`]);
  return Object.fromEntries(paths) as Record<Name, string>;
}

/** Waits for a condition, for at most a minute of real time. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const give_up_at = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > give_up_at) throw new Error(`Never came true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function aStatus(
  component: ComponentId,
  state: State,
  given: Partial<ComponentStatus> = {},
): ComponentStatus {
  return {
    component,
    state,
    since: NOW - 20 * DAY,
    notes: [],
    measured_at: NOW - 6 * SECOND,
    valid_until: NOW + 30 * SECOND,
    recent: { window_ms: HOUR, n: 240, bad: 0, median_ms: 320, p95_ms: 810 },
    sync: null,
    last: null,
    ...given,
  };
}

export function aSyncStatus(state: State, given: Partial<ComponentStatus> = {}): ComponentStatus {
  return aStatus('beijing.sync', state, {
    recent: null,
    sync: {
      watermark_at: NOW - 90 * SECOND,
      waiting: 4,
      oldest_waiting_at: NOW - 88 * SECOND,
      sample: 214,
      lost: 0,
      last_arrival_at: NOW - 12 * SECOND,
      delays: { n: 58, median_ms: { from: 19_000, to: 24_000 }, p95_ms: null },
    },
    ...given,
  });
}

export function aTransition(
  component: ComponentId,
  from: State,
  to: State,
  since: number,
): Transition {
  return {
    component,
    from,
    to,
    since,
    recorded_at: since + 10 * SECOND,
    cause: 'result',
    cause_ref: null,
    notes: [],
    simulated: true,
  };
}

export function aResult(check: string, slot_at: number, given: Partial<Result> = {}): Result {
  return {
    check,
    slot_at,
    started_at: slot_at,
    duration_ms: 120,
    confirming: false,
    simulated: false,
    outcome: 'system',
    reason: 'http_status',
    detail: 'HTTP 503',
    phases: {},
    bytes: 0,
    http_status: 503,
    certificate_expires_at: null,
    certificates: [],
    tls_version: null,
    notes: [],
    integrity: null,
    file: null,
    asked: null,
    accepted: null,
    contact: null,
    proof: null,
    ...given,
  };
}

export function anIncident(given: Partial<Incident> = {}): Incident {
  const started_at = NOW - 50 * MINUTE;
  const told_at = started_at + 10 * SECOND;
  return incident({
    id: 'abc123def456',
    started_at,
    created_at: told_at,
    updated_at: told_at,
    ...given,
  });
}

export function anUpdate(given: Partial<IncidentUpdate> = {}): IncidentUpdate {
  return incidentUpdate({
    id: 'upd000000001',
    incident: 'abc123def456',
    created_at: NOW - 50 * MINUTE + 10 * SECOND,
    ...given,
  });
}

/** Everything well for `days` days, with roll-ups behind it and three old disturbances. */
export async function seedHistory(site: Site, { days = 60 } = {}): Promise<void> {
  const components = ['pinduoduo.upload', 'beijing.query', 'beijing.download', 'beijing.sync'];
  const begin = NOW - days * DAY;
  const download_down = NOW - 19 * DAY - 3 * HOUR;
  const old_incident = anIncident({
    id: 'old000000001',
    status: 'resolved',
    started_at: download_down,
    created_at: download_down + 10 * SECOND,
    updated_at: download_down + 3 * HOUR,
    monitoring_at: download_down + 2 * HOUR,
    resolved_at: download_down + 3 * HOUR,
    simulated: true,
  });
  await site.store.record({
    components: [
      ...['pinduoduo.upload', 'beijing.query', 'beijing.download'].map((id) =>
        aStatus(id, 'operational'),
      ),
      aSyncStatus('operational'),
    ],
    transitions: [
      ...components.map((id) => aTransition(id, 'unknown', 'operational', begin)),
      aTransition('beijing.download', 'operational', 'major_outage', download_down),
      aTransition('beijing.download', 'major_outage', 'operational', download_down + 2 * HOUR),
      aTransition('beijing.query', 'operational', 'partial_outage', NOW - 33 * DAY),
      aTransition('beijing.query', 'partial_outage', 'operational', NOW - 33 * DAY + 9 * MINUTE),
      aTransition('pinduoduo.upload', 'operational', 'degraded_performance', NOW - 7 * DAY),
      aTransition('pinduoduo.upload', 'degraded_performance', 'operational', NOW - 7 * DAY + HOUR),
    ],
    incidents: [old_incident],
    updates: [
      anUpdate({
        id: 'upd00000old1',
        incident: old_incident.id,
        created_at: download_down + 10_000,
      }),
      anUpdate({
        id: 'upd00000old2',
        incident: old_incident.id,
        status: 'monitoring',
        code: 'recovered',
        affected: [{ component: 'beijing.download', from: 'major_outage', to: 'operational' }],
        created_at: download_down + 2 * HOUR,
      }),
      anUpdate({
        id: 'upd00000old3',
        incident: old_incident.id,
        status: 'resolved',
        code: 'resolved',
        affected: [],
        created_at: download_down + 3 * HOUR,
      }),
    ],
    rollups: { grain: 'day', rollups: dailyRollups(site, days) },
    changes: [{ kind: 'state', ref: 'beijing.download', at: NOW }],
  });
}

/** The same count every day: 5,760 runs of a check every 15 s, 1,000 invoices due for sync. */
export const RUNS_A_DAY = 5_760;
export const INVOICES_A_DAY = 1_000;

function dailyRollups({ configuration }: Site, count: number): Rollup[] {
  const days = daysOf({ zone: ZONE, now: NOW, count: count + 1 }).slice(0, -1);
  return configuration.checks.flatMap((check) => {
    const is_sync = check.function === 'sync';
    const n = is_sync ? INVOICES_A_DAY : RUNS_A_DAY;
    const missed = is_sync ? 8 : 0;
    return days.map((day) => ({
      check: check.id,
      from: day.from,
      n,
      outcomes: { ok: n - missed, ...(missed > 0 ? { timeout: missed } : {}) },
      slow: 0,
      delays: null,
      simulated: true,
    }));
  });
}

/**
 * Download is out since 50 minutes ago, with an open incident and the failed measurements behind
 * it.
 */
export async function breakDownload(site: Site): Promise<void> {
  const since = NOW - 50 * MINUTE;
  const checks = ['beijing-download-pdf', 'beijing-download-ofd', 'beijing-download-xml'];
  await site.store.record({
    components: [
      aStatus('beijing.download', 'major_outage', {
        since,
        notes: [{ code: 'checks_failing', checks, reason: 'http_status', detail: 'HTTP 503' }],
        recent: { window_ms: HOUR, n: 720, bad: 600, median_ms: null, p95_ms: null },
      }),
    ],
    transitions: [aTransition('beijing.download', 'operational', 'major_outage', since)],
    incidents: [anIncident()],
    updates: [anUpdate()],
    results: checks.flatMap((check) =>
      Array.from({ length: 8 }, (_, i) => aResult(check, since + i * 15 * SECOND)),
    ),
    changes: [{ kind: 'incident', ref: 'abc123def456', at: NOW }],
  });
}

import { performance } from 'node:perf_hooks';
import type { Configuration } from '../model/configuration.ts';
import { DEFAULT_NOTIFY } from '../model/notify-settings.ts';
import { DEFAULT_POLICY, DEFAULT_RETENTION } from '../model/policy.ts';
import { MINUTE } from '../model/time.ts';
import { LOCALES } from '../model/vocabulary.ts';
import { createOverviewBuilder } from '../status-page/overview/overview.ts';
import { openStoreReader } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { sampleChecks } from '../test/store/bulk.ts';
import { HISTORY_END } from '../test/store/history.ts';
import { median } from './figure.ts';

/** A site whose components are those of `writeHistory`. */
export function historySite(components: number): Configuration {
  const checks = sampleChecks(components);
  const both = (text: string) => ({ 'zh-CN': text, en: text });
  return {
    page: {
      operator: both('bench'),
      title: both('bench'),
      public_url: 'https://status.example.invalid',
      zone: 'Asia/Shanghai',
      contact: 'bench@example.invalid',
      languages: LOCALES,
    },
    lines: [{ id: 'telecom', name: both('telecom'), proxy: null }],
    systems: checks.map(({ system }) => ({
      id: system,
      name: both(system),
      driver: 'web',
      environment: 'production',
      neutral: false,
      ca: null,
      url: 'https://www.example.invalid',
      settings: null,
    })),
    checks: checks.map(({ check, system, line }) => ({
      id: check,
      system,
      function: 'query',
      line,
      deadline_ms: 8_000,
      schedule: '*/30 * * * * *',
      zone: 'Asia/Shanghai',
      options: {},
    })),
    tasks: [{ id: 'query', name: both('query'), components: checks.map((it) => it.component) }],
    depends_on: {},
    policies: Object.fromEntries(checks.map(({ component }) => [component, DEFAULT_POLICY])),
    retention: DEFAULT_RETENTION,
    notify: DEFAULT_NOTIFY,
    ingest: [],
    demo: false,
  };
}

interface OverviewParts {
  /** Path of the database, which `store` writes. */
  path: string;
  store: Store;
  configuration: Configuration;
  rounds: number;
}

/**
 * Median ms of building the overview at the end of the history: `first_ms` without caches, as after
 * a start; `changed_ms` after a public change.
 */
export async function timeOverview(
  parts: OverviewParts,
): Promise<{ first_ms: number; changed_ms: number }> {
  const { path, store, configuration, rounds } = parts;
  const first: number[] = [];
  const changed: number[] = [];
  const reader = await openStoreReader({ path });
  const now = HISTORY_END + MINUTE / 2;
  for (let round = 0; round < rounds; round += 1) {
    const build = createOverviewBuilder({ reader, configuration });
    first.push(await time(() => build(now)));
    await store.record({ changes: [{ kind: 'state', ref: 'system-0.query', at: now + round }] });
    changed.push(await time(() => build(now)));
  }
  await reader.close();
  return { first_ms: median(first), changed_ms: median(changed) };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

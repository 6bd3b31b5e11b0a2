import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHANNELS } from '../../../channels/index.ts';
import { startWebhookReceiver } from '../../../channels/webhook/simulator.ts';
import { loadConfiguration } from '../../../platform/config/load.ts';
import { openSigner } from '../../../platform/signer.ts';
import { openStore, openStoreReader } from '../../../store/sqlite/open.ts';
import { fakeClock, startPage } from '../../status-page/site.ts';
import { ROOT } from '../../tidy/repository.ts';
import { dataFolder, type Installation, startInstallation } from '../installation.ts';
import { loadConfig } from '../kills/load.ts';
import { replayedDifferences } from '../replayed.ts';
import { startSimulators } from '../simulators.ts';
import { eventually } from '../wait.ts';

/** A loaded installation is backed up while it runs, and goes on from that in another place. */

const ENV = {
  INGEST_TOKEN: 'a-token-that-nobody-guesses',
  OPERATOR_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
};
/** From here on a time without measuring is a gap. */
const GAP_MS = 10_000;
const PUBLIC = [
  '/zh-CN/',
  '/en/history.atom',
  '/api/v1/history?kind=figures&grain=day',
  '/api/v2/summary.json',
  '/api/v2/incidents.json',
  '/history.atom',
  '/history.rss',
  '/maintenance.ics',
];

let first: ReturnType<typeof dataFolder>;
let second: ReturnType<typeof dataFolder>;
let simulators: Awaited<ReturnType<typeof startSimulators>>;
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
let config: string;
let running: Installation[] = [];

beforeEach(async () => {
  first = dataFolder();
  second = dataFolder();
  simulators = await startSimulators(first.data_dir);
  receiver = await startWebhookReceiver();
  config = join(first.data_dir, 'load.yaml');
  writeFileSync(config, loadConfig(simulators.origin, receiver.host));
});

afterEach(async () => {
  for (const it of running) await it.kill();
  running = [];
  simulators?.stop();
  receiver?.stop();
  first.remove();
  second.remove();
});

async function startOn(data_dir: string): Promise<Installation> {
  const started = await startInstallation({ data_dir, args: ['--config', config], env: ENV });
  running.push(started);
  return started;
}

function command(file: string, data_dir: string, ...args: string[]): Promise<number> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: data_dir };
    const path = join(ROOT, 'platform/commands', file);
    execFile(process.execPath, [path, ...args], { env }, (error) =>
      resolve(error === null ? 0 : Number(error.code)),
    );
  });
}

/** Slots with their checks, and gaps, of a database that may be in use. */
function recorded(path: string) {
  const handle = new Database(path, { readonly: true });
  const texts = (sql: string) => handle.prepare<[], string>(sql).pluck().all();
  try {
    return {
      results: texts(
        'select name || slot_at from result join registered_check r on r.id = check_id',
      ),
      gaps: handle.prepare<[], { from_at: number; to_at: number }>('select * from gap').all(),
    };
  } finally {
    handle.close();
  }
}

test('what was acknowledged is in it once, and elsewhere goes on after one gap', async () => {
  const site = await startOn(first.data_dir);
  await eventually('results', async () => recorded(site.database).results.length > 100);
  const archive = join(first.data_dir, 'a.tar');
  const acknowledged = recorded(site.database);
  const began_at = Date.now();
  expect(await command('backup.ts', first.data_dir, '--to', archive)).toBe(0);
  const after = recorded(site.database).results.length;
  await eventually('more', async () => recorded(site.database).results.length > after + 50);
  expect(recorded(site.database).gaps).toEqual(acknowledged.gaps);
  const collector_ready = await fetch(`${site.collector}/-/ready`);
  expect(collector_ready.status).toBe(200);
  expect(await site.stop()).toBe(0);

  expect(await command('restore.ts', second.data_dir, '--from', archive)).toBe(0);
  const restored = recorded(join(second.data_dir, 'piaokuang.db'));
  expect(acknowledged.results.filter((it) => !restored.results.includes(it))).toEqual([]);
  expect(new Set(restored.results).size).toBe(restored.results.length);
  expect(restored.gaps).toEqual(acknowledged.gaps);

  await new Promise((resolve) => setTimeout(resolve, GAP_MS));
  const moved = await startOn(second.data_dir);
  const ready_at = Date.now();
  const had = recorded(moved.database).results.length;
  await eventually('it goes on', async () => recorded(moved.database).results.length > had + 50);
  expect(await moved.stop()).toBe(0);
  const { gaps } = recorded(moved.database);
  const made = gaps.slice(acknowledged.gaps.length);
  expect(made).toHaveLength(1);
  // It begins at the backup, or shortly before: what was under way is not in it.
  expect(made[0]?.from_at).toBeGreaterThan(began_at - GAP_MS);
  expect(made[0]?.to_at).toBeLessThanOrEqual(ready_at);
  expect(await command('verify.ts', second.data_dir, '--data', second.data_dir)).toBe(0);
  const differences = await replayedDifferences({ path: moved.database, config, env: ENV });
  expect(differences).toEqual([]);
});

test('everybody reads the same elsewhere, at the same instant', async () => {
  const site = await startOn(first.data_dir);
  await eventually('results', async () => recorded(site.database).results.length > 150);
  expect(await site.stop()).toBe(0);
  const archive = join(first.data_dir, 'a.tar');
  expect(await command('backup.ts', first.data_dir, '--to', archive)).toBe(0);
  const now = Date.now();
  expect(await command('restore.ts', second.data_dir, '--from', archive)).toBe(0);
  const here = await published(first.data_dir, now);
  expect(Object.keys(here)).toEqual(PUBLIC);
  expect(await published(second.data_dir, now)).toEqual(here);
});

/** SHA-256 of what the page says of the data at an instant, by address. */
async function published(data_dir: string, now: number): Promise<Record<string, string>> {
  const copy = dataFolder();
  for (const it of readdirSync(data_dir).filter((name) => /^(piaokuang|secret)/.test(name)))
    cpSync(join(data_dir, it), join(copy.data_dir, it));
  const path = join(copy.data_dir, 'piaokuang.db');
  const store = await openStore({ path });
  const reader = await openStoreReader({ path });
  const configuration = loadConfiguration({
    argv: ['--config', config],
    env: ENV,
    channels: CHANNELS,
  });
  const signer = openSigner(copy.data_dir);
  const close = async () => {};
  const opened = { store, reader, configuration, signer, data_dir: copy.data_dir, close };
  const page = await startPage({ site: opened, clock: fakeClock(now) });
  try {
    const answers: [string, string][] = [];
    for (const address of PUBLIC) {
      const answer = await fetch(`${page.url}${address}`);
      expect(answer.status, address).toBe(200);
      answers.push([
        address,
        createHash('sha256')
          .update(await answer.text())
          .digest('hex'),
      ]);
    }
    return Object.fromEntries(answers);
  } finally {
    await page.stop();
    await reader.close();
    await store.close();
    copy.remove();
  }
}

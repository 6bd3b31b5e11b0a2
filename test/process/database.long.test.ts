import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWebhookReceiver } from '../../channels/webhook/simulator.ts';
import { dataFolder, type Installation, startInstallation } from './installation.ts';
import { loadConfig } from './kills/load.ts';
import { startSimulators } from './simulators.ts';
import { eventually } from './wait.ts';

/** What becomes of an installation whose database is taken away from under it. */

const folder = dataFolder();
let simulators: Awaited<ReturnType<typeof startSimulators>>;
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
let site: Installation;

beforeEach(async () => {
  simulators = await startSimulators(folder.data_dir);
  receiver = await startWebhookReceiver();
  const config = join(folder.data_dir, 'load.yaml');
  writeFileSync(config, loadConfig(simulators.origin, receiver.host));
  site = await startInstallation({
    data_dir: folder.data_dir,
    args: ['--config', config],
    env: {
      INGEST_TOKEN: 'a-token-that-nobody-guesses',
      OPERATOR_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    },
  });
  await eventually('results', async () => resultsAt(site.database) > 50);
});
afterEach(async () => {
  await site?.kill();
  simulators?.stop();
  receiver?.stop();
  folder.remove();
});

test('D6: replaced by a backup, it goes on with that, and leaves a sound database', async () => {
  const backup = join(folder.data_dir, 'backup.db');
  const handle = new Database(site.database, { readonly: true });
  handle.exec(`vacuum into '${backup}'`);
  handle.close();
  const before = resultsAt(backup);
  await eventually('more results', async () => resultsAt(site.database) > before + 50);
  renameSync(backup, site.database);
  // Until then the new file has the log of the old one beside it: whoever opens it is misled.
  await eventually('the old log is out of the way', async () =>
    existsSync(`${site.database}-shm-of-replaced`),
  );
  await eventually('results behind those of the backup', async () => {
    return resultsAt(site.database) > before + 50;
  });
  await eventually('every process is ready again', async () => (await ready(site)).every(Boolean));
  expect(await site.stop()).toBe(0);
  const found = new Database(site.database);
  expect(found.pragma('integrity_check', { simple: true })).toBe('ok');
  found.close();
});

test('D6: deleted, everything stops with what to do, and no empty one is made', async () => {
  rmSync(site.database);
  await eventually('nobody answers', async () => {
    const healthy = await fetch(`${site.collector}/-/healthy`).catch(() => null);
    return healthy === null;
  });
  await eventually('it says why', async () => site.said().includes('was deleted while'));
  await eventually('it has ended', async () => (await ready(site)).every((it) => it === null));
  // Operators were told, although there was nothing left to record it in.
  const alerts = receiver.received.map(({ body }) => body).filter((it) => it.includes('stopped'));
  expect(alerts).toHaveLength(1);
  expect(alerts[0]).toContain('was deleted while');
  expect(await site.stop()).toBe(2);
  expect(site.said()).toMatch(/All processes were stopped, because of the \w+: The database/);
  expect(() => resultsAt(site.database)).toThrow();
});

/** Null for those that do not answer. */
function ready({ collector, page_private, notifier }: Installation): Promise<(true | null)[]> {
  return Promise.all(
    [collector, page_private, notifier].map((origin) =>
      fetch(`${origin}/-/ready`).then(
        (answer) => answer.ok || null,
        () => null,
      ),
    ),
  );
}

function resultsAt(path: string): number {
  const handle = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return handle.prepare<[], number>('select count(*) from result').pluck().get() ?? 0;
  } finally {
    handle.close();
  }
}

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import { openStore } from '../../store/sqlite/open.ts';

const COMMAND = join(import.meta.dirname, '../../platform/commands/replay.ts');
/** Of the demo. */
const COMPONENT = 'pinduoduo.upload';

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-replay-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function run(data_dir: string): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: data_dir };
    execFile(process.execPath, [COMMAND], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test('npm run replay prints where the ledger differs, and exits with 1', async () => {
  const data_dir = dataFolder();
  const store = await openStore({ path: join(data_dir, 'demo.db') });
  const now = Date.parse('2026-11-02T00:00:00Z');
  await store.record({ heartbeat_at: now });
  const nothing = await run(data_dir);
  expect(nothing).toMatchObject({ code: 0, stdout: '' });
  // No result says so.
  const since = now - 2 * HOUR;
  const status = { component: COMPONENT, state: 'operational', since } as const;
  const rest = { notes: [], measured_at: null, valid_until: null };
  await store.record({
    components: [{ ...status, ...rest, recent: null, sync: null, last: null }],
    transitions: [
      {
        component: COMPONENT,
        from: 'unknown',
        to: 'operational',
        since,
        recorded_at: since,
        cause: 'result',
        cause_ref: null,
        notes: [],
        simulated: false,
      },
    ],
  });
  const { code, stdout, stderr } = await run(data_dir);
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/differs/) });
  const until = new Date(now - 10 * MINUTE).toISOString();
  expect(stdout.split('\n')[1]?.split(/ {2,}/)).toEqual([
    COMPONENT,
    new Date(since).toISOString(),
    until,
    'operational',
    'unknown',
  ]);
  expect(now - since).toBeLessThan(DAY);
  await store.close();
});

test('npm run replay leaves a damaged database as it is and exits with 2', async () => {
  const data_dir = dataFolder();
  writeFileSync(join(data_dir, 'demo.db'), 'this was a database once '.repeat(400));
  const { code, stdout } = await run(data_dir);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

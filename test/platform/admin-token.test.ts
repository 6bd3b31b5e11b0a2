import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../store/sqlite/open.ts';

const COMMAND = join(import.meta.dirname, '../../platform/commands/admin-token.ts');

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-token-'));
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

test('npm run admin-token prints a new token alone, and the one before is void', async () => {
  const data_dir = dataFolder();
  const store = await openStore({ path: join(data_dir, 'demo.db') });
  const before = (await store.ensureAdminToken()) ?? '';
  const { code, stdout, stderr } = await run(data_dir);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'This is the new administrator token; it is not shown again.\n',
  });
  expect(await store.isAdminToken(stdout.trim())).toBe(true);
  expect(await store.isAdminToken(before)).toBe(false);
  await store.close();
});

test('npm run admin-token leaves a damaged database as it is and exits with 2', async () => {
  const data_dir = dataFolder();
  writeFileSync(join(data_dir, 'demo.db'), 'this was a database once '.repeat(400));
  const { code, stdout, stderr } = await run(data_dir);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/demo\.db is damaged/);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../store/sqlite/open.ts';
import { dataFolder, runCommand } from './run-command.ts';

test('npm run admin-token prints a new token alone, and the one before is void', async () => {
  const data_dir = dataFolder();
  const store = await openStore({ path: join(data_dir, 'demo.db') });
  const before = (await store.ensureAdminToken()) ?? '';
  const { code, stdout, stderr } = await runCommand('admin-token.ts', data_dir);
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
  const { code, stdout, stderr } = await runCommand('admin-token.ts', data_dir);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/demo\.db is damaged/);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../store/sqlite/open.ts';
import { PICKED_PORTS } from '../picked-ports.ts';
import { treeOf } from '../tidy/sources.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What most shells have. */
const IN_A_USUAL_SHELL = 'umask 022; exec "$0" "$@"';

it.each([
  'collector/main.ts',
  'notify/main.ts',
  'simulators/main.ts',
  'platform/commands/prepare.ts',
  'platform/commands/admin-token.ts',
])('D7: %s alone leaves nothing that others may read in a folder of 0755', async (entrance) => {
  const data_dir = mkdtempSync(join(tmpdir(), 'piaokuang-private-'));
  onTestFinished(() => rmSync(data_dir, { recursive: true, force: true }));
  chmodSync(data_dir, 0o755);
  const earlier = process.umask(0o022);
  const store = await openStore({ path: join(data_dir, 'demo.db') });
  // Something was measured: no past is made up.
  await store.record({ heartbeat_at: Date.now() });
  await store.close();
  process.umask(earlier);
  expect(readable(data_dir)).toEqual(['demo.db']);

  const args = ['-c', IN_A_USUAL_SHELL, process.execPath, join(ROOT, entrance)];
  const child = spawn('sh', args, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ...PICKED_PORTS, DATA_DIR: data_dir },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  await Promise.race([once(child, 'message'), exited]);
  expect(readable(data_dir)).toEqual([]);
  child.kill('SIGTERM');
  await exited;
  expect(readable(data_dir)).toEqual([]);
});

it('D7: every entrance keeps its files private', () => {
  const entrances = treeOf(
    /^([^/]+\/)?main\.ts$|^platform\/commands\/.+\.ts$/,
    /^test\/|text-table|\/shared\//,
  );
  const open = Object.entries(entrances)
    .filter(([, text]) => !/^await serveProcess\(|^ {2}keepFilesPrivate\(\);$/m.test(text))
    .map(([file]) => file);
  expect(Object.keys(entrances)).toContain('main.ts');
  expect(open).toEqual([]);
});

/** Paths below the folder that others may read, write or enter. */
function readable(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)
    .toSorted();
}

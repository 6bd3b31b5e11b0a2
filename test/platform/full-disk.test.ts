import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import { PICKED_PORTS } from '../picked-ports.ts';
import { ROOT } from '../tidy/repository.ts';

/** Mounts and processes of its own: the small disk is nobody else's, and all ends with it. */
const ALONE = ['--map-root-user', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

const MOUNT = 'mount -t tmpfs -o size=8m,nr_inodes=64,mode=700 full "$DISK"';
/** Says the size of the key, once there was room and the start has ended with 0. */
const SCRIPT = `
  ${MOUNT} && mkdir "$DISK/ballast" && (cd "$DISK/ballast"; eval "$FILL") 2>/dev/null
  "$@" &
  read -r _
  rm -r "$DISK/ballast"
  wait $! && wc -c < "$DATA_DIR/secret.key"
`;

/** Why this machine lets nobody have such a disk; null when it does. */
function refusalOfDisks(): string | null {
  const { status, stderr, error } = spawnSync('unshare', [...ALONE, 'sh', '-c', MOUNT], {
    env: { ...process.env, DISK: tmpdir() },
    encoding: 'utf8',
  });
  return status === 0 ? null : `${error?.message ?? stderr}`.trim();
}

const refusal = refusalOfDisks();
const without = refusal === null ? '' : ` (NOT RUN, for want of a disk: ${refusal})`;

it.skipIf(refusal !== null).each([
  ['no byte is free', 'cat /dev/zero > all', ''],
  ['no file may be made', 'while : > "$((n += 1))"; do :; done', 'new/data'],
])(`D4: while %s a first start waits${without}`, async (_, fill, folder) => {
  const disk = mkdtempSync(join(tmpdir(), 'piaokuang-full-'));
  onTestFinished(() => rmSync(disk, { recursive: true }));
  const config = join(ROOT, 'test/process/quick.yaml');
  const command = [process.execPath, join(ROOT, 'platform/commands/prepare.ts')];
  const args = [...ALONE, 'sh', '-c', SCRIPT, 'sh', ...command, '--config', config];
  const child = spawn('unshare', args, {
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      DISK: disk,
      FILL: fill,
      DATA_DIR: join(disk, folder),
      SIMULATOR_URL: 'http://127.0.0.1:1',
      ERP_TOKEN: 'a-token-that-nobody-guesses',
      ...PICKED_PORTS,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const ended = once(child, 'close');
  await expect
    .poll(() => output.join(''), { timeout: 2 * MINUTE })
    .toContain('The start waits: No space is left for the database');
  expect(child.exitCode).toBeNull();
  child.stdin?.end('\n');
  expect(await ended).toEqual([0, null]);
  expect(output.join('')).toMatch(/^32$/m);
});

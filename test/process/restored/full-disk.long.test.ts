import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openStore } from '../../../store/sqlite/open.ts';
import { ROOT } from '../../tidy/repository.ts';

/** A disk of 2 MB in a namespace of its own, which ends with it. */
const ALONE = ['--map-root-user', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
const MOUNT = 'mount -t tmpfs -o size=2m,mode=700 full "$DISK"';
/** Says at the end which files with a content are on the disk. */
const SCRIPT = `
  ${MOUNT} && cp "$BEFORE" "$DISK/piaokuang.db" || exit 99
  "$@"; code=$?
  cd "$DISK" && find . -type f -name '*.*' ! -name '*.pid' -size +0 | sort
  exit $code
`;

const folder = mkdtempSync(join(tmpdir(), 'piaokuang-full-'));
const disk = join(folder, 'disk');
mkdirSync(disk);

/** Why this machine lets nobody have such a disk; null when it does. */
const refusal = refusalOfDisks();
const without = refusal === null ? '' : ` (NOT RUN, for want of a disk: ${refusal})`;

function refusalOfDisks(): string | null {
  const env = { ...process.env, DISK: disk };
  const tried = spawnSync('unshare', [...ALONE, 'sh', '-c', MOUNT], { env, encoding: 'utf8' });
  return tried.status === 0 ? null : `${tried.error?.message ?? tried.stderr}`.trim();
}

let large: string;
let small: string;

beforeAll(async () => {
  large = await databaseOf('large', 200_000);
  small = await databaseOf('small', 1);
  return () => rmSync(folder, { recursive: true });
});

async function databaseOf(name: string, gaps: number): Promise<string> {
  const store = await openStore({ path: join(folder, name, 'piaokuang.db') });
  const gap = (n: number) => ({ from: 2 * n, to: 2 * n + 1, cause: 'disk' }) as const;
  await store.record({ gaps: Array.from({ length: gaps }, (_, n) => gap(n)) });
  await store.close();
  return join(folder, name);
}

function run(data_dir: string, file: string, ...args: string[]) {
  const command = [process.execPath, join(ROOT, 'platform/commands', file), ...args];
  const before = join(small, 'piaokuang.db');
  const env = { ...process.env, DISK: disk, DATA_DIR: data_dir, BEFORE: before };
  const unshare = [...ALONE, 'sh', '-c', SCRIPT, 'sh', ...command];
  return spawnSync('unshare', unshare, { env, encoding: 'utf8' });
}

test.skipIf(refusal !== null)(`D4: a backup to a full disk leaves nothing there${without}`, () => {
  const { status, stdout, stderr } = run(large, 'backup.ts', '--to', disk);
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: './piaokuang.db\n',
    stderr: expect.stringMatching(/No space is left/),
  });
});

test.skipIf(refusal !== null)(
  `D4: a restore to a full disk changes nothing there${without}`,
  () => {
    const archive = join(folder, 'large.tar');
    const { status: backed_up } = spawnSync(
      process.execPath,
      [join(ROOT, 'platform/commands/backup.ts'), '--to', archive],
      { env: { ...process.env, DATA_DIR: large } },
    );
    expect(backed_up).toBe(0);
    const found = run(disk, 'restore.ts', '--from', archive, '--replace');
    expect(found).toMatchObject({
      status: 1,
      stdout: './piaokuang.db\n',
      stderr: expect.stringMatching(/no space left/i),
    });
  },
);

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MINUTE } from '../../model/time.ts';
// @ts-expect-error: plain JavaScript, which runs before anything is installed
import { fingerprint } from '../../platform/setup/fingerprint.mjs';

const SETUP = join(import.meta.dirname, '../../platform/setup');

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-setup-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('a fingerprint', () => {
  it('changes with contents and names, and with nothing else', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'src/deep'), { recursive: true });
    writeFileSync(join(root, 'src/a.ts'), 'a');
    writeFileSync(join(root, 'src/deep/b.ts'), 'b');
    const first = fingerprint(root, ['src', 'missing']);
    writeFileSync(join(root, 'src/a.ts'), 'a');
    writeFileSync(join(root, 'other.ts'), 'x');
    expect(fingerprint(root, ['src', 'missing'])).toBe(first);
    writeFileSync(join(root, 'src/deep/b.ts'), 'B');
    const edited = fingerprint(root, ['src', 'missing']);
    expect(edited).not.toBe(first);
    renameSync(join(root, 'src/deep/b.ts'), join(root, 'src/deep/c.ts'));
    expect(fingerprint(root, ['src', 'missing'])).not.toBe(edited);
  });
});

describe('the lock of a set-up', () => {
  /**
   * Appends "in" and "out" to a file while it has the lock; `die` leaves the lock behind. It ends
   * `lingers_ms` after it gave the lock back, as a busy machine lets it.
   */
  function holder(root: string, { die = false, works_ms = 50, lingers_ms = 0 } = {}) {
    const script = `
      import { appendFileSync } from 'node:fs';
      import { withLock } from ${JSON.stringify(join(SETUP, 'lock.mjs'))};
      const file = ${JSON.stringify(join(root, 'log'))};
      withLock(${JSON.stringify(root)}, () => {}, () => {
        appendFileSync(file, 'in ');
        if (${die}) process.kill(process.pid, 'SIGKILL');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${works_ms});
        appendFileSync(file, 'out ');
      });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${lingers_ms});`;
    return once(spawn(process.execPath, ['--input-type=module', '-e', script]), 'close');
  }

  it('lets one work at a time', async () => {
    const root = temporaryFolder();
    await Promise.all([holder(root), holder(root), holder(root)]);
    expect(readFileSync(join(root, 'log'), 'utf8')).toBe('in out in out in out ');
  });

  it('stays with the next one when the one before ends late', async () => {
    const root = temporaryFolder();
    const log = () => readFileSync(join(root, 'log'), { encoding: 'utf8', flag: 'a+' });
    const first = holder(root, { lingers_ms: 800 });
    await expect.poll(log, { timeout: MINUTE }).toBe('in out ');
    const second = holder(root, { works_ms: 1_500 });
    await expect.poll(log, { timeout: MINUTE }).toBe('in out in ');
    await Promise.all([first, second, holder(root)]);
    expect(log()).toBe('in out in out in out ');
  });

  it('is taken over from a process that died', async () => {
    const root = temporaryFolder();
    await holder(root, { die: true });
    await holder(root);
    expect(readFileSync(join(root, 'log'), 'utf8')).toBe('in in out ');
  });
});

describe('the runtime', () => {
  const { engines } = JSON.parse(readFileSync(join(SETUP, '../../package.json'), 'utf8'));
  const needed = /^>=(\d+)$/.exec(engines.node)?.[1];

  /** A clone in which nothing is stale, so that its set-up does nothing but look at the runtime. */
  function readyClone(): string {
    const root = temporaryFolder();
    cpSync(SETUP, join(root, 'platform/setup'), { recursive: true });
    for (const folder of ['node_modules/.bin', 'dist/web', 'bin']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, 'package-lock.json'), '{}');
    writeFileSync(join(root, 'dist/web/manifest.json'), '{}');
    const state = fingerprint(root, ['package-lock.json']);
    writeFileSync(join(root, 'node_modules/.piaokuang-lock'), state);
    writeFileSync(join(root, 'dist/.piaokuang-web'), state);
    return root;
  }

  /** A program named node that says it is of a version, or works no more. */
  function fakeNode(folder: string, version: string | null) {
    const script = version === null ? 'exit 1' : `[ "$1" = -p ] && echo ${version}`;
    writeFileSync(join(folder, 'node'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /** Runs the set-up of a clone; nothing but its own `bin` is on the PATH. */
  function setUp(root: string, ...args: string[]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, 'platform/setup/setup.mjs'), ...args],
      { encoding: 'utf8', env: { PATH: join(root, 'bin') } },
    );
    return { status, stdout, stderr };
  }

  const machine = `${process.platform} ${process.arch}`;
  const refusal = (found: string) => ({
    status: 1,
    stdout: '',
    stderr:
      `setup: Node ${needed} or newer is needed; found ${found} on ${machine}.\n` +
      'setup: Install it, or install the optional dependencies, ' +
      'which bring it on Linux x64 and arm64.\n',
  });
  const accepted = { status: 0, stdout: '', stderr: '' };

  it.each([
    ['24.0.0', accepted],
    ['24.18.1', accepted],
    ['26.10.0', accepted],
    ['22.22.0', refusal('22.22.0')],
    ['23.11.1', refusal('23.11.1')],
    ['8.17.0', refusal('8.17.0')],
    [null, refusal('none that works')],
  ])('of the machine, %s, is used where the dependencies bring none', (version, outcome) => {
    const root = readyClone();
    fakeNode(join(root, 'bin'), version);
    expect(setUp(root)).toEqual(outcome);
  });

  it('is asked for where there is none at all', () => {
    expect(setUp(readyClone())).toEqual(refusal('none that works'));
  });

  it('is the one that the dependencies bring, whatever the machine has', () => {
    const root = readyClone();
    fakeNode(join(root, 'bin'), '20.19.2');
    fakeNode(join(root, 'node_modules/.bin'), '26.10.0');
    expect(setUp(root)).toEqual(accepted);
  });

  it('is enough for a start, but not for tests, where nothing of theirs was installed', () => {
    const root = readyClone();
    fakeNode(join(root, 'node_modules/.bin'), '26.10.0');
    expect(setUp(root)).toEqual(accepted);
    // There is no npm either, so that nothing is downloaded.
    expect(setUp(root, '--test')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^setup: installing dependencies …\nsetup: npm ci/),
    });
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
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
  /** Appends "in" and "out" to a file while it has the lock; `die` leaves the lock behind. */
  function holder(root: string, { die = false } = {}) {
    const script = `
      import { appendFileSync } from 'node:fs';
      import { withLock } from ${JSON.stringify(join(SETUP, 'lock.mjs'))};
      const file = ${JSON.stringify(join(root, 'log'))};
      withLock(${JSON.stringify(root)}, () => {}, () => {
        appendFileSync(file, 'in ');
        if (${die}) process.kill(process.pid, 'SIGKILL');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
        appendFileSync(file, 'out ');
      });`;
    return once(spawn(process.execPath, ['--input-type=module', '-e', script]), 'close');
  }

  it('lets one work at a time', async () => {
    const root = temporaryFolder();
    await Promise.all([holder(root), holder(root), holder(root)]);
    expect(readFileSync(join(root, 'log'), 'utf8')).toBe('in out in out in out ');
  });

  it('is taken over from a process that died', async () => {
    const root = temporaryFolder();
    await holder(root, { die: true });
    await holder(root);
    expect(readFileSync(join(root, 'log'), 'utf8')).toBe('in in out ');
  });
});

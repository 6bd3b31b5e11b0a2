import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const POLL_MS = 200;

/**
 * Runs `work` exclusively among set-ups of the same clone; takes over the lock of a dead process.
 */
export function withLock(root, report, work) {
  const lock = join(
    tmpdir(),
    `piaokuang-setup-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`,
  );
  acquire(lock, report);
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  work();
  release();
  // From here on it may be another's.
  process.off('exit', release);
}

function acquire(lock, report) {
  for (let waited = false; ; waited = true) {
    try {
      // Creating a directory is atomic.
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return;
    } catch (error) {
      // ENOENT: it was taken for that of a dead process before it had a name.
      if (error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
    }
    if (waited && !isAlive(lock)) rmSync(lock, { recursive: true, force: true });
    else if (!waited) report('waiting for another set-up of this folder …');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
  }
}

function isAlive(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM' || (error.code === 'ENOENT' && isYoung(lock));
  }
}

/** The owner may not have written its pid yet. */
function isYoung(lock) {
  const made_at = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - made_at < 2_000;
}

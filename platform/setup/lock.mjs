import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const POLL_MS = 200;

/**
 * Does `work` while no other set-up of the same clone does; a lock left behind by a process that
 * died is taken over.
 */
export function withLock(root, tell, work) {
  const lock = join(
    tmpdir(),
    `piaokuang-setup-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`,
  );
  take(lock, tell);
  process.once('exit', () => rmSync(lock, { recursive: true, force: true }));
  work();
  rmSync(lock, { recursive: true, force: true });
}

function take(lock, tell) {
  for (let waited = false; ; waited = true) {
    try {
      // Making a folder is atomic: exactly one of several gets it.
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (waited && !isAlive(lock)) rmSync(lock, { recursive: true, force: true });
    else if (!waited) tell('waiting for another set-up of this folder …');
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

/** Its owner may be about to write his pid. */
function isYoung(lock) {
  const made_at = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - made_at < 2_000;
}

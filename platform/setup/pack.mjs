/**
 * Before `npm pack`: gives the lock the only name under which npm packs it. `--done` takes it away
 * again. Plain JavaScript, as setup.mjs.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LOCK, PACKED_LOCK } from './fingerprint.mjs';

const ROOT = join(import.meta.dirname, '../..');

if (process.argv.includes('--done')) rmSync(join(ROOT, PACKED_LOCK), { force: true });
else copyFileSync(join(ROOT, LOCK), join(ROOT, PACKED_LOCK));

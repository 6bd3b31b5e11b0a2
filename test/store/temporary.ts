import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A path for a database in a folder that goes away with the running test. */
export function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'test.db');
}

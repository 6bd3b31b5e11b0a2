import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const COMMANDS = join(import.meta.dirname, '../../platform/commands');

/** A folder of its own for the data, removed with the test. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-command-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a file of `platform/commands` on the data, as npm does. */
export function runCommand(
  file: string,
  data_dir: string,
  args: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: data_dir, ...more };
    execFile(process.execPath, [join(COMMANDS, file), ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

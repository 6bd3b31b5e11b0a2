import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { print } from '../platform/console.ts';

/**
 * `npm test`: everything that must hold, quickest first; stops at the first part that fails, with
 * its exit code.
 */

const BIN = join(import.meta.dirname, '../node_modules/.bin');
/** The tools are scripts of `node`: theirs must be the one that runs us. */
const PATH = [dirname(process.execPath), BIN, process.env.PATH].join(delimiter);

const PARTS = [
  ['lint', 'biome', 'check', '.'],
  ['types', 'tsc'],
  ['unit', 'vitest', 'run', '--project', 'unit'],
  ['process', 'vitest', 'run', '--project', 'process'],
  ['browser', 'vitest', 'run', '--project', 'browser'],
] as const;

const start = performance.now();
for (const [part, program, ...args] of PARTS) {
  print(`\n— ${part}`);
  const { status } = spawnSync(join(BIN, program), args, {
    stdio: 'inherit',
    env: { ...process.env, PATH },
  });
  if (status !== 0) {
    print(`\nFAILED: ${part}, after ${seconds()} s`);
    process.exit(status ?? 1);
  }
}
print(`\nAll tests passed: ${PARTS.map(([part]) => part).join(', ')}, in ${seconds()} s`);

function seconds(): string {
  return ((performance.now() - start) / 1_000).toFixed(0);
}

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { readShared } from './shared.ts';
import { withSwitches } from './source.ts';

const ROOT = join(import.meta.dirname, '../../..');
const RUNNER = 'test/faults/switches/runner.ts';

/** Loads files with all their faults in them, to be switched on by runner.ts. */
function switches(): Plugin {
  const by_path = Map.groupBy(readShared().faults, ({ fault }) => fault.path);
  return {
    name: 'switches',
    enforce: 'pre',
    load(id) {
      const [file = ''] = id.split('?');
      const path = relative(ROOT, file);
      const faults = by_path.get(path);
      return faults && withSwitches(path, readFileSync(file, 'utf8'), faults);
    },
  };
}

export default defineConfig({
  root: ROOT,
  plugins: [switches()],
  test: {
    isolate: false,
    maxWorkers: 2,
    runner: RUNNER,
    setupFiles: ['test/as-found.ts', 'test/messages/facts/witness.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/{process,browser,field,tidy,faults}/**', 'test/**/*.long.test.ts'],
    testTimeout: 3 * MINUTE,
    hookTimeout: 3 * MINUTE,
    expect: { poll: { timeout: 30 * SECOND } },
  },
});

import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import type { AskedTests, TestsAnswer } from './resident-tests.ts';

/**
 * A Vitest that stays, run in a copy of the repository by resident-tests.ts: runs groups of tests
 * after a file has changed, and says whether they passed.
 */
const root = process.cwd();
const vitest = await createVitest(
  { root, watch: true, project: ['unit', 'apart'], bail: 1, reporters: [{}] },
  { server: { watch: null }, logLevel: 'silent' },
);
await vitest.standalone();

/** What had a fault before, and has none any more. */
let changed_before: string | null = null;

process.on('message', (asked: AskedTests) => void run(asked).then((it) => process.send?.(it)));
process.once('disconnect', () => process.exit());

async function run({ changed, group }: AskedTests): Promise<TestsAnswer> {
  for (const path of [changed_before, changed])
    if (path !== null) vitest.invalidateFile(join(root, path));
  changed_before = changed;
  const tests = await vitest.globTestSpecifications([...group]);
  const { testModules, unhandledErrors } = await vitest.rerunTestSpecifications(tests);
  const states = testModules.map((it) => it.state());
  const is_broken = unhandledErrors.length > 0;
  return { passed: !is_broken && states.every((it) => it === 'passed'), is_broken };
}

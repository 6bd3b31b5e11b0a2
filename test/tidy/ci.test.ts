import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from './repository.ts';

/** Runs .ci/run with an `npm` that notes what it is asked for, and says and does what is given. */
function run(npm_test: string, test_long: string) {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-ci-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const asked = join(folder, 'asked');
  const npm = join(folder, 'npm');
  const does = `if [ "$1" = test ]; then ${npm_test}; else ${test_long}; fi`;
  writeFileSync(npm, `#!/usr/bin/env bash\necho "$*" >> ${asked}\n${does}\n`);
  chmodSync(npm, 0o755);
  const PATH = [folder, process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH };
  const { status, stdout } = spawnSync(join(ROOT, '.ci/run'), { env, encoding: 'utf8' });
  const last = stdout.trimEnd().split('\n').at(-1);
  return { status, last, asked: readFileSync(asked, 'utf8').trimEnd().split('\n') };
}

test('CI runs npm test and a sample of the long tests, and counts both at the end', () => {
  expect(run('echo 10 passed, 0 failed', 'echo 5 passed, 0 failed')).toEqual({
    status: 0,
    last: '15 passed, 0 failed',
    asked: ['test', expect.stringMatching(/^run test:long -- --minutes 10 --seed \d+$/)],
  });
});

test('it takes no sample when npm test fails', () => {
  expect(run('echo 9 passed, 1 failed; exit 1', 'exit 0')).toEqual({
    status: 1,
    last: '9 passed, 1 failed',
    asked: ['test'],
  });
});

test('it fails with the sample', () => {
  const failed = run('echo 10 passed, 0 failed', 'echo 4 passed, 2 failed; exit 1');
  expect(failed).toMatchObject({ status: 1, last: '14 passed, 2 failed' });
});

test('what fails before it can count is one that failed', () => {
  expect(run('exit 3', 'exit 0')).toMatchObject({ status: 3, last: '0 passed, 1 failed' });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECOND } from '../../../model/time.ts';
import type { Fault } from '../fault.ts';
import { ownTests, roomTests } from '../related.ts';
import { HANGS_AFTER_MS } from '../resident-tests.ts';
import { openRecord, type SweepRecord } from './record.ts';
import { FOLDER, type Shared, writeShared } from './shared.ts';
import type { NumberedFault } from './source.ts';

/** The quick tests first, all of them; then those that are left to slower ones. */
const SLOWEST_TESTS_MS = [40, 400, 3_000];
const CONFIG = join(import.meta.dirname, 'vitest.config.ts');

/**
 * The faults that none of the nearest tests sees, all tried in processes that load them once: some
 * hundred times as fast as planting each. What is seen here is seen; the rest may yet be by what
 * runs in processes of its own, by farther tests, or by the types.
 */
export async function sweep(all: readonly Fault[]): Promise<Fault[]> {
  const faults = all.map((fault, id) => ({ id, fault }));
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-sweep-'));
  const record = openRecord(folder);
  const unseen = () => {
    record.catchUp();
    return faults.filter(({ id }) => !record.isSeen(id));
  };
  try {
    const own_tests = ownTestsOf(faults);
    for (const tests of [Object.keys(own_tests), testsOfRooms(all)])
      for (const slowest_test_ms of SLOWEST_TESTS_MS) {
        if (tests.length === 0 || unseen().length === 0) continue;
        writeShared(folder, { faults, own_tests, slowest_test_ms });
        while (!(await testsEnd(folder, tests, record))) seeHanging(record);
      }
    if (record.size() === 0) throw new Error('no test tries any of these faults');
    return unseen().map(({ fault }) => fault);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What makes a test hang is seen by it. */
function seeHanging(record: SweepRecord): void {
  record.catchUp();
  const hanging = record.unfinished();
  if (hanging.length === 0) throw new Error('the tests hang with no fault at all');
  for (const seen of hanging) record.write({ seen });
}

/** The first group of each room. */
function testsOfRooms(faults: readonly Fault[]): string[] {
  const paths = [...new Set(faults.map(({ path }) => path))];
  return [...new Set(paths.flatMap((path) => roomTests(path)[0] ?? []))];
}

function ownTestsOf(faults: readonly NumberedFault[]): Shared['own_tests'] {
  const own_tests: Record<string, number[]> = {};
  for (const [path, of_file] of Map.groupBy(faults, ({ fault }) => fault.path))
    for (const test of ownTests(path))
      own_tests[test] = [...(own_tests[test] ?? []), ...of_file.map(({ id }) => id)];
  return own_tests;
}

/** False: one hung, and all were ended. */
async function testsEnd(folder: string, tests: string[], record: SweepRecord): Promise<boolean> {
  const child = spawn('vitest', ['run', '--config', CONFIG, ...tests], {
    env: { ...process.env, [FOLDER]: folder },
    stdio: 'ignore',
    detached: true,
  });
  const stopWatching = endWhenStill(child, record);
  await once(child, 'exit');
  return stopWatching();
}

/** Ends tests of which nothing is heard any more; returned is what says whether they went on. */
function endWhenStill(child: ChildProcess, record: SweepRecord): () => boolean {
  let size = -1;
  let since = performance.now();
  let went_on = true;
  const watch = setInterval(() => {
    const now = performance.now();
    if (record.size() !== size) since = now;
    size = record.size();
    if (now - since < HANGS_AFTER_MS || child.pid === undefined) return;
    went_on = false;
    process.kill(-child.pid, 'SIGKILL');
  }, 5 * SECOND);
  return () => {
    clearInterval(watch);
    return went_on;
  };
}

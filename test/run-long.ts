import { globSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE } from '../model/time.ts';
import { argumentsOrExit } from '../platform/arguments.ts';
import { createRandom, shuffled } from './random.ts';
import { type Counts, closingLine, NONE, runVitest, sum, tell } from './running.ts';

/**
 * `npm run test:long [-- --minutes N --seed S]`: every case of the process, browser and field
 * tests, and of what else takes long, files in an order drawn from the seed, each as its own run;
 * with `--minutes` as many as that time has room for, of those that take long only a part. The last
 * line counts the tests.
 */

const ROOT = join(import.meta.dirname, '..');
const PROJECTS = ['process', 'browser', 'field'];
/** Those of the others that `npm test` has no time for. */
const LONG_ONLY = 'test/**/*.long.test.ts';
/** The files mostly wait, but some have limits that a busy machine would not meet. */
const AT_ONCE = 2;
/** What a file may take, until one has taken longer. */
const LONGEST_MS = 4 * MINUTE;

const { flags } = argumentsOrExit('test:long');
const seed = Number(flags.seed ?? Date.now() % 1_000_000);
const room_ms = flags.minutes === undefined ? Infinity : Number(flags.minutes) * MINUTE;
if (Number.isNaN(seed + room_ms)) throw new Error('--minutes and --seed must be numbers');

const start = performance.now();
const elapsed_ms = () => performance.now() - start;
const patterns = [...PROJECTS.map((project) => `test/${project}/**/*.test.ts`), LONG_ONLY];
const files = [...new Set(patterns.flatMap((it) => globSync(it, { cwd: ROOT }).toSorted()))];
const waiting = shuffled(files, createRandom(seed));
let longest_ms = Math.min(LONGEST_MS, room_ms / 3);
let counts = NONE;

tell(`Seed ${seed}; npm run test:long -- --seed ${seed} repeats this order`);
await Promise.all(Array.from({ length: AT_ONCE }, runNext));
for (const file of waiting) tell(`not run: ${file}`);
tell(closingLine(counts));
process.exit(counts.failed > 0 ? 1 : 0);

/** Runs one file after the other while there is room for one as long as the longest so far. */
async function runNext(): Promise<void> {
  while (elapsed_ms() + longest_ms < room_ms) {
    const file = waiting.shift();
    if (file === undefined) return;
    const begun_ms = elapsed_ms();
    const of_file = await runFile(file);
    const took_ms = elapsed_ms() - begun_ms;
    longest_ms = Math.max(longest_ms, took_ms);
    counts = sum(counts, of_file);
    tell(`${closingLine(of_file)}: ${file}, ${(took_ms / 1_000).toFixed(0)} s`);
  }
}

function runFile(file: string): Promise<Counts> {
  const sample = Number.isFinite(room_ms) ? { TEST_SAMPLE: 'on' } : {};
  const env = { TEST_LONG: 'on', SEED: String(seed), ...sample };
  return runVitest([file], { env, quiet: true });
}

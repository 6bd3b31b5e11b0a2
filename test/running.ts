import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** How many tests passed and failed; a tool that fails counts as one that failed. */
export interface Counts {
  passed: number;
  failed: number;
}

export const NONE: Counts = { passed: 0, failed: 0 };

export function sum(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

/** The last line of a run, by which machines read it. */
export function closingLine({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}

/** A line for whoever reads the run. */
export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

const MODULES = join(import.meta.dirname, '../node_modules');
const BIN = join(MODULES, '.bin');
/** The tools are scripts of `node`: theirs must be the one that runs us. */
const PATH = [dirname(process.execPath), BIN, process.env.PATH].join(delimiter);

/** Hundreds of processes load the same modules; the one of `npm start` keeps them compiled too. */
const NODE_COMPILE_CACHE = join(MODULES, '.cache/compiled');

/** Runs a program of the dependencies, and says what it had to say. */
export async function runTool(program: string, args: readonly string[]): Promise<Counts> {
  const { ok } = await run({ program, args, env: {}, quiet: false });
  return { passed: 0, failed: ok ? 0 : 1 };
}

export interface VitestOptions {
  /** Variables beside those of this process. */
  env?: Record<string, string>;
  /** Keeps what it says to itself unless a test fails. */
  quiet?: boolean;
}

/**
 * Runs Vitest and counts its tests; names those that were skipped. A run that fails for another
 * reason than a test counts one.
 */
export async function runVitest(
  args: readonly string[],
  { env = {}, quiet = false }: VitestOptions = {},
): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-tests-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { ok, output } = await run({
      program: 'vitest',
      args: ['run', ...args, ...reporters],
      env,
      quiet,
    });
    const counts = countsOf(report);
    if (!ok && quiet) tell(output);
    for (const title of skippedIn(report)) tell(`skipped: ${title}`);
    return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countsOf(report: string): Counts {
  if (!existsSync(report)) return NONE;
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests };
}

interface TestFileReport {
  assertionResults: { status: string; fullName: string }[];
}

function skippedIn(report: string): string[] {
  if (!existsSync(report)) return [];
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: TestFileReport[];
  };
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'skipped')
    .map(({ fullName }) => fullName);
}

interface Program {
  program: string;
  args: readonly string[];
  env: Record<string, string>;
  quiet: boolean;
}

async function run({ program, args, env, quiet }: Program) {
  const child = spawn(join(BIN, program), args, {
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    env: { ...process.env, PATH, NODE_COMPILE_CACHE, ...env },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const [code] = await once(child, 'close');
  return { ok: code === 0, output: output.join('') };
}

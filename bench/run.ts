import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argumentsOrExit } from '../platform/arguments.ts';
import { print } from '../platform/console.ts';
import type { Benchmark } from './benchmark.ts';
import { cpuPerCheck } from './cpu-per-check.ts';
import { type Figure, keepsBudget, tableOf } from './figure.ts';
import { firstView } from './first-view.ts';
import { ingestDoor } from './ingest-door.ts';
import { latencyError } from './latency-error.ts';
import { describeMachine, load } from './machine.ts';
import { manyChecks } from './many-checks.ts';
import { memory } from './memory.ts';
import { overview } from './overview.ts';
import { pageRequests } from './page-requests.ts';
import { paint } from './paint.ts';
import { rawResult } from './raw-result.ts';
import { start } from './start.ts';

/**
 * `npm run bench`: runs all benchmarks and writes RESULTS.md. Exit code 1 when a budget was missed.
 * With words (`npm run bench -- memory latency`) it runs those with one of them in their name, and
 * prints only.
 */

const BENCHMARKS: readonly Benchmark[] = [
  firstView,
  paint,
  pageRequests,
  cpuPerCheck,
  memory,
  manyChecks,
  ingestDoor,
  latencyError,
  rawResult,
  overview,
  start,
];

const { words } = argumentsOrExit('bench');
const isAsked = ({ name }: Benchmark) =>
  words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase()));

const begun = new Date();
const machine = describeMachine();
const sections: string[] = [];
const figures: Figure[] = [];
for (const benchmark of BENCHMARKS.filter(isAsked)) {
  print(`\n— ${benchmark.name}`);
  const load_before = load();
  const found = await benchmark.run();
  const table = tableOf(found);
  print(table);
  figures.push(...found);
  sections.push(
    `## ${benchmark.name}\n\n${benchmark.about}\n\n${table}\n\nLoad of the machine before ` +
      `${load_before}, after ${load()}.\n`,
  );
}
if (words.length === 0) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), report());
if (!figures.every(keepsBudget)) process.exitCode = 1;

function report(): string {
  const budgets = figures.filter((it) => it.budget !== null);
  const kept = budgets.filter(keepsBudget);
  const when = begun.toISOString().slice(0, 16);
  return `# Benchmarks

Result of \`npm run bench\`, ${when}Z: ${kept.length} of ${budgets.length} budgets kept.

${machine}. Machines are noisy: what has a peer is measured beside it in the same run.

${sections.join('\n')}`;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../platform/log.ts';
import type { Benchmark } from './benchmark.ts';
import { cpuPerCheck } from './cpu-per-check.ts';
import { type Figure, keepsBudget, tableOf } from './figure.ts';
import { firstView } from './first-view.ts';
import { describeMachine } from './machine.ts';
import { overview } from './overview.ts';
import { paint } from './paint.ts';
import { rawResult } from './raw-result.ts';
import { start } from './start.ts';

/** `npm run bench`: one benchmark after the other, into RESULTS.md. Exit code 1 when a budget was missed. */

const BENCHMARKS: readonly Benchmark[] = [
  firstView,
  paint,
  cpuPerCheck,
  rawResult,
  overview,
  start,
];

const begun = new Date();
const machine = describeMachine();
const sections: string[] = [];
const figures: Figure[] = [];
for (const benchmark of BENCHMARKS) {
  say(`\n— ${benchmark.name}`);
  const found = await benchmark.run();
  say(tableOf(found));
  sections.push(`## ${benchmark.name}\n\n${benchmark.about}\n\n${tableOf(found)}\n`);
  figures.push(...found);
}
writeFileSync(join(import.meta.dirname, 'RESULTS.md'), report());
if (!figures.every(keepsBudget)) process.exitCode = 1;

function report(): string {
  const kept = figures.filter((it) => it.budget !== null && keepsBudget(it)).length;
  const budgets = figures.filter((it) => it.budget !== null).length;
  return `# Benchmarks

Result of \`npm run bench\`, ${begun.toISOString().slice(0, 16)}Z: ${kept} of ${budgets} budgets kept.

${machine}. Machines are noisy: what has a peer is measured beside it in the same run.

${sections.join('\n')}`;
}

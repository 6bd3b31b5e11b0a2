import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepsBudget, tableOf } from '../../bench/figure.ts';
import { describeMachine, load } from '../../bench/machine.ts';
import { argumentsOrExit } from '../../platform/arguments.ts';
import { print } from '../../platform/console.ts';
import { chance } from './chance.ts';
import { crash } from './crash.ts';
import { delivery } from './delivery.ts';
import { drills } from './drills.ts';
import { events } from './events.ts';
import { faults } from './faults.ts';
import { files } from './files.ts';
import { history } from './history.ts';
import { kills } from './kills.ts';
import { memory } from './memory.ts';
import { month } from './month.ts';
import { outage } from './outage.ts';
import type { SoakPart } from './part.ts';
import { schemathesis } from './schemathesis.ts';
import { sync } from './sync.ts';
import { telling } from './telling.ts';

/**
 * `npm run soak [-- PART …]`: the long forms of the tests, one after the other, each result on top
 * of bench/SOAK.md. SEED repeats a run. Exit code 1 when a bound was broken, 2 for a part that does
 * not exist.
 */

const PARTS: readonly SoakPart[] = [
  crash,
  kills,
  telling,
  delivery,
  outage,
  drills,
  faults,
  files,
  history,
  chance,
  memory,
  month,
  sync,
  events,
  schemathesis,
];
const RESULTS = join(import.meta.dirname, '../../bench/SOAK.md');
const HEADING = `# Soak

Results of \`npm run soak\`, newest first. \`SEED=… npm run soak -- PART\` repeats one.
`;

const parts = chosen(argumentsOrExit('soak').words);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
for (const part of parts) {
  if (!(await soak(part))) process.exitCode = 1;
}

function chosen(names: readonly string[]): readonly SoakPart[] {
  const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    print(`No part ${unknown.join(', ')}; there are ${PARTS.map((part) => part.name).join(', ')}.`);
    process.exit(2);
  }
  return names.length === 0 ? PARTS : PARTS.filter((part) => names.includes(part.name));
}

/** Runs one part, keeps its result, and says whether it held. */
async function soak({ name, about, run }: SoakPart): Promise<boolean> {
  print(`\n— ${name}, SEED=${seed}`);
  const begun = new Date();
  const machine = describeMachine();
  const load_before = load();
  const { held, result } = await resultOf(run);
  print(result);
  const minutes = ((Date.now() - begun.getTime()) / 60_000).toFixed(1);
  const heading = `## ${begun.toISOString().slice(0, 16)}Z ${name}: ${held ? 'held' : 'broken'}`;
  keep(
    [
      heading,
      about,
      `Seed ${seed}, ${minutes} min; ${machine}; load before ${load_before}, after ${load()}.`,
      result,
    ].join('\n\n'),
  );
  return held;
}

/** A part that throws is broken, whatever it measured before. */
async function resultOf(run: SoakPart['run']): Promise<{ held: boolean; result: string }> {
  try {
    const figures = await run(seed);
    return { held: figures.every(keepsBudget), result: tableOf(figures) };
  } catch (error) {
    return { held: false, result: `Failed: ${error instanceof Error ? error.message : error}` };
  }
}

/** Puts a result above the earlier ones. */
function keep(entry: string): void {
  const earlier = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8').slice(HEADING.length) : '';
  writeFileSync(RESULTS, `${HEADING}\n${entry}\n${earlier}`);
}

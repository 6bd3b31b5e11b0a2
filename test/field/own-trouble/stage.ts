import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replayedDifferences } from '../../process/replayed.ts';
import { createRandom } from '../../random.ts';
import type { DrillVerdict } from './checks/drilled.ts';
import { judgeDrill } from './checks/judge-drill.ts';
import { command } from './command.ts';
import { configurationOf } from './configuration.ts';
import { drill, isWell, seen } from './drill.ts';
import { layLine, useWorldsNames } from './network.ts';
import { COMPRESSED, REAL } from './pace.ts';
import { watchPage } from './page.ts';
import type { Phase } from './phases.ts';
import { startProduct } from './product.ts';
import type { Order } from './run-drills.ts';
import { TROUBLES } from './troubles/index.ts';
import type { Stage } from './troubles/trouble.ts';
import { sitesOf } from './world/sites.ts';
import { startWorld } from './world/world.ts';

/**
 * The program that drills one kind of trouble, in namespaces of its own (./run-drills.ts makes
 * them): lays a line to a world of its own making, starts the product, and disturbs it in one phase
 * after the other. Writes one verdict a line.
 */

/** Holds a day of results many times over, and is soon filled. */
const DISK = '32m';

const [, , folder = '', ordered = ''] = process.argv;
const order = JSON.parse(ordered) as Order;
const trouble = TROUBLES.find(({ name }) => name === order.trouble);
if (trouble === undefined) throw new Error(`there is no trouble ${order.trouble}`);

const world = await startWorld();
try {
  const pace = order.pace === 'real' ? REAL : COMPRESSED;
  const sites = sitesOf(pace, trouble);
  useWorldsNames(folder);
  const line = await layLine(world, sites);
  const data_dir = join(folder, 'data');
  mkdirSync(data_dir);
  command('mount', '-t', 'tmpfs', '-o', `size=${DISK},mode=700`, 'drill', data_dir);
  const config = join(folder, 'drill.yaml');
  writeFileSync(config, configurationOf(pace, sites));
  const product = await startProduct(data_dir, folder, config);
  const watch = watchPage(product.page);
  const stage: Stage = { pace, sites, product, line, world, data_dir, turn: order.seed };
  const random = createRandom(order.seed);
  if (!(await seen(watch, stage, isWell))) throw new Error('the product never saw all well');
  for (const [n, phase] of order.phases.entries()) {
    await settle(pace.slot_ms);
    const drilled = await drill(
      { stage: { ...stage, turn: order.seed + n }, watch, random },
      trouble,
      phase as Phase,
    );
    tell(judgeDrill(drilled));
  }
  await watch.stop();
  await product.kill();
  const differences = await replayedDifferences({ path: join(data_dir, 'piaokuang.db'), config });
  if (differences.length > 0) throw new Error(`the ledger differs: ${differences.join('; ')}`);
} finally {
  world.stop();
}
process.exit(0);

/** Runs that confirm or learn are over after two slots. */
function settle(slot_ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2 * slot_ms));
}

function tell(verdict: DrillVerdict): void {
  process.stdout.write(`${JSON.stringify(verdict)}\n`);
}

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DrillVerdict } from './checks/drilled.ts';
import type { Pace } from './pace.ts';
import type { Phase } from './phases.ts';

/** What one stage is to drill. */
export interface Order {
  trouble: string;
  phases: readonly Phase[];
  pace: Pace['name'];
  seed: number;
}

/**
 * Its own user, network, mounts and processes: what is disturbed there is disturbed nowhere else,
 * and everything in it ends with it.
 */
const ALONE = [
  '--map-root-user',
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
];

/** Why this machine lets nobody have such a place; null when it does. */
export function refusalOfStages(): string | null {
  const { status, stderr, error } = spawnSync('unshare', [...ALONE, 'ip', 'link'], {
    encoding: 'utf8',
  });
  return status === 0 ? null : `${error?.message ?? stderr}`.trim();
}

const STAGE = join(import.meta.dirname, 'stage.ts');

/**
 * Drills one kind of trouble in each of the phases. Throws when the machine does not permit
 * namespaces, or the stage broke down.
 */
export async function runDrills(order: Order): Promise<DrillVerdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-drill-'));
  try {
    return await runIn(folder, order);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runIn(folder: string, order: Order): Promise<DrillVerdict[]> {
  const args = [...ALONE, process.execPath, STAGE, folder, JSON.stringify(order)];
  const child = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const verdicts: DrillVerdict[] = [];
  const words: string[] = [];
  child.stderr.on('data', (chunk) => words.push(String(chunk)));
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (line.startsWith('{"trouble"')) verdicts.push(JSON.parse(line));
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new Error(`the stage of ${order.trouble} ended with ${code}: ${words.join('')}`);
  return verdicts;
}

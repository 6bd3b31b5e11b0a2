import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { print } from '../../../platform/console.ts';
import { createRandom } from '../../random.ts';
import { endDrills, startDrill } from '../drills.ts';
import { type Disk, mountDisk } from '../injuring/disk.ts';
import { type Injury, injuries, wordsOf } from '../injuring/injuries.ts';
import { answering, sleep, strike } from '../injuring/strike.ts';
import { dataFolder, type Installation, startInstallation } from '../installation.ts';
import { startSimulators } from '../simulators.ts';
import { compare, type KillReport, type Trouble, wrongIn } from './comparing.ts';
import { EXTENT, PAIRS } from './injuries.ts';
import { loadConfig } from './load.ts';
import { INGEST_TOKEN, startWitness, type Witness } from './witness.ts';

/**
 * Injures a loaded installation at named steps of its writing and compares what it kept with what
 * outsiders were told: the simulators' log of what they answered, acknowledged events and drafts,
 * deliveries that a receiver took. Where no disk can be mounted for it, none is filled, and the
 * report says so.
 */

/** Rounds between regular restarts, so that the supervisor's delays stay short. */
const ROUNDS_A_LIFE = 5;

export async function runKillMatrix(rounds: number, seed: number): Promise<KillReport> {
  const folder = dataFolder();
  const disk = mountDisk(join(folder.data_dir, 'disk'));
  const orders = join(folder.data_dir, 'orders');
  mkdirSync(orders);
  const access_log = join(folder.data_dir, 'access.ndjson');
  const simulators = await startSimulators(folder.data_dir, { SIMULATOR_ACCESS_LOG: access_log });
  const witness = await startWitness();
  const config = join(folder.data_dir, 'load.yaml');
  writeFileSync(config, loadConfig(simulators.origin, witness.host));
  const disturbing = disturb(simulators.origin);
  const troubles: Trouble[] = [];
  const struck: Injury[] = [];
  const in_vain: Injury[] = [];
  const possible = PAIRS.filter(({ action }) => action !== 'full' || disk.refusal === null);
  const series = injuries(possible, EXTENT, createRandom(seed));
  const ground = { disk, orders, config, ballast: join(disk.path, 'ballast') };
  let token: string | null = null;
  let running: Installation | null = null;
  let injury: Injury | null = null;
  let down_since = Date.now();
  const complaints: string[] = [];
  try {
    for (let n = 0; struck.length < rounds; n += 1) {
      if (running === null) {
        running = await start(ground);
        troubles.push({ from: down_since, to: Date.now(), kind: 'restart' });
        token ??= /shown this once.*\n\s*(\S+)/.exec(running.said())?.[1] ?? null;
        witness.visit({ ingest: running.ingest, page: running.page, admin_token: token ?? '' });
      }
      injury = series.next().value;
      const trouble = await troubleBy(injury, running, ground);
      if (trouble === null) in_vain.push(injury);
      else {
        struck.push(injury);
        troubles.push(trouble);
      }
      if (in_vain.length > struck.length + possible.length) throw new Error('no step comes');
      if (injury.victim === 'main' || n % ROUNDS_A_LIFE === ROUNDS_A_LIFE - 1) {
        down_since = Date.now();
        await running.stop();
        await gone(running);
        complaints.push(...running.complaints());
        running = null;
      }
    }
    if (running === null) {
      running = await start(ground);
      troubles.push({ from: down_since, to: Date.now(), kind: 'restart' });
    }
    await sleep(3_000);
    await witness.stop();
    await running.stop();
    complaints.push(...running.complaints());
    running = null;
    const report = await compare({
      path: join(disk.path, 'piaokuang.db'),
      config,
      env: SECRETS,
      access_log,
      witness,
      troubles,
      struck,
      in_vain,
      disk_refusal: disk.refusal,
    });
    if (wrongIn(report).length > 0) keepEvidence({ seed, access_log, disk, troubles, complaints });
    return report;
  } catch (error) {
    await running?.kill();
    complaints.push(...(running?.complaints() ?? []));
    running = null;
    keepEvidence({ seed, access_log, disk, troubles, complaints });
    const when = injury === null ? 'at the start' : `at ${wordsOf(injury)}`;
    throw new Error(`SEED=${seed}, ${when}: ${(error as Error).message}`, { cause: error });
  } finally {
    disturbing.stop();
    await running?.kill();
    await stopped(witness);
    simulators.stop();
    disk.unmount();
    folder.remove();
  }
}

interface Evidence {
  seed: number;
  access_log: string;
  disk: Disk;
  troubles: readonly Trouble[];
  complaints: readonly string[];
}

/** What somebody needs who wants to know what went wrong: the rest is removed. */
function keepEvidence({ seed, access_log, disk, troubles, complaints }: Evidence): void {
  const kept = join(tmpdir(), `piaokuang-kills-${seed}`);
  rmSync(kept, { recursive: true, force: true });
  cpSync(disk.path, kept, { recursive: true });
  cpSync(access_log, join(kept, 'access.ndjson'));
  writeFileSync(join(kept, 'troubles.json'), JSON.stringify(troubles));
  writeFileSync(join(kept, 'complaints.ndjson'), complaints.join('\n'));
  print(`  evidence: ${kept}`);
}

interface Ground {
  disk: Disk;
  orders: string;
  config: string;
  ballast: string;
}

const SECRETS = {
  INGEST_TOKEN,
  OPERATOR_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
};

function start({ disk, orders, config, ballast }: Ground): Promise<Installation> {
  const injury = pathToFileURL(join(import.meta.dirname, '../injuring/injury.ts')).href;
  return startInstallation({
    data_dir: disk.path,
    args: ['--config', config],
    env: {
      NODE_OPTIONS: `--import=${injury}`,
      INJURIES: orders,
      INJURY_BALLAST: ballast,
      ...SECRETS,
    },
  });
}

/** The time of trouble that the injury made; null when its step never came. */
async function troubleBy(
  injury: Injury,
  running: Installation,
  ground: Ground,
): Promise<Trouble | null> {
  const happened = await strike(injury, ground);
  if (happened === null) return null;
  const { at } = happened;
  if (injury.action === 'full') return { from: at, to: Date.now(), kind: 'full' };
  if (injury.victim === 'main' && injury.action === 'kill')
    return { from: at, to: at, kind: 'down' };
  await answering(originsOf(running));
  const hurts = injury.process === 'collector' || injury.victim === 'main';
  return { from: at, to: Date.now(), kind: hurts ? 'down' : 'aside' };
}

function originsOf({ collector, page_private, notifier }: Installation): string[] {
  return [collector, page_private, notifier];
}

/** Waits until nobody listens at the ports of a killed installation any more. */
async function gone(running: Installation): Promise<void> {
  for (const origin of originsOf(running)) {
    while (
      await fetch(`${origin}/-/healthy`).then(
        () => true,
        () => false,
      )
    )
      await sleep(100);
  }
}

/** Outages of 4 s, again and again: states, incidents and messages have something to say. */
function disturb(origin: string): { stop(): void } {
  const timer = setInterval(() => {
    void startDrill(origin, 'beijing', { kind: 'outage', function: 'query' }, 4_000).catch(
      () => null,
    );
  }, 9_000);
  return {
    stop() {
      clearInterval(timer);
      void endDrills(origin, 'beijing').catch(() => null);
    },
  };
}

async function stopped(witness: Witness): Promise<void> {
  await witness.stop().catch(() => undefined);
}

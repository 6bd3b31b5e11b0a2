import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gap } from '../../model/component.ts';
import { traceId } from '../../model/run-identity.ts';
import type { Access } from '../../simulators/access-log.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { createRandom } from '../random.ts';
import { everySecond, PAGE_AND_LINE, simulatedSystems } from './config.ts';
import { endDrills, startDrill } from './drills.ts';
import { dataFolder, type Installation, startInstallation } from './installation.ts';
import { replayedDifferences } from './replayed.ts';
import { startSimulators } from './simulators.ts';

/**
 * Kills a loaded installation again and again at random moments and compares what it kept with what
 * the simulators remember having answered. The simulators live on: they are the witness.
 */

/**
 * What ended this long before the kill must be there: a bad result waits up to 10 s for its proof,
 * and is recorded then.
 */
const SETTLED_MS = 12_000;
/** What a killed one had sent is received within this time; the next one is not loaded so soon. */
const LEFT_BEHIND_MS = 2_000;

/** Down times from here on are gaps, from the last heartbeat until the collector works again. */
const GAP_MS = 10_000;
/** It is ready at most so long after it works. */
const START_MS = 5_000;

/** A life is under load once the witness has answered so often; that takes 2 s where it is idle. */
const LOADED_AFTER = 40;
const LOADED_WITHIN_MS = 30_000;

export interface CrashReport {
  kills: number;
  /** Runs and looks that the witness saw end in time and that have exactly one row. */
  runs: number;
  looks: number;
  /** Traces of those that have none, or more than one. */
  missing: string[];
  problems: string[];
  uncovered_downtime: string[];
  incidents: number;
  /** Where the same judge says something else of the results. */
  differences: string[];
}

export async function crashRepeatedly(kills: number, seed: number): Promise<CrashReport> {
  const random = createRandom(seed);
  const folder = dataFolder();
  const access_log = join(folder.data_dir, 'access.ndjson');
  const witness = await startSimulators(folder.data_dir, { SIMULATOR_ACCESS_LOG: access_log });
  const config = join(folder.data_dir, 'load.yaml');
  writeFileSync(config, loadConfig(witness.origin));
  const options = { data_dir: folder.data_dir, args: ['--config', config] };
  const lives: Life[] = [];
  let running: Installation | null = null;
  try {
    for (let i = 0; i < kills; i += 1) {
      const starts_at = Date.now();
      running = await startInstallation(options);
      const ready_at = running.ready_at.collector ?? Number.NaN;
      if (random() < 0.5) await startDrill(witness.origin, 'beijing', drillFor(random), 20_000);
      await untilLoaded(access_log);
      await sleep(SETTLED_MS + 2_000 + random() * 4_000);
      const to = Date.now();
      await running.kill();
      lives.push({ starts_at, ready_at, to });
      if (random() < 0.3) await endDrills(witness.origin, 'beijing');
      // some of the down times are long enough to be a gap, the first one always
      if (i === 0 || random() < 0.2) await sleep(GAP_MS + START_MS + 1_000);
    }
    running = await startInstallation(options);
    await sleep(2_000);
    await running.stop();
    running = null;
    return await compare({ data_dir: folder.data_dir, config, access_log, lives });
  } finally {
    await running?.kill();
    witness.stop();
    folder.remove();
  }
}

/** Waits for the load that a busy machine is slow to make. */
async function untilLoaded(access_log: string): Promise<void> {
  const answers = () => readFileSync(access_log, 'utf8').split('\n').length;
  const before = answers();
  const give_up_at = performance.now() + LOADED_WITHIN_MS;
  while (answers() < before + LOADED_AFTER && performance.now() < give_up_at) await sleep(100);
}

/** It looks at once for what it missed, before it says that it is ready. */
interface Life {
  starts_at: number;
  /** Its collector. */
  ready_at: number;
  /** When it was killed. */
  to: number;
}

const DRILLS = [
  { kind: 'outage', function: 'query' },
  { kind: 'outage', function: 'download' },
  { kind: 'flipped' },
  { kind: 'latency', function: 'query', ms: 700 },
];

function drillFor(random: () => number) {
  return DRILLS[Math.floor(random() * DRILLS.length)] ?? { kind: 'outage', function: 'query' };
}

interface CompareParts {
  data_dir: string;
  config: string;
  access_log: string;
  lives: Life[];
}

async function compare({
  data_dir,
  config,
  access_log,
  lives,
}: CompareParts): Promise<CrashReport> {
  const path = join(data_dir, 'piaokuang.db');
  const store = await openStore({ path });
  const installation = await store.installation();
  await store.close();
  const reader = await openStoreReader({ path });
  const from = (lives[0]?.ready_at ?? 0) - 60_000;
  const to = Date.now() + 60_000;
  const results = await reader.results({ from, to, limit: 1_000_000 });
  const runs = countBy(
    results.map(({ check, slot_at }) => traceId({ installation, check, slot_at })),
  );
  const journeys = await reader.journeys({ limit: 1_000_000 });
  const looks = countBy(
    (await Promise.all(journeys.map((it) => reader.looks(it.id))))
      .flat()
      .map((it) => traceId({ installation, check: it.journey, slot_at: it.started_at })),
  );
  const settled = settledTraces(access_log, lives);
  const report: CrashReport = {
    kills: lives.length,
    runs: settled.filter((trace) => runs.get(trace) === 1).length,
    looks: settled.filter((trace) => looks.get(trace) === 1).length,
    missing: settled.filter((trace) => (runs.get(trace) ?? 0) + (looks.get(trace) ?? 0) !== 1),
    problems: await reader.integrityProblems(),
    uncovered_downtime: uncovered(lives, await reader.gaps(from, to)),
    incidents: (await reader.incidents({ limit: 10_000 })).length,
    differences: await replayedDifferences({ path, config }),
  };
  await reader.close();
  return report;
}

/**
 * The traces of requests that one life sent and whose last answer ended at least
 * {@link SETTLED_MS} before it was killed. What one leaves behind is answered in the next one's.
 */
function settledTraces(access_log: string, lives: Life[]): string[] {
  const exchanges = new Map<string, Pick<Access, 'started_at' | 'ended_at'>>();
  for (const line of readFileSync(access_log, 'utf8').split('\n')) {
    if (line === '') continue;
    const { trace_id, started_at, ended_at } = JSON.parse(line) as Access;
    if (trace_id === null) continue;
    const first = exchanges.get(trace_id)?.started_at ?? started_at;
    exchanges.set(trace_id, { started_at: Math.min(first, started_at), ended_at });
  }
  return [...exchanges]
    .filter(([, { started_at, ended_at }]) =>
      lives.some(
        (it) => started_at >= it.starts_at + LEFT_BEHIND_MS && ended_at <= it.to - SETTLED_MS,
      ),
    )
    .map(([trace]) => trace);
}

/** Down times of {@link GAP_MS} and more (less what a start takes) that no gap covers. */
function uncovered(lives: readonly Life[], gaps: readonly Gap[]): string[] {
  const missing: string[] = [];
  for (let i = 1; i < lives.length; i += 1) {
    const down_from = lives[i - 1]?.to ?? 0;
    const up_at = lives[i]?.ready_at ?? 0;
    if (up_at - START_MS - down_from < GAP_MS) continue;
    const covered = gaps.some((gap) => gap.from <= down_from && gap.to >= up_at - START_MS);
    if (!covered)
      missing.push(`${new Date(down_from).toISOString()} to ${new Date(up_at).toISOString()}`);
  }
  return missing;
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** About 14 runs a second, and looks at every invoice they upload. */
function loadConfig(origin: string): string {
  const checks = [
    ...Array.from({ length: 4 }, (_, i) => everySecond(`upload-${i}`, 'pinduoduo', 'upload')),
    ...Array.from({ length: 4 }, (_, i) => everySecond(`query-${i}`, 'beijing', 'query')),
    ...['pdf', 'ofd', 'xml'].flatMap((format) =>
      Array.from({ length: 2 }, (_, i) =>
        everySecond(`${format}-${i}`, 'beijing', 'download', `options: { format: ${format} }`),
      ),
    ),
  ];
  return `${PAGE_AND_LINE}systems:
${simulatedSystems(origin)}checks:
${checks.join('\n')}
  sync:
    system: beijing
    function: sync
    follows: pinduoduo
    deadline: 5s
    looks_per_minute: 600
policies:
  default: { confirmations: 2, confirm_distance: 1s, settle: 1s, resolve_after: 3s }
  beijing.sync: { stalled_after: 60s }
`;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

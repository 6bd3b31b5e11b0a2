import type { Check, Configuration, System } from '../../../model/configuration.ts';
import { SECOND, systemClock } from '../../../model/time.ts';
import { createCheckRunner } from '../../../probes/line/check-runner.ts';
import { judgeInThread } from '../../../probes/line/files-thread.ts';
import type { LineRun } from '../../../probes/line/line.ts';
import { demoAt } from '../../probes/simulated.ts';
import { pem } from './authority.ts';
import { expectationsOf, type OddServer } from './odd-server.ts';
import { openStage, startOddServer } from './stage.ts';
import { trustedRoots } from './trust.ts';

const DEADLINE_MS = 8 * SECOND;
/** As many as a busy machine answers in time. */
const AT_ONCE = 16;

/** Whether a run of a server is as it should be. */
type Fits = (server: OddServer, run: LineRun) => boolean;

/**
 * What `reachAll` finds. A time-out beside others on a busy machine says little: a server whose run
 * was not in time, and should have been, is asked once more, alone.
 */
export async function reachEach(
  servers: readonly OddServer[],
  fits: Fits,
  proxy: string | null = null,
): Promise<Map<string, LineRun>> {
  const runs = await reachAll(servers, AT_ONCE, proxy);
  const doubtful = servers.filter((server) => {
    const run = runs.get(server.id);
    return run?.outcome === 'timeout' && !fits(server, run);
  });
  return new Map([...runs, ...(await reachAll(doubtful, 1, proxy))]);
}

/**
 * What the `reach` of a `web` system makes of each server, by its id: run as a line
 * runs it, by way of a proxy if one is given.
 */
async function reachAll(
  servers: readonly OddServer[],
  at_once: number,
  proxy: string | null,
): Promise<Map<string, LineRun>> {
  const stage = openStage();
  const urls = new Map<string, string>();
  for (const server of servers) urls.set(server.id, await startOddServer(server, stage));
  const configuration = configurationFor(servers, urls, proxy);
  const line = createCheckRunner({
    configuration,
    installation: 'test',
    clock: systemClock,
    judge: judgeInThread(systemClock),
  });
  const runs = new Map<string, LineRun>();
  const waiting = [...servers];
  async function runNext(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      runs.set(next.id, await line.run(next.id, systemClock.now()));
    }
  }
  await Promise.all(Array.from({ length: at_once }, runNext));
  await stage.clear();
  return runs;
}

function configurationFor(
  servers: readonly OddServer[],
  urls: ReadonlyMap<string, string>,
  proxy: string | null,
): Configuration {
  const demo = demoAt('http://127.0.0.1:1');
  const lines = demo.lines.map((line) => ({ ...line, proxy }));
  const systems = servers.map(({ id }) => systemAt(id, new URL(urls.get(id) ?? '')));
  const checks = servers.map((server) => checkOf(server, new URL(urls.get(server.id) ?? '')));
  return { ...demo, lines, systems, checks };
}

function systemAt(id: string, { origin }: URL): System {
  const name = { 'zh-CN': id, en: id };
  const kind = { driver: 'web', environment: 'production', neutral: false } as const;
  return { id, name, ...kind, ca: pem(...trustedRoots()), url: origin, settings: {} };
}

function checkOf(server: OddServer, { pathname, search }: URL): Check {
  return {
    id: server.id,
    system: server.id,
    line: 'local',
    deadline_ms: server.deadline_ms ?? DEADLINE_MS,
    function: 'reach',
    schedule: '0 * * * * *',
    zone: 'Asia/Shanghai',
    options: { path: pathname + search, ...expectationsOf(server) },
  };
}

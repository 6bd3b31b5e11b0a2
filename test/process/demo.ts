import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../..');

/** A running installation: all processes of `npm start`, in a process group of their own. */
export interface Installation {
  data_dir: string;
  /** Origin of the page, e.g. `http://127.0.0.1:40123`. */
  page: string;
  /** Origins of the private listeners. */
  collector: string;
  page_private: string;
  notifier: string;
  /** Origin of the simulators; empty when the installation has none of its own. */
  simulators: string;
  pids: Record<string, number>;
  /** What it said to people so far. */
  said(): string;
  /** kill -9 of everything at once. */
  kill(): Promise<void>;
  /** SIGTERM, and the exit code it led to. */
  stop(): Promise<number | null>;
}

export interface StartOptions {
  data_dir: string;
  args?: string[];
  env?: Record<string, string>;
}

/** A folder for an installation's data, and its removal. */
export function dataFolder(): { data_dir: string; remove(): void } {
  const data_dir = mkdtempSync(join(tmpdir(), 'piaokuang-'));
  return { data_dir, remove: () => rmSync(data_dir, { recursive: true, force: true }) };
}

const DEMO_CHILDREN = ['simulators', 'collector', 'page', 'notifier'];

/** Starts `main.ts` with picked ports and settles when every process is ready. */
export async function startInstallation({
  data_dir,
  args = [],
  env = {},
}: StartOptions): Promise<Installation> {
  const child = spawn(process.execPath, [join(ROOT, 'main.ts'), ...args], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...PICKED_PORTS, DATA_DIR: data_dir, DEMO_DRILL: 'off', ...env },
  });
  const words: string[] = [];
  child.stderr?.on('data', (chunk) => words.push(String(chunk)));
  const wanted = args.includes('--config')
    ? DEMO_CHILDREN.filter((it) => it !== 'simulators')
    : DEMO_CHILDREN;
  const ready = await readiness(child, wanted, () => words.join(''));
  const origin = (name: string, port: string) =>
    ready[name] ? `http://127.0.0.1:${ready[name].ports[port]}` : '';
  return {
    data_dir,
    page: origin('page', 'page'),
    collector: origin('collector', 'private'),
    page_private: origin('page', 'private'),
    notifier: origin('notifier', 'private'),
    simulators: origin('simulators', 'simulators'),
    pids: Object.fromEntries(Object.entries(ready).map(([name, it]) => [name, it.pid])),
    said: () => words.join(''),
    kill: () => killGroup(child),
    stop: () => terminate(child),
  };
}

const PICKED_PORTS = {
  PORT: '0',
  COLLECTOR_PORT: '0',
  PAGE_PRIVATE_PORT: '0',
  NOTIFY_PORT: '0',
  INGEST_PORT: '0',
  SIMULATOR_PORT: '0',
};

interface ReadyChild {
  pid: number;
  ports: Record<string, number>;
}

/** Reads the log on stdout until each wanted child has said that it is ready. */
function readiness(
  child: ChildProcess,
  wanted: string[],
  said: () => string,
): Promise<Record<string, ReadyChild>> {
  return new Promise((resolve, reject) => {
    const ready: Record<string, ReadyChild> = {};
    if (!child.stdout) throw new Error('no stdout');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = parseLine(line);
      if (entry?.msg !== 'ready' || !entry.child) return;
      ready[entry.child] = entry;
      if (wanted.every((name) => name in ready)) resolve(ready);
    });
    child.once('exit', (code) => reject(new Error(`exited with ${code}: ${said()}`)));
  });
}

function parseLine(line: string): (ReadyChild & { msg?: string; child?: string }) | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await gone;
}

async function terminate(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
  return child.exitCode;
}

/**
 * Runs `probe` every 50 ms until it returns something, and says how long that took; fails after
 * `limit_ms`.
 */
export async function eventually<T>(
  what: string,
  limit_ms: number,
  probe: () => Promise<T | null | undefined | false>,
): Promise<{ value: T; after_ms: number }> {
  const start = performance.now();
  for (;;) {
    const value = await probe();
    const after_ms = performance.now() - start;
    if (value) return { value, after_ms };
    if (after_ms > limit_ms) throw new Error(`not within ${limit_ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function getJson<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
  return (await answer.json()) as T;
}

export async function getText(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
  return answer.text();
}

/** The v2 status of a component, by its id. */
export async function componentStatus(page: string, id: string): Promise<string | undefined> {
  const { components } = await getJson<{ components: { id: string; status: string }[] }>(
    `${page}/api/v2/components.json`,
  );
  return components.find((it) => it.id === id)?.status;
}

/**
 * The value of one series of a metrics text, or null. `labels` must all be there; others may be
 * too.
 */
export function metric(
  text: string,
  name: string,
  labels: Record<string, string> = {},
): number | null {
  for (const line of text.split('\n')) {
    if (!line.startsWith(`${name}{`) && !line.startsWith(`${name} `)) continue;
    if (!Object.entries(labels).every(([k, v]) => line.includes(`${k}="${v}"`))) continue;
    return Number(line.slice(line.lastIndexOf(' ')));
  }
  return null;
}

/** Starts a drill that ends by itself after `for_ms`; returns its id. */
export async function startDrill(
  simulators: string,
  system: string,
  drill: { kind: string; function?: string; format?: string; ms?: number },
  for_ms = 10 * 60_000,
): Promise<string> {
  const answer = await fetch(`${simulators}/${system}/drills`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...drill, until: new Date(Date.now() + for_ms).toISOString() }),
  });
  if (!answer.ok) throw new Error(`drill refused: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

export async function endDrills(simulators: string, system: string): Promise<void> {
  const answer = await fetch(`${simulators}/${system}/drills`, { method: 'DELETE' });
  if (!answer.ok) throw new Error(`drills not ended: HTTP ${answer.status}`);
}

/** The components of the demo. */
export const DEMO_COMPONENTS = [
  'pinduoduo.upload',
  'beijing.query',
  'beijing.sync',
  'beijing.download',
  'inv-veri.reach',
  'erp.reach',
  'erp.sync',
];

/** Waits until every component of the demo was measured and is operational. */
export async function allOperational(page: string, limit_ms = 60_000): Promise<void> {
  await eventually('every function measured and operational', limit_ms, async () => {
    const states = await Promise.all(DEMO_COMPONENTS.map((id) => componentStatus(page, id)));
    return states.every((it) => it === 'operational');
  });
}

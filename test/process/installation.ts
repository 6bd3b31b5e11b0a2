import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EpochMs } from '../../model/vocabulary.ts';
import { PICKED_PORTS } from '../picked-ports.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A running installation: all processes of `npm start`, in a process group of their own. */
export interface Installation {
  data_dir: string;
  /** Path of its database. */
  database: string;
  /** Origin of the page, e.g. `http://127.0.0.1:40123`. */
  page: string;
  /** Origins of the private listeners. */
  collector: string;
  page_private: string;
  notifier: string;
  /** Origin at which events are taken; empty when it takes none. */
  ingest: string;
  /** Origin of the simulators; empty when the installation has none of its own. */
  simulators: string;
  /** Of its processes as they were when it was ready, by name; `main` starts the others. */
  pids: Record<string, number>;
  /** When each of its children was ready, by name. */
  ready_at: Record<string, number>;
  /** What it said to people so far. */
  said(): string;
  /** Lines of its log that are warnings or errors. */
  complaints(): readonly string[];
  /** kill -9 of everything at once. */
  kill(): Promise<void>;
  /** SIGTERM, and the exit code it led to. */
  stop(): Promise<number | null>;
}

export interface StartOptions {
  data_dir: string;
  args?: string[];
  env?: Record<string, string>;
  /**
   * In our session rather than in one of its own, among which Linux divides the processors first
   * (autogroup): for comparing it with others that we start. It can be stopped, not killed.
   */
  is_beside_us?: boolean;
}

/** A folder for an installation's data, and its removal. */
export function dataFolder(): { data_dir: string; remove(): void } {
  const data_dir = mkdtempSync(join(tmpdir(), 'piaokuang-'));
  return { data_dir, remove: () => rmSync(data_dir, { recursive: true, force: true }) };
}

/** Much longer than a start takes, with the made-up history of the demo on a busy machine too. */
const READY_WITHIN_MS = 90_000;

const DEMO_CHILDREN = ['simulators', 'collector', 'page', 'notifier'];

/** Starts `main.ts` with picked ports and settles when every process is ready. */
export async function startInstallation({
  data_dir,
  args = [],
  env = {},
  is_beside_us = false,
}: StartOptions): Promise<Installation> {
  const child = spawn(process.execPath, [join(ROOT, 'main.ts'), ...args], {
    cwd: ROOT,
    detached: !is_beside_us,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...PICKED_PORTS, DATA_DIR: data_dir, DEMO_DRILL: 'off', ...env },
  });
  const words: string[] = [];
  child.stderr?.on('data', (chunk) => words.push(String(chunk)));
  const complaints: string[] = [];
  const configured = args.includes('--config');
  const wanted = configured ? DEMO_CHILDREN.filter((it) => it !== 'simulators') : DEMO_CHILDREN;
  const ready = await readiness(child, wanted, { said: () => words.join(''), complaints });
  const origin = (name: string, listener: string) => {
    const port = ready[name]?.ports[listener];
    return port === undefined ? '' : `http://127.0.0.1:${port}`;
  };
  return {
    data_dir,
    database: join(data_dir, configured ? 'piaokuang.db' : 'demo.db'),
    page: origin('page', 'page'),
    collector: origin('collector', 'private'),
    page_private: origin('page', 'private'),
    notifier: origin('notifier', 'private'),
    ingest: origin('collector', 'ingest'),
    simulators: origin('simulators', 'simulators'),
    pids: {
      main: child.pid ?? Number.NaN,
      ...Object.fromEntries(Object.entries(ready).map(([name, it]) => [name, it.pid])),
    },
    ready_at: Object.fromEntries(Object.entries(ready).map(([name, it]) => [name, it.at])),
    said: () => words.join(''),
    complaints: () => complaints,
    kill: () => killGroup(child),
    stop: () => terminate(child),
  };
}

interface ReadyChild {
  pid: number;
  ports: Record<string, number>;
  at: EpochMs;
}

const COMPLAINING = ['warn', 'error', 'fatal'];

/** Reads the log on stdout until each wanted child has said that it is ready. */
function readiness(
  child: ChildProcess,
  wanted: string[],
  { said, complaints }: { said: () => string; complaints: string[] },
): Promise<Record<string, ReadyChild>> {
  return new Promise((resolve, reject) => {
    const ready: Record<string, ReadyChild> = {};
    const fail = (why: string) => reject(new Error([why, said(), ...complaints].join('\n')));
    const limit = setTimeout(() => fail('not ready in time'), READY_WITHIN_MS);
    if (!child.stdout) throw new Error('no stdout');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = parseLine(line);
      if (entry?.level !== undefined && COMPLAINING.includes(entry.level)) complaints.push(line);
      if (entry?.msg !== 'ready' || !entry.child) return;
      ready[entry.child] = { ...entry, at: Date.parse(entry.time) };
      if (!wanted.every((name) => name in ready)) return;
      clearTimeout(limit);
      resolve(ready);
    });
    child.once('exit', (code) => {
      clearTimeout(limit);
      fail(`exited with ${code}`);
    });
  });
}

interface LogLine extends Omit<ReadyChild, 'at'> {
  time: string;
  level?: string;
  msg?: string;
  child?: string;
}

function parseLine(line: string): LogLine | null {
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

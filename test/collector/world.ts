import { expect, onTestFinished, vi } from 'vitest';
import { type Collector, startCollector } from '../../collector/collector.ts';
import type { ComponentStatus, Transition } from '../../model/component.ts';
import {
  type Configuration,
  type IngestToken,
  isScheduled,
  type Policy,
} from '../../model/configuration.ts';
import type { Clock, Log, Signer } from '../../model/ports.ts';
import type { Result } from '../../model/result.ts';
import { SECOND } from '../../model/time.ts';
import { createTelemetry, type ProcessTelemetry } from '../../platform/telemetry/telemetry.ts';
import type { LineLook, LineRun } from '../../probes/line/line.ts';
import { createLineRunner, type LineRunnerParts } from '../../probes/line/line-runner.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { signedBy } from '../model/signed-by.ts';
import { temporaryPath } from '../store/temporary.ts';
import { configuration, START } from './configuration.ts';

/** A log that keeps what went wrong. */
function complainingLog(complaints: string[]): Log {
  const keep = (_: unknown, message: string) => void complaints.push(message);
  return { debug() {}, info() {}, warn: keep, error: keep };
}

/** The clock that vitest sets. */
export const fakeClock: Clock = { now: () => Date.now(), monotonic: () => Date.now() };

/** Stops time for the running test; only `advanceTimersByTimeAsync` moves it. */
export function stopTime(at = START): void {
  vi.useFakeTimers({
    now: at,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

/** How the systems answer; tests change it while time passes. */
export interface Script {
  /** Per check; what is not said is a good answer after 200 ms. */
  runs: Record<string, Partial<LineRun>>;
  finding: LineLook['finding'];
  /** How long after its acceptance an invoice shows, while `finding` is `found`. */
  shows_after_ms: number;
  /** How long a look takes; 50 ms unless told otherwise. */
  look_ms?: number;
  /** By its acceptance, whether an invoice never shows. */
  loses?: (accepted_at: number) => boolean;
}

const GOOD: Omit<LineRun, 'started_at'> = {
  duration_ms: 200,
  outcome: 'ok',
  reason: null,
  detail: null,
  phases: { connect: 1, processing: 199 },
  bytes: 10,
  http_status: 200,
  certificate_expires_at: null,
  certificates: [],
  tls_version: null,
  notes: [],
  integrity: null,
  file: null,
  asked: null,
  accepted: null,
  contact: null,
};

export const HTTP_503: Partial<LineRun> = {
  outcome: 'system',
  reason: 'http_status',
  detail: 'HTTP 503',
  http_status: 503,
};

/** A line whose answers are scripted: what is measured is not the subject here. */
function scriptedLine(script: Script, clock: Clock) {
  const runs: { check: string; slot_at: number }[] = [];
  const accepted_at = new Map<string, number>();
  const after = <T>(value: T, ms: number) =>
    new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));
  return {
    runs,
    measure(check: string, slot_at: number): Promise<LineRun> {
      runs.push({ check, slot_at });
      const started_at = clock.now();
      const answer = { ...GOOD, ...script.runs[check], started_at };
      if (check === 'shop-upload' && answer.outcome === 'ok') {
        const number = `2600${String(slot_at).padStart(16, '0')}`;
        accepted_at.set(number, started_at + answer.duration_ms);
        answer.accepted = {
          number,
          issued: '20261102100000',
          accepted_at: started_at + answer.duration_ms,
        };
      }
      return after(answer, answer.duration_ms);
    },
    look({ number }: { number: string }): Promise<LineLook> {
      const started_at = clock.now();
      const at = accepted_at.get(number) ?? 0;
      const shows = started_at - at >= script.shows_after_ms && !script.loses?.(at);
      const finding = script.finding === 'found' && !shows ? 'absent' : script.finding;
      const failed = finding === 'failed';
      const duration_ms = script.look_ms ?? 50;
      return after(
        {
          started_at,
          duration_ms,
          finding,
          outcome: failed ? 'timeout' : 'ok',
          reason: failed ? 'timeout_processing' : null,
        },
        duration_ms,
      );
    },
  };
}

export interface World {
  path: string;
  store: Store;
  script: Script;
  line: ReturnType<typeof scriptedLine>;
  telemetry: ProcessTelemetry;
  collector: Collector;
  /** Warnings and errors in the log. */
  complaints: string[];
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
}

interface WorldParts {
  path?: string;
  policy?: Partial<Policy>;
  ingest?: IngestToken[];
  /** Instead of the shop and the bureau. */
  settings?: Configuration;
  script?: Script;
  clock?: Clock;
  /** Of the store with a locked database. */
  patience_ms?: number;
  signer?: Signer;
  /** Absent: all that is measured is on this machine. */
  gather?: LineRunnerParts['gather'];
}

/** What a log may say of trouble that a test makes. */
const OF_OUR_OWN = ['gap recorded: nothing was measured', 'the wall clock was set back'];

/** A collector over a real database and a scripted line, with time standing still. */
export async function startWorld({
  path = temporaryPath(),
  policy,
  ingest,
  settings = configuration(policy, ingest),
  script = { runs: {}, finding: 'found', shows_after_ms: 0 },
  clock = fakeClock,
  patience_ms,
  signer = signedBy('test'),
  gather,
}: WorldParts = {}): Promise<World> {
  const store = await openStore({ path, ...(patience_ms !== undefined && { patience_ms }) });
  const line = scriptedLine(script, clock);
  const telemetry = createTelemetry('collector');
  const complaints: string[] = [];
  const collector = await startCollector({
    store,
    configuration: settings,
    signer,
    diskSpace: async () => ({ free_bytes: 50, total_bytes: 100 }),
    startLine: (start, events) =>
      createLineRunner({
        line: 'local',
        checks: settings.checks.filter(isScheduled),
        depends_on: settings.depends_on,
        start,
        events,
        measure: line.measure,
        look: line.look,
        clock,
        timeSinceBoot: () => null,
        ...(gather && { gather }),
      }),
    telemetry,
    clock,
    timeSinceBoot: () => null,
    log: complainingLog(complaints),
  });
  return {
    path,
    store,
    script,
    line,
    telemetry,
    collector,
    complaints,
    pass: async (ms) => {
      await vi.advanceTimersByTimeAsync(ms);
    },
  };
}

/** Stops the collector the orderly way and closes its database; takes 9 s, or more if it must. */
export async function stopWorld({ collector, store, complaints }: World): Promise<void> {
  await stopCollector(collector);
  await store.close();
  expect(complaints.filter((it) => !OF_OUR_OWN.includes(it))).toEqual([]);
}

/** Lets time pass until it has stopped: 9 s, or more on a busy machine. */
export async function stopCollector(collector: Collector): Promise<void> {
  let is_stopped = false;
  const stopped = collector.stop().finally(() => {
    is_stopped = true;
  });
  const until = Date.now() + 9 * SECOND;
  while (!is_stopped || Date.now() < until) {
    await vi.advanceTimersByTimeAsync(SECOND / 10);
    // Reading and writing take no time here, but turns.
    for (let turns = 0; turns < 20; turns += 1) await new Promise((next) => setImmediate(next));
  }
  await stopped;
}

/** Everything recorded of a check, oldest first. */
export async function resultsOf({ store }: World, check: string): Promise<Result[]> {
  return store.results({ check, from: 0, to: START * 2, limit: 10_000 });
}

/** The component as the page would show it. */
export async function statusOf({ store }: World, component: string): Promise<ComponentStatus> {
  const status = (await store.components()).find((it) => it.component === component);
  if (!status) throw new Error(`${component} has no row`);
  return status;
}

export async function transitionsOf({ store }: World, component: string): Promise<Transition[]> {
  const all = await store.transitions(0, START * 2);
  return all.filter((it) => it.component === component);
}

import {
  type Check,
  type Configuration,
  isScheduled,
  type System,
} from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import type { Measurement } from '../../model/result.ts';
import { componentId, type EpochMs, WRITING_FUNCTIONS } from '../../model/vocabulary.ts';
import { writeRefusal } from '../../model/writing.ts';
import { type Exchange, openExchange } from '../exchange/exchange.ts';
import { type Driver, PROBES } from '../index.ts';
import { look } from '../look.ts';
import { nothingMeasured } from '../probe.ts';
import type { InvoiceKey } from '../query.ts';
import { lookIdentity, type RunIdentity, traceParent } from '../run-identity.ts';
import { SYSTEMS } from '../systems/index.ts';
import type { LineLook, LineRun, Timed } from './line.ts';
import { createRests } from './rests.ts';

/** Runs checks and looks in this thread. An exception in a probe is reported as outcome `self`. */
export interface CheckRunner {
  run(check_id: string, slot_at: EpochMs): Promise<LineRun>;
  look(check_id: string, key: InvoiceKey): Promise<LineLook>;
}

/** The configuration whose checks are run, and the installation's id. */
export interface RunnerParts {
  configuration: Configuration;
  installation: string;
  clock: Clock;
}

/** Creates a driver for every configured system. Throws when a driver is unknown. */
export function createCheckRunner(parts: RunnerParts): CheckRunner {
  const { configuration, installation, clock } = parts;
  const { contact } = configuration.page;
  const rests = createRests(clock);
  const checks = new Map(configuration.checks.map((check) => [check.id, check]));
  const systems = new Map(configuration.systems.map((system) => [system.id, prepare(system)]));

  function find(check_id: string): { check: Check; system: System; driver: Driver } {
    const check = checks.get(check_id);
    const prepared = check && systems.get(isScheduled(check) ? check.system : check.looks_at);
    if (check === undefined || prepared === undefined) {
      throw new Error(`check ${check_id} is not in the configuration`);
    }
    return { check, ...prepared };
  }

  async function measure(check_id: string, slot_at: EpochMs): Promise<Measurement> {
    const { check, system, driver } = find(check_id);
    const probe = isScheduled(check) ? PROBES[check.function] : undefined;
    if (!isScheduled(check) || probe === undefined) {
      return nothingMeasured('probe_error', `no probe measures ${check.function}`);
    }
    const refusal = refusalOf(check, system);
    if (refusal !== null) return nothingMeasured('probe_error', refusal);
    const resting = rests.resting(system);
    if (resting !== null) return resting;
    const identity = { installation, check: check.id, slot_at };
    const exchange = open(check, system, identity);
    const measured = await probe({ identity, check, driver, exchange });
    rests.note(system, measured);
    return measured;
  }

  async function lookFor(check_id: string, key: InvoiceKey, started_at: EpochMs) {
    const { check, system, driver } = find(check_id);
    const component = componentId(check.system, check.function);
    const identity = lookIdentity({ installation, component, number: key.number, started_at });
    return await look(driver, open(check, system, identity), key);
  }

  /** Only our own simulators receive the trace id. */
  function open({ deadline_ms }: Check, { environment }: System, identity: RunIdentity): Exchange {
    const traceparent = environment === 'simulator' ? traceParent(identity) : null;
    return openExchange({ deadline_ms, contact, traceparent, clock });
  }

  return {
    run: (check_id, slot_at) =>
      timed(
        clock,
        () => measure(check_id, slot_at),
        (error) => nothingMeasured('probe_error', errorLocation(error)),
      ),
    look: (check_id, key) =>
      timed(
        clock,
        (started_at) => lookFor(check_id, key, started_at),
        () => ({ finding: 'failed', outcome: 'self', reason: 'probe_error' }),
      ),
  };
}

function prepare(system: System): { system: System; driver: Driver } {
  const definition = SYSTEMS[system.driver];
  if (definition === undefined) {
    const known = Object.keys(SYSTEMS).join(', ');
    throw new Error(`system ${system.id}: there is no driver ${system.driver}; there are ${known}`);
  }
  return { system, driver: definition.createDriver(system) };
}

/** Defence in depth: the configuration already refuses these checks. */
function refusalOf({ function: fn }: Check, system: System): string | null {
  const { url, environment } = system;
  const why = SYSTEMS[system.driver]?.simulator_only?.[fn];
  if (why !== undefined && environment !== 'simulator') return why;
  return WRITING_FUNCTIONS.includes(fn)
    ? writeRefusal(url, environment, Object.values(SYSTEMS))
    : null;
}

async function timed<T extends object>(
  clock: Clock,
  work: (started_at: EpochMs) => Promise<T>,
  onThrow: (error: unknown) => T,
): Promise<T & Timed> {
  const started_at = clock.now();
  const start = clock.monotonic();
  let done: T;
  try {
    done = await work(started_at);
  } catch (error) {
    done = onThrow(error);
  }
  return { ...done, started_at, duration_ms: clock.monotonic() - start };
}

/** Error name and location only: the message may contain data that must not be stored. */
function errorLocation(error: unknown): string {
  if (!(error instanceof Error)) return 'a probe threw a non-error value';
  const place = error.stack?.match(/\/((?:probes|model)\/[\w./-]+:\d+)/)?.[1] ?? 'unknown place';
  return `${error.name} at ${place}`;
}

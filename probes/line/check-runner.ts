import {
  type Check,
  type Configuration,
  isFollowing,
  isScheduled,
  type ScheduledCheck,
  type System,
} from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import type { Measurement } from '../../model/result.ts';
import { lookIdentity, type RunIdentity, traceParent } from '../../model/run-identity.ts';
import type { SpecimenCopy } from '../../model/specimen.ts';
import { componentId, type EpochMs, WRITING_FUNCTIONS } from '../../model/vocabulary.ts';
import { writeRefusal } from '../../model/writing.ts';
import { addressesAsked } from '../addresses-asked.ts';
import { type Exchange, type ExchangeWitness, openExchange } from '../exchange/exchange.ts';
import { createNames, type Names } from '../exchange/names/names.ts';
import type { FileContext, JudgeCopy } from '../files/download-verdict.ts';
import { errorLocation } from '../files/error-location.ts';
import { type Driver, PROBES } from '../index.ts';
import { look } from '../look.ts';
import { nothingMeasured } from '../probe.ts';
import type { InvoiceKey } from '../query.ts';
import { SYSTEMS } from '../systems/index.ts';
import type { LineLook, LineRun, Timed } from './line.ts';
import { createRests } from './rests.ts';

/** Runs checks and looks in this thread. An exception in a probe is reported as outcome `self`. */
export interface CheckRunner {
  run(check_id: string, slot_at: EpochMs, known?: readonly SpecimenCopy[]): Promise<LineRun>;
  look(check_id: string, key: InvoiceKey): Promise<LineLook>;
}

/** The configuration whose checks are run, and the installation's id. */
export interface RunnerParts {
  configuration: Configuration;
  installation: string;
  clock: Clock;
  /** Finds addresses; absent: as this machine is set up. */
  names?: Names;
  /** Judges downloaded files; absent: in this thread. */
  judge?: JudgeCopy;
  /** Is told what a run asks, and what is answered. */
  witness?: ExchangeWitness;
}

/** Creates a driver for every configured system. Throws when a driver is unknown. */
export function createCheckRunner(parts: RunnerParts): CheckRunner {
  const { configuration, installation, clock, judge = judgeHere } = parts;
  const { names = createNames(), witness } = parts;
  const { contact } = configuration.page;
  const rests = createRests(clock);
  const checks = new Map(configuration.checks.map((check) => [check.id, check]));
  const systems = new Map(configuration.systems.map((system) => [system.id, prepare(system)]));
  const asked = new Map<string, ReturnType<typeof addressesAsked>>();
  const proxies = new Map(configuration.lines.map(({ id, proxy }) => [id, proxy]));

  function find(check_id: string): { check: Check; system: System; driver: Driver } {
    const check = checks.get(check_id);
    const prepared = check && systems.get(isFollowing(check) ? check.looks_at : check.system);
    if (check === undefined || prepared === undefined) {
      throw new Error(`check ${check_id} is not in the configuration`);
    }
    return { check, ...prepared };
  }

  async function measure(ordered: Ordered, timing: Timing): Promise<Measurement> {
    const { check_id, slot_at, known } = ordered;
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
    timing.exchange = open(check, system, identity);
    const files: FileContext = { judge, known, key: installation };
    const measured = await probe({ identity, check, driver, exchange: timing.exchange, files });
    rests.note(system, measured);
    return measured;
  }

  async function lookFor(check_id: string, key: InvoiceKey, timing: Timing) {
    const { started_at } = timing;
    const { check, system, driver } = find(check_id);
    const component = componentId(check.system, check.function);
    const identity = lookIdentity({ installation, component, number: key.number, started_at });
    timing.exchange = open(check, system, identity);
    return await look(driver, timing.exchange, key);
  }

  /** Only our own simulators receive the trace id. */
  function open(check: Check, { environment, ca, url }: System, identity: RunIdentity): Exchange {
    const { deadline_ms, line, function: fn } = check;
    const traceparent = environment === 'simulator' ? traceParent(identity) : null;
    const proxy = proxies.get(line) ?? null;
    const is_reach = isScheduled(check) && fn === 'reach';
    return openExchange({
      deadline_ms,
      contact,
      traceparent,
      clock,
      names,
      ca,
      proxy,
      fills_in_intermediate: is_reach,
      ...(is_reach ? addressesOfReach(check, url) : {}),
      ...(witness === undefined ? {} : { witness }),
    });
  }

  /** Read once: the options of a check stay. */
  function addressesOfReach({ id, options }: ScheduledCheck, url: string) {
    const known = asked.get(id) ?? addressesAsked(options, url);
    asked.set(id, known);
    return known;
  }

  return {
    run: (check_id, slot_at, known = []) =>
      timed(
        clock,
        (timing) => measure({ check_id, slot_at, known }, timing),
        (error) => nothingMeasured('probe_error', errorLocation(error)),
      ),
    look: (check_id, key) =>
      timed(
        clock,
        (timing) => lookFor(check_id, key, timing),
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

/** A run to be made. */
interface Ordered {
  check_id: string;
  slot_at: EpochMs;
  known: readonly SpecimenCopy[];
}

/** The start of a run, and the exchange that knows its end. */
interface Timing {
  started_at: EpochMs;
  exchange: Exchange | null;
}

/** The duration ends with the last response: judging a file is not the system's time. */
async function timed<T extends object>(
  clock: Clock,
  work: (timing: Timing) => Promise<T>,
  onThrow: (error: unknown) => T,
): Promise<T & Timed> {
  const timing: Timing = { started_at: clock.now(), exchange: null };
  const start = clock.monotonic();
  let done: T;
  try {
    done = await work(timing);
  } catch (error) {
    done = onThrow(error);
  }
  const ended_at = timing.exchange?.endedAt() ?? clock.monotonic();
  return { ...done, started_at: timing.started_at, duration_ms: ended_at - start };
}

/** Loaded with the first file: where files have a thread of their own, this one never reads any. */
const judgeHere: JudgeCopy = async (request) =>
  (await import('../files/judge-copy.ts')).judgeCopy(request);

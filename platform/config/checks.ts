import { isIP } from 'node:net';
import {
  type Check,
  OWN_TRAFFIC_LINE,
  type OwnTrafficCheck,
  type ScheduledCheck,
  type System,
} from '../../model/configuration.ts';
import { type InvoiceFunction, WRITING_FUNCTIONS } from '../../model/vocabulary.ts';
import { writeRefusal } from '../../model/writing.ts';
import type { DriverSchema, DriverSchemas } from './drivers.ts';
import { hint } from './issues.ts';
import { type Report, validate } from './report.ts';
import { formatDuration } from './scalars.ts';
import type {
  CheckEntry,
  FollowingCheckEntry,
  OwnTrafficCheckEntry,
  ScheduledCheckEntry,
} from './schema.ts';
import type { Entries } from './sections.ts';

/** Entities that a check can refer to. */
export interface CheckContext {
  /** By id; null where the entry has problems of its own. */
  systems: Entries<System>;
  /** Ids of the lines. */
  lines: readonly string[];
  /** Ids of those with a proxy, which resolves names. */
  behind_proxy: ReadonlySet<string>;
  /** Zone of the page: the default of schedules. */
  zone: string;
  drivers: DriverSchemas | null;
  /** The shortest distance between two slots of a cron expression, in ms. */
  slotDistanceMs: (expression: string) => number;
}

/** The check with its references resolved; reports invalid ones. */
export function readCheck(
  id: string,
  entry: CheckEntry,
  context: CheckContext,
  report: Report,
): Check {
  const path = ['checks', id];
  const system = context.systems.get(entry.system) ?? null;
  if ('source' in entry) return readOwnTraffic(id, entry, system, report);
  const driver = driverOf(entry.system, context);
  if (entry.function === 'sync') requireSyncFunction(path, entry, context, report);
  else if (driver)
    requireFunction([...path, 'function'], entry.function, { driver, system }, report);
  requirePublishedProtocol(path, entry, context, report);
  if (system) requireSafeWriting(path, entry.function, system, context.drivers, report);
  if (system?.neutral && entry.function !== 'reach') {
    report.problem([...path, 'function'], 'a neutral host is only reached; expected reach');
  }
  const line = lineOf(path, entry.line, context.lines, report);
  if (entry.function !== 'sync') {
    requireOwnNames(path, entry, context.behind_proxy.has(line), report);
    if (system) requireItsFamily(path, entry, system, report);
  }
  const common = { id, system: entry.system, line, deadline_ms: entry.deadline };
  return entry.function === 'sync'
    ? {
        ...common,
        function: 'sync',
        follows: entry.follows,
        looks_at: entry.looks_at ?? entry.system,
        looks_per_minute: entry.looks_per_minute,
      }
    : { ...common, ...readScheduled(path, entry, { ...context, driver, system }, report) };
}

/** Options about addresses, of which a proxy tells nothing. */
const OF_ADDRESSES = ['family', 'resolves_to'];

function requireOwnNames(
  path: string[],
  { options }: ScheduledCheckEntry,
  is_behind_proxy: boolean,
  report: Report,
): void {
  if (!is_behind_proxy) return;
  for (const key of OF_ADDRESSES.filter((it) => it in options))
    report.problem([...path, 'options', key], 'the proxy of the line finds the addresses itself');
}

function requireItsFamily(
  path: string[],
  { options }: ScheduledCheckEntry,
  { url }: System,
  report: Report,
): void {
  const version = isIP(new URL(url).hostname.replace(/^\[|\]$/g, ''));
  if (options.family === undefined || version === 0 || version === options.family) return;
  report.problem([...path, 'options', 'family'], `the address of the system is of IPv${version}`);
}

/** Whatever the driver measures: nothing is run. */
function readOwnTraffic(
  id: string,
  { system, function: fn, source }: OwnTrafficCheckEntry,
  known: System | null,
  report: Report,
): OwnTrafficCheck {
  if (known?.neutral)
    report.problem(['checks', id, 'source'], 'a neutral host has no traffic; it is only reached');
  return { id, system, function: fn, source, line: OWN_TRAFFIC_LINE, deadline_ms: 0 };
}

/** What readScheduled needs besides: the system of the check, and its driver. */
interface ScheduledContext extends CheckContext {
  driver: DriverSchema | null;
  system: System | null;
}

function readScheduled(
  path: string[],
  entry: ScheduledCheckEntry,
  { zone, driver, drivers, system, slotDistanceMs }: ScheduledContext,
  report: Report,
): Pick<ScheduledCheck, 'function' | 'schedule' | 'zone' | 'options'> {
  requireDeadlineBelowInterval(path, entry.deadline, slotDistanceMs(entry.schedule), report);
  return {
    function: entry.function,
    schedule: entry.schedule,
    zone: entry.zone ?? zone,
    options: drivers ? readOptions(path, entry, { driver, system }, report) : {},
  };
}

/**
 * Runs of one check must not overlap by design, so that an overlap always means that a run hangs.
 */
function requireDeadlineBelowInterval(
  path: string[],
  deadline_ms: number,
  distance_ms: number,
  report: Report,
) {
  if (deadline_ms <= distance_ms) return;
  const shortest = formatDuration(distance_ms);
  report.problem(
    [...path, 'deadline'],
    `is longer than the shortest distance between two slots of the schedule, ${shortest}`,
  );
}

function readOptions(
  path: string[],
  entry: ScheduledCheckEntry,
  { driver, system }: Pick<ScheduledContext, 'driver' | 'system'>,
  report: Report,
): Record<string, unknown> {
  const schema = driver?.options?.[entry.function];
  const place = [...path, 'options'];
  if (schema) {
    const valid = validate({ schema, value: entry.options, path: place }, report);
    if (valid === null) return {};
    const options = valid as Record<string, unknown>;
    const bad = system?.settings ? driver?.problemOf?.(options, system.settings) : null;
    if (bad) report.problem([...place, bad.option], bad.problem);
    return options;
  }
  if (driver) for (const key of Object.keys(entry.options)) report.unknownKey([...place, key], []);
  return {};
}

/** The line of a check; optional when there is only one line. */
function lineOf(
  path: string[],
  named: string | undefined,
  lines: readonly string[],
  report: Report,
): string {
  if (named === undefined && lines.length > 1) {
    report.problem([...path, 'line'], `is missing; expected one of ${lines.join(', ')}`);
  }
  return named ?? lines[0] ?? '';
}

function driverOf(system: string, { systems, drivers }: CheckContext): DriverSchema | null {
  const known = systems.get(system);
  return (known && drivers?.[known.driver]) ?? null;
}

/** The driver of the system looked at must be able to query invoices. */
function requireSyncFunction(
  path: string[],
  { system, looks_at }: FollowingCheckEntry,
  context: CheckContext,
  report: Report,
) {
  const driver = driverOf(looks_at ?? system, context);
  const key = looks_at === undefined ? 'function' : 'looks_at';
  const asked = context.systems.get(looks_at ?? system) ?? null;
  if (driver) requireFunction([...path, key], 'sync', { driver, system: asked }, report);
}

/** Outside the simulators, nothing is asked that only they answer. */
function requirePublishedProtocol(
  path: string[],
  entry: Exclude<CheckEntry, OwnTrafficCheckEntry>,
  context: CheckContext,
  report: Report,
) {
  const looked_at = 'looks_at' in entry ? entry.looks_at : undefined;
  const asked = looked_at ?? entry.system;
  const why = driverOf(asked, context)?.simulator_only?.[entry.function];
  if (why === undefined || context.systems.get(asked)?.environment === 'simulator') return;
  const key = looked_at === undefined ? 'function' : 'looks_at';
  report.problem([...path, key], `"${entry.function}" of ${asked} cannot be measured: ${why}`);
}

function requireFunction(
  path: string[],
  fn: InvoiceFunction,
  { driver, system }: { driver: DriverSchema; system: System | null },
  report: Report,
) {
  if (!driver.functions.includes(fn)) {
    const known = hint(fn, driver.functions);
    report.problem(path, `the driver of this system does not measure "${fn}"${known}`);
    return;
  }
  if (!system?.settings || !driver.functionsBy) return;
  const measured = driver.functionsBy(system.settings);
  if (measured.includes(fn)) return;
  const has = `has settings for ${measured.join(', ')}`;
  report.problem(path, `${system.id} has no steps for "${fn}": it ${has}`);
}

/** A check that writes must target a simulator or a sandbox, never a known production host. */
function requireSafeWriting(
  path: string[],
  fn: InvoiceFunction,
  { id, url, environment }: System,
  drivers: DriverSchemas | null,
  report: Report,
) {
  if (!WRITING_FUNCTIONS.includes(fn)) return;
  const refusal =
    environment === 'production'
      ? `"${fn}" writes, and ${id} is production; it is measured on a simulator or a sandbox only`
      : drivers && writeRefusal(url, environment, Object.values(drivers));
  if (refusal) report.problem([...path, 'function'], refusal);
}

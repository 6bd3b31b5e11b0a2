import { dirname } from 'node:path';
import {
  type Check,
  type Configuration,
  isOwnTraffic,
  type Task,
} from '../../model/configuration.ts';
import type { RegisteredDomain } from '../../model/domain.ts';
import { DEFAULT_RETENTION } from '../../model/policy.ts';
import type { ChannelSchemas } from './channels.ts';
import { readCheck } from './checks.ts';
import { readDependencies } from './dependencies.ts';
import type { DriverSchemas } from './drivers.ts';
import type { Variables } from './environment.ts';
import { type MappingSchema, readIngest } from './ingest.ts';
import { ConfigurationError, hint } from './issues.ts';
import { readVantage, requireAgents } from './lines.ts';
import { readNotify } from './notify.ts';
import { readPolicies } from './policies.ts';
import { remembered } from './remembered.ts';
import { createReport, type Report } from './report.ts';
import { requireKeptSchedules } from './schedules.ts';
import type { DomainEntry, PageEntry, RetentionEntry, TaskEntry } from './schema.ts';
import { type Entries, readSections, type Sections } from './sections.ts';
import { slotDistanceMs } from './slots.ts';
import { ALTERED_NUMBER, readSource } from './source.ts';
import { requireSparingSchedules } from './sparing.ts';
import { readSystem } from './systems.ts';
import { readWorkingDays } from './working-days.ts';

/** Optional parts of the configuration that a process needs. */
export interface ParseOptions {
  /**
   * Set in processes that measure; only then are driver settings, options and their secrets read.
   */
  drivers?: DriverSchemas;
  /** Set in processes that take callbacks, besides; otherwise `ingest.callbacks` is ignored. */
  callback_mapping?: MappingSchema;
  /** Set in processes that use channels; otherwise the section `notify` is ignored. */
  channels?: ChannelSchemas;
  /** Whether this is the notifier; only then are the secrets of `notify` read. */
  notifier?: boolean;
}

export interface ParseInput extends ParseOptions {
  text: string;
  /** Name of the file, for messages; secrets in files are relative to its folder. */
  file: string;
  demo: boolean;
  /** Address of the page from outside the file; overrides `page.public_url`. */
  public_url: string | null;
  /** Base URL of simulated systems. */
  simulator_url: string;
  /** Variables for `{env: NAME}`. */
  env: Variables;
}

/**
 * Parses and validates a configuration.
 * @throws {ConfigurationError} with every problem, each with path, line and column
 */
export function parseConfiguration(input: ParseInput): Configuration {
  const source = readSource(input.text);
  if ('issues' in source) throw new ConfigurationError(input.file, source.issues);
  const report = createReport(source);
  for (const path of source.altered_numbers) report.problem(path, ALTERED_NUMBER);
  const sections = readSections(
    source.value,
    input.drivers ? Object.keys(input.drivers) : null,
    report,
  );
  const configuration = assemble(sections, input, report);
  const issues = report.issues();
  if (issues.length > 0 || configuration === null) {
    throw new ConfigurationError(input.file, issues);
  }
  return configuration;
}

/**
 * Combines the sections and reports inconsistencies between them; null without a valid page
 * section.
 */
function assemble(sections: Sections, input: ParseInput, report: Report): Configuration | null {
  const { page } = sections;
  const drivers = input.drivers ?? null;
  const context = { ...input, drivers, folder: dirname(input.file) };
  const systems = mapped(sections.systems, (id, entry) => readSystem(id, entry, context, report));
  const line_context = { ...context, measures: drivers !== null };
  const lines = mapped(sections.lines, (id, entry) => readVantage(id, entry, line_context, report));
  requireAgents([...lines.keys()], report);
  const check_context = {
    systems,
    lines: [...lines.keys()],
    behind_proxy: new Set([...lines].flatMap(([id, line]) => (line?.proxy ? [id] : []))),
    zone: page?.zone ?? 'UTC',
    drivers,
    slotDistanceMs: remembered(slotDistanceMs),
  };
  const checks = sound(
    mapped(sections.checks, (id, entry) => readCheck(id, entry, check_context, report)),
  );
  requireOneSource(checks, report);
  if (drivers) {
    requireSparingSchedules(checks, sound(systems), drivers, report);
    requireKeptSchedules(checks, sound(systems), drivers, report);
  }
  const domains = readDomains(sections.domains, report);
  const working_days = readWorkingDays(sections.working_days, report);
  const { components } = sections;
  const policies = readPolicies(sections.policies, components, report);
  const tasks = readTasks(sections.tasks, components, report);
  const depends_on = readDependencies(sections.depends_on, components, report);
  const notify = readNotify(
    sections.notify,
    { ...context, channels: input.channels ?? null, notifier: input.notifier ?? false },
    report,
  );
  const ingest = readIngest(
    sections.ingest,
    {
      ...context,
      measures: drivers !== null,
      mapping: input.callback_mapping ?? null,
      systems: [...systems.keys()],
      checks,
    },
    report,
  );
  const public_url = page && readPublicUrl(page, input, report);
  if (page === null || public_url === null) return null;
  return {
    page: { ...page, public_url },
    lines: sound(lines),
    systems: sound(systems),
    checks,
    ...(domains.length === 0 ? {} : { domains }),
    ...(working_days && { working_days }),
    tasks,
    depends_on,
    policies,
    retention: readRetention(sections.retention),
    notify,
    ...ingest,
    demo: input.demo,
  };
}

/** What own traffic tells of a component is told once. */
function requireOneSource(checks: readonly Check[], report: Report): void {
  const own = checks.filter(isOwnTraffic);
  for (const [i, { id, system, function: fn }] of own.entries()) {
    const before = own.slice(0, i).find((it) => it.system === system && it.function === fn);
    if (before)
      report.problem(['checks', id, 'source'], `${before.id} is of own traffic of ${fn} already`);
  }
}

/** From the environment or the file; never derived from a request. */
function readPublicUrl(page: PageEntry, input: ParseInput, report: Report): string | null {
  const public_url = input.public_url ?? page.public_url ?? null;
  if (public_url === null) {
    report.problem(
      ['page', 'public_url'],
      'is missing; expected the address under which people reach the page (or set PUBLIC_URL)',
    );
  }
  return public_url;
}

const DOMAIN = /^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/;

/** With the name in the address of each. */
function readDomains(entries: Entries<DomainEntry>, report: Report): RegisteredDomain[] {
  for (const name of entries.keys()) {
    const problem = 'expected the name of a domain in lower case and ASCII, such as example.com';
    if (!DOMAIN.test(name)) report.problem(['domains', name], problem);
  }
  return [...entries].flatMap(([name, entry]) =>
    entry === null ? [] : [{ name, rdap: entry.rdap.replaceAll('{domain}', name) }],
  );
}

function readTasks(
  entries: Entries<TaskEntry>,
  components: readonly string[],
  report: Report,
): Task[] {
  const tasks = mapped(entries, (id, task) => {
    for (const [index, component] of task.components.entries()) {
      if (components.includes(component)) continue;
      report.problem(
        ['tasks', id, 'components', index],
        `no check measures "${component}"${hint(component, components)}`,
      );
    }
    return { id, ...task };
  });
  return sound(tasks);
}

function readRetention(entry: RetentionEntry | null) {
  return {
    results_ms: entry?.results ?? DEFAULT_RETENTION.results_ms,
    evidence_ms: entry?.evidence ?? DEFAULT_RETENTION.evidence_ms,
    hourly_ms: entry?.hourly ?? DEFAULT_RETENTION.hourly_ms,
    daily_ms: entry?.daily ?? DEFAULT_RETENTION.daily_ms,
  };
}

function mapped<T, R>(entries: Entries<T>, read: (id: string, entry: T) => R): Entries<R> {
  return new Map([...entries].map(([id, entry]) => [id, entry && read(id, entry)]));
}

function sound<T>(entries: Entries<T>): T[] {
  return [...entries.values()].filter(
    (entry): entry is NonNullable<typeof entry> => entry !== null,
  );
}

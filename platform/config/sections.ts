import type { z } from 'zod';
import { type Report, validate } from './report.ts';
import { ID_EXPECTED, ID_PATTERN } from './scalars.ts';
import {
  type CheckEntry,
  type DomainEntry,
  dependenciesSchema,
  domainSchema,
  followingCheckSchema,
  type KnownIds,
  type LineEntry,
  lineSchema,
  ownTrafficCheckSchema,
  type PageEntry,
  type PolicyEntry,
  pageSchema,
  policySchema,
  type RetentionEntry,
  retentionSchema,
  SECTION_NAMES,
  type SystemEntry,
  scheduledCheckSchema,
  systemSchema,
  type TaskEntry,
  taskSchema,
  type WorkingDaysEntry,
  workingDaysSchema,
} from './schema.ts';

/**
 * Entries by id, in file order. An invalid entry is null, so that references to it remain valid.
 */
export type Entries<T> = Map<string, T | null>;

export interface Sections {
  page: PageEntry | null;
  lines: Entries<LineEntry>;
  systems: Entries<SystemEntry>;
  checks: Entries<CheckEntry>;
  domains: Entries<DomainEntry>;
  working_days: Entries<WorkingDaysEntry>;
  tasks: Entries<TaskEntry>;
  depends_on: Entries<string[]>;
  policies: Entries<PolicyEntry>;
  retention: RetentionEntry | null;
  /** Not parsed: its secrets are resolved first. */
  notify: unknown;
  /** Not parsed, likewise. */
  ingest: unknown;
  /** Components measured by some check, even an invalid one. Neutral hosts have none. */
  components: string[];
}

/** Sections whose ids appear in URLs and labels; others are keyed by component. */
const WITH_PLAIN_IDS = ['lines', 'systems', 'checks', 'tasks'];

/** Entries of each section: of checks, as many as one collector measures. */
const MAX_ENTRIES: Readonly<Record<string, number>> = {
  domains: 100,
  lines: 100,
  checks: 10_000,
  policies: 10_000,
  depends_on: 10_000,
};
const MAX_OTHER_ENTRIES = 1_000;

/** Validates every entry and its references; rules across entries are checked later. */
export function readSections(
  value: unknown,
  drivers: readonly string[] | null,
  report: Report,
): Sections {
  const file = asObject(value);
  if (file === null) report.problem([], `expected the sections ${SECTION_NAMES.join(', ')}`);
  for (const key of Object.keys(file ?? {})) {
    if (!SECTION_NAMES.includes(key)) report.unknownKey([key], SECTION_NAMES);
  }
  const raw = file ?? {};
  const known = { drivers, systems: idsIn(raw.systems), lines: idsIn(raw.lines) };
  const entries = <T>(name: string, schemaOf: (entry: unknown) => z.ZodType<T>, needed: boolean) =>
    readEntries({ name, value: raw[name], schemaOf, needed }, report);
  const system = systemSchema(known);
  const sections = {
    page: validate({ schema: pageSchema, value: raw.page, path: ['page'] }, report),
    lines: entries('lines', () => lineSchema, true),
    systems: entries('systems', () => system, true),
    checks: entries('checks', checkSchemas(known), true),
    domains: entries('domains', () => domainSchema, false),
    working_days: entries('working_days', () => workingDaysSchema, false),
    tasks: entries('tasks', () => taskSchema, false),
    depends_on: entries('depends_on', () => dependenciesSchema, false),
    policies: entries('policies', () => policySchema, false),
    retention: validate(
      { schema: retentionSchema, value: raw.retention ?? {}, path: ['retention'] },
      report,
    ),
    notify: raw.notify,
    ingest: raw.ingest,
    components: componentsIn(raw),
  };
  checkIds(raw, report);
  return sections;
}

/** A raw section and the schema of its entries. */
interface RawSection<T> {
  name: string;
  value: unknown;
  schemaOf(entry: unknown): z.ZodType<T>;
  /** Whether the section is required, with at least one entry. */
  needed: boolean;
}

function readEntries<T>(section: RawSection<T>, report: Report): Entries<T> {
  const { name, value, needed } = section;
  const raw = asObject(value);
  const is_missing = value === undefined || value === null;
  if (raw === null && (needed || !is_missing)) {
    report.problem([name], `${is_missing ? 'is missing; ' : ''}expected entries by id`);
  }
  if (needed && raw !== null && Object.keys(raw).length === 0) {
    report.problem([name], 'expected at least one entry');
  }
  const found = Object.keys(raw ?? {}).length;
  const most = MAX_ENTRIES[name] ?? MAX_OTHER_ENTRIES;
  if (found > most) {
    report.problem([name], `expected at most ${most} entries; found ${found}`);
    return new Map();
  }
  const read = Object.entries(raw ?? {}).map(([id, entry]) => {
    const schema = section.schemaOf(entry);
    return [id, validate({ schema, value: entry, path: [name, id] }, report)] as const;
  });
  return new Map(read);
}

/** The schema of each check; one for all of a kind, because making one costs more than using it. */
function checkSchemas(known: KnownIds): (entry: unknown) => z.ZodType<CheckEntry> {
  const following = followingCheckSchema(known);
  const scheduled = scheduledCheckSchema(known);
  const own = ownTrafficCheckSchema(known);
  return (entry) => {
    const check = asObject(entry);
    if (check !== null && 'source' in check) return own;
    return check?.function === 'sync' ? following : scheduled;
  };
}

function idsIn(section: unknown): string[] {
  return Object.keys(asObject(section) ?? {});
}

function checkIds(raw: Record<string, unknown>, report: Report) {
  for (const section of WITH_PLAIN_IDS) {
    for (const id of idsIn(raw[section])) {
      if (!ID_PATTERN.test(id)) report.problem([section, id], ID_EXPECTED);
    }
  }
}

function componentsIn({ checks, systems }: Record<string, unknown>): string[] {
  const is_neutral = (system: unknown) =>
    asObject(asObject(systems)?.[String(system)])?.neutral === true;
  const entries = Object.values(asObject(checks) ?? {}).map((entry) => asObject(entry) ?? {});
  const measured = entries.filter(({ system }) => !is_neutral(system));
  return [...new Set(measured.map((entry) => `${entry.system}.${entry.function}`))];
}

function asObject(value: unknown): Record<string, unknown> | null {
  const is_object = typeof value === 'object' && value !== null && !Array.isArray(value);
  return is_object ? (value as Record<string, unknown>) : null;
}

import type { z } from 'zod';
import type { Path } from './issues.ts';
import { conform, type Report } from './report.ts';
import { ID_EXPECTED, ID_PATTERN } from './scalars.ts';
import {
  type CheckEntry,
  followingCheckSchema,
  type Known,
  type LineEntry,
  lineSchema,
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
} from './schema.ts';

/**
 * Entries by id, in the order of the file. One that is wrong in itself is known but null, so that
 * references to it hold.
 */
export type Entries<T> = Map<string, T | null>;

export interface Sections {
  page: PageEntry | null;
  lines: Entries<LineEntry>;
  systems: Entries<SystemEntry>;
  checks: Entries<CheckEntry>;
  tasks: Entries<TaskEntry>;
  policies: Entries<PolicyEntry>;
  retention: RetentionEntry | null;
  /** As it stands: its secrets come first. */
  notify: unknown;
  /** The same. */
  ingest: unknown;
  /**
   * Components that some check names, even when the check has other problems. Neutral hosts are
   * none.
   */
  components: string[];
}

/**
 * Reads every entry by its shape and the ids it refers to; what takes more than one entry is judged
 * later.
 */
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
  const read = <T>(
    section: string,
    schemaOf: (entry: unknown) => z.ZodType<T>,
    required: boolean,
  ) => readEntries({ value: raw[section], path: [section], schemaOf, required }, report);
  return {
    page: conform({ schema: pageSchema, value: raw.page, path: ['page'] }, report),
    lines: withPlainIds(
      'lines',
      read('lines', () => lineSchema, true),
      report,
    ),
    systems: withPlainIds(
      'systems',
      read('systems', () => systemSchema(known), true),
      report,
    ),
    checks: withPlainIds(
      'checks',
      read('checks', (entry) => checkSchema(entry, known), true),
      report,
    ),
    tasks: withPlainIds(
      'tasks',
      read('tasks', () => taskSchema, false),
      report,
    ),
    policies: read('policies', () => policySchema, false),
    retention: conform(
      { schema: retentionSchema, value: raw.retention ?? {}, path: ['retention'] },
      report,
    ),
    notify: raw.notify,
    ingest: raw.ingest,
    components: componentsIn(raw),
  };
}

function readEntries<T>(
  {
    value,
    path,
    schemaOf,
    required,
  }: { value: unknown; path: Path; schemaOf(entry: unknown): z.ZodType<T>; required: boolean },
  report: Report,
): Entries<T> {
  const entries: Entries<T> = new Map();
  const raw = asObject(value);
  if (raw === null && (required || (value !== undefined && value !== null))) {
    const missing = value === undefined || value === null ? 'is missing; ' : '';
    report.problem(path, `${missing}expected entries by id`);
  }
  if (required && raw !== null && Object.keys(raw).length === 0) {
    report.problem(path, 'expected at least one entry');
  }
  for (const [id, entry] of Object.entries(raw ?? {})) {
    entries.set(
      id,
      conform({ schema: schemaOf(entry), value: entry, path: [...path, id] }, report),
    );
  }
  return entries;
}

function checkSchema(entry: unknown, known: Known): z.ZodType<CheckEntry> {
  const follows = asObject(entry)?.function === 'sync';
  return follows ? followingCheckSchema(known) : scheduledCheckSchema(known);
}

function idsIn(section: unknown): string[] {
  return Object.keys(asObject(section) ?? {});
}

function withPlainIds<T>(section: string, entries: Entries<T>, report: Report): Entries<T> {
  for (const id of entries.keys()) {
    if (!ID_PATTERN.test(id)) report.problem([section, id], ID_EXPECTED);
  }
  return entries;
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

import type { z } from 'zod';
import { type ConfigurationIssue, hint, MAX_ISSUES, type Path } from './issues.ts';
import type { ConfigSource } from './source.ts';

/** Collects the problems of all sections, so that they are reported together. */
export interface Report {
  /** Reports an invalid value at `path`. */
  problem(path: Path, message: string): void;
  /** Reports an unknown key at `path`. */
  unknownKey(path: Path, known: readonly string[]): void;
  /** Whether there are so many that the rest need not be read. */
  isFull(): boolean;
  issues(): ConfigurationIssue[];
}

/** Creates a report that adds the position in the source and sorts by it. */
export function createReport(source: ConfigSource): Report {
  const issues: ConfigurationIssue[] = [];
  const isFull = () => issues.length >= MAX_ISSUES;
  return {
    problem(path, message) {
      if (isFull()) return;
      issues.push({ path: path.join('.'), ...source.positionOf(path), message });
    },
    unknownKey(path, known) {
      if (isFull()) return;
      issues.push({
        path: path.join('.'),
        ...source.positionOfKey(path),
        message: `is not a known key${hint(String(path.at(-1)), known)}`,
      });
    },
    isFull,
    issues: () => issues.toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** Whether messages may include the value; not when it may be a secret. */
export type Echo = 'echo' | 'secret';

/** A value of the file and its schema. */
export interface Subject<T> {
  schema: z.ZodType<T>;
  value: unknown;
  path: Path;
  echo?: Echo;
}

/** The parsed value, or null after reporting all its issues below `path`. */
export function validate<T>(subject: Subject<T>, report: Report): T | null {
  const { schema, value, path, echo = 'echo' } = subject;
  if (report.isFull()) return null;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const inner = issue.path.map((segment) =>
      typeof segment === 'number' ? segment : String(segment),
    );
    const place = [...path, ...inner];
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, inner);
      for (const key of issue.keys) report.unknownKey([...place, key], known);
    } else {
      report.problem(place, describeIssue(issue.message, valueAt(value, inner), echo));
    }
  }
  return null;
}

/** Zod's "Invalid input: expected string, received undefined" as "is missing; expected string". */
function describeIssue(message: string, found: unknown, echo: Echo): string {
  const expected = message.replace(/^[A-Z][a-z ]+: (?=expected)/, '').replace(/, received .*$/, '');
  if (found === undefined) return `is missing; ${expected}`;
  const scalar = found === null || typeof found !== 'object';
  if (!scalar || echo === 'secret' || !/^(expected|must)/.test(expected)) return expected;
  return `${expected}; found ${JSON.stringify(found).slice(0, 60)}`;
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const segment of path) {
    // A schema may take a text for an object.
    if (typeof here === 'string') return here;
    if (here === null || typeof here !== 'object') return undefined;
    here = (here as Record<string | number, unknown>)[segment];
  }
  return here;
}

/** The keys of the object schema at a path; empty when it is not an object. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let here: unknown = unwrapped(schema);
  for (const segment of path) {
    here = unwrapped((here as { shape?: Record<string, unknown> }).shape?.[segment] ?? {});
  }
  return Object.keys((here as { shape?: object }).shape ?? {});
}

/** The schema inside `optional` and `default`. */
function unwrapped(schema: unknown): unknown {
  const inner = (schema as { def?: { innerType?: unknown } }).def?.innerType;
  return inner === undefined ? schema : unwrapped(inner);
}

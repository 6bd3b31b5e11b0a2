import type { z } from 'zod';
import { type ConfigurationIssue, hint, type Path } from './issues.ts';
import type { ConfigSource } from './source.ts';

/**
 * Where the readers of the sections put what they find wrong, so that everything is told at once.
 */
export interface Report {
  /** Something is wrong with the value at `path`. */
  problem(path: Path, message: string): void;
  /** The key at `path` should not be there. */
  unknownKey(path: Path, known: readonly string[]): void;
  issues(): ConfigurationIssue[];
}

/** Collects issues and places them in the source, in the order of the file. */
export function createReport(source: ConfigSource): Report {
  const issues: ConfigurationIssue[] = [];
  return {
    problem: (path, message) =>
      issues.push({ path: path.join('.'), ...source.positionOf(path), message }),
    unknownKey: (path, known) =>
      issues.push({
        path: path.join('.'),
        ...source.positionOfKey(path),
        message: `is not a known key${hint(String(path.at(-1)), known)}`,
      }),
    issues: () => issues.toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** What was written may be told again, unless it may be a secret. */
export type Echo = 'echo' | 'secret';

/** A value of the file, and what it should look like. */
export interface Subject<T> {
  schema: z.ZodType<T>;
  value: unknown;
  path: Path;
  echo?: Echo;
}

/** The value as the schema has it, or null after reporting every issue of it below `path`. */
export function validate<T>(subject: Subject<T>, report: Report): T | null {
  const { schema, value, path, echo = 'echo' } = subject;
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
      report.problem(place, inWords(issue.message, valueAt(value, inner), echo));
    }
  }
  return null;
}

/** Zod's "Invalid input: expected string, received undefined" as "is missing; expected string". */
function inWords(message: string, found: unknown, echo: Echo): string {
  const expected = message.replace(/^[A-Z][a-z ]+: (?=expected)/, '').replace(/, received .*$/, '');
  if (found === undefined) return `is missing; ${expected}`;
  const scalar = found === null || typeof found !== 'object';
  if (!scalar || echo === 'secret' || !/^(expected|must)/.test(expected)) return expected;
  return `${expected}; found ${JSON.stringify(found).slice(0, 60)}`;
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const segment of path) {
    if (here === null || typeof here !== 'object') return undefined;
    here = (here as Record<string | number, unknown>)[segment];
  }
  return here;
}

/** The keys an object schema knows at a path below it; empty where there is no object. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let here: unknown = unwrapped(schema);
  for (const segment of path) {
    here = unwrapped((here as { shape?: Record<string, unknown> }).shape?.[segment] ?? {});
  }
  return Object.keys((here as { shape?: object }).shape ?? {});
}

/** Below `optional` and `default` lies the schema that has the keys. */
function unwrapped(schema: unknown): unknown {
  const inner = (schema as { def?: { innerType?: unknown } }).def?.innerType;
  return inner === undefined ? schema : unwrapped(inner);
}

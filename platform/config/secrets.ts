import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Variables } from './environment.ts';
import type { Path } from './issues.ts';
import type { Report } from './report.ts';

const MAX_SECRET_BYTES = 64 * 1024;

/** Settings with these name endings are secrets and must not be in the file itself. */
const SECRET_NAME = /(secret|password|token|key)$/i;

interface SecretSources {
  env: Variables;
  /** Folder that `{file: PATH}` is relative to. */
  folder: string;
  /** Whether literal secrets are allowed, as for simulators. */
  allow_literal: boolean;
}

/**
 * The settings with every `{env: NAME}` and `{file: PATH}`, at any depth, resolved. Reports literal
 * secrets.
 */
export function resolveSecrets(
  settings: Record<string, unknown>,
  path: Path,
  sources: SecretSources,
  report: Report,
): Record<string, unknown> {
  const resolved = Object.entries(settings).map(([name, value]) => {
    const place = [...path, name];
    if (SECRET_NAME.test(name) && !sources.allow_literal && !isReference(value)) {
      report.problem(
        place,
        'is a secret; expected {env: NAME} or {file: PATH} instead of the secret',
      );
    }
    return [name, resolveValue(value, place, sources, report)];
  });
  return Object.fromEntries(resolved);
}

function resolveValue(
  value: unknown,
  place: Path,
  sources: SecretSources,
  report: Report,
): unknown {
  if (isReference(value)) return dereference(value, place, sources, report);
  if (isGroup(value)) return resolveSecrets(value, place, sources, report);
  if (!Array.isArray(value)) return value;
  return value.map((item, index) => resolveValue(item, [...place, index], sources, report));
}

export function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Reference = { env: string } | { file: string };

function isReference(value: unknown): value is Reference {
  if (!isGroup(value)) return false;
  const [[key, target] = [], ...more] = Object.entries(value);
  return more.length === 0 && (key === 'env' || key === 'file') && typeof target === 'string';
}

function dereference(
  reference: Reference,
  place: Path,
  { env, folder }: SecretSources,
  report: Report,
): string {
  if ('env' in reference) {
    const found = env[reference.env];
    if (!found) report.problem(place, `the environment variable ${reference.env} is not set`);
    return found ?? '';
  }
  try {
    const text = readFileSync(resolve(folder, reference.file), 'utf8').trimEnd();
    if (text === '' || Buffer.byteLength(text) > MAX_SECRET_BYTES) {
      report.problem(place, `the file ${reference.file} is empty or larger than 64 KiB`);
    }
    return text;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    report.problem(place, `the file ${reference.file} cannot be read (${code})`);
    return '';
  }
}

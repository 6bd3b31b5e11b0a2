import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDer, PEM_EXPECTED } from '../../http/certificates.ts';
import { decodeUtf8 } from './encoding.ts';
import type { Variables } from './environment.ts';
import type { Path } from './issues.ts';
import type { Report } from './report.ts';

/** A bundle of certificates is the largest of what is read from a file. */
const MAX_SECRET_BYTES = 1024 * 1024;

/** Settings with these name endings are secrets and must not be in the file itself. */
const SECRET_NAME = /(secret|password|token|key)$/i;
/** A group of which all settings are. */
const SECRETS = 'secrets';
/** A text that only says which value stands there. */
const TEMPLATE = /^\$\{[^{}]*\}$/;

interface SecretSources {
  env: Variables;
  /** Folder that `{file: PATH}` is relative to. */
  folder: string;
  /** Gets what references lead to. */
  resolved?: Set<string>;
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
    const is_secret = SECRET_NAME.test(name) || path.at(-1) === SECRETS;
    if (is_secret && !sources.allow_literal && isLiteral(value)) {
      report.problem(
        place,
        'is a secret; expected {env: NAME} or {file: PATH} instead of the secret',
      );
    }
    return [name, resolveValue(value, place, sources, report)];
  });
  return Object.fromEntries(resolved);
}

/** The text itself or what it refers to; null after reporting a reference that leads nowhere. */
export function readReference(
  value: string | Reference,
  place: Path,
  sources: Pick<SecretSources, 'env' | 'folder'>,
  report: Report,
): string | null {
  if (typeof value === 'string') return value;
  return dereference(value, place, sources, report) || null;
}

function resolveValue(
  value: unknown,
  place: Path,
  sources: SecretSources,
  report: Report,
): unknown {
  if (isReference(value)) {
    const text = dereference(value, place, sources, report);
    sources.resolved?.add(text);
    return text;
  }
  if (isGroup(value)) return resolveSecrets(value, place, sources, report);
  if (!Array.isArray(value)) return value;
  return value.map((item, index) => resolveValue(item, [...place, index], sources, report));
}

/** Of a group, its settings say it; a template has no secret of its own. */
function isLiteral(value: unknown): boolean {
  return !isGroup(value) && !(typeof value === 'string' && TEMPLATE.test(value));
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
  { env, folder }: Pick<SecretSources, 'env' | 'folder'>,
  report: Report,
): string {
  if ('env' in reference) {
    const found = env[reference.env];
    if (!found) report.problem(place, `the environment variable ${reference.env} is not set`);
    return found ?? '';
  }
  try {
    const bytes = readFileSync(resolve(folder, reference.file));
    if (isDer(bytes)) {
      report.problem(place, `the file ${reference.file} is binary; ${PEM_EXPECTED}`);
      return '';
    }
    const decoded = decodeUtf8(bytes);
    if ('issue' in decoded) {
      report.problem(place, `the file ${reference.file} ${decoded.issue.message}`);
      return '';
    }
    const text = decoded.text.trimEnd();
    if (text === '' || bytes.length > MAX_SECRET_BYTES) {
      report.problem(place, `the file ${reference.file} is empty or larger than 1 MiB`);
    }
    return text;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    report.problem(place, `the file ${reference.file} cannot be read (${code})`);
    return '';
  }
}

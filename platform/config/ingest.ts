import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Configuration } from '../../model/configuration.ts';
import type { Variables } from './environment.ts';
import type { Path } from './issues.ts';
import { type Report, validate } from './report.ts';
import { ID_EXPECTED, ID_PATTERN } from './scalars.ts';
import { ingestSchema } from './schema.ts';
import { isGroup, resolveSecrets } from './secrets.ts';
import { ALTERED_NUMBER, readSource } from './source.ts';

interface Context {
  /** Whether this process ingests events; only then are secrets read. */
  measures: boolean;
  /** What the mappings of callbacks are checked by; null: those are not read. */
  mapping: z.ZodType<unknown> | null;
  /** Ids of the systems. */
  systems: readonly string[];
  env: Variables;
  /** Folder of the configuration file. */
  folder: string;
  /** The demo's token is not a secret, because its systems and events are simulated. */
  demo: boolean;
}

type Ingested = Pick<Configuration, 'ingest' | 'callbacks' | 'ingest_proxies'>;

/** Who may post events, by hashes of tokens and secrets; reports invalid entries. */
export function readIngest(value: unknown, context: Context, report: Report): Ingested {
  const path = ['ingest'];
  const { measures, mapping, systems } = context;
  if (!measures || value === undefined || value === null) return { ingest: [] };
  const sources = { ...context, allow_literal: context.demo };
  const resolved = isGroup(value) ? resolveSecrets(value, path, sources, report) : value;
  if (mapping !== null) openMappings(resolved, path, report);
  const schema = ingestSchema({ systems }, mapping ?? undefined);
  const entry = validate({ schema, value: resolved, path, echo: 'secret' }, report);
  const callbacks = mapping === null ? [] : Object.entries(entry?.callbacks ?? {});
  const proxies = entry?.trusted_proxies;
  return {
    ingest: Object.entries(entry?.tokens ?? {}).map(([id, { token, systems }]) => {
      checkId([...path, 'tokens', id], report);
      return { id, sha256: hashOf(token), systems };
    }),
    ...(callbacks.length > 0 && {
      callbacks: callbacks.map(([id, { secret, ...callback }]) => {
        checkId([...path, 'callbacks', id], report);
        return { ...callback, id, sha256: hashOf(secret) };
      }),
    }),
    ...(proxies !== undefined && { ingest_proxies: proxies }),
  };
}

/** A mapping may be in a file of its own, which was read as a text. */
function openMappings(ingest: unknown, path: Path, report: Report): void {
  const callbacks = isGroup(ingest) && isGroup(ingest.callbacks) ? ingest.callbacks : {};
  for (const [id, callback] of Object.entries(callbacks)) {
    if (!isGroup(callback) || typeof callback.mapping !== 'string') continue;
    const source = readSource(callback.mapping);
    const place = [...path, 'callbacks', id, 'mapping'];
    if ('value' in source) {
      callback.mapping = source.value;
      for (const it of source.altered_numbers) report.problem([...place, ...it], ALTERED_NUMBER);
    } else
      for (const { line, message } of source.issues)
        report.problem(place, `line ${line} of it: ${message}`);
  }
}

function checkId(path: Path, report: Report): void {
  if (!ID_PATTERN.test(String(path.at(-1)))) report.problem(path, ID_EXPECTED);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  type Check,
  type Configuration,
  isFollowing,
  isOwnTraffic,
} from '../../model/configuration.ts';
import type { OwnFunction } from '../../model/event.ts';
import type { Variables } from './environment.ts';
import type { Path } from './issues.ts';
import { type Report, validate } from './report.ts';
import { ID_EXPECTED, ID_PATTERN } from './scalars.ts';
import { ingestSchema } from './schema.ts';
import { isGroup, resolveSecrets } from './secrets.ts';
import { ALTERED_NUMBER, readSource } from './source.ts';

/** What a mapping is checked by, of a system of whose `told` functions own traffic tells. */
export type MappingSchema = (told: readonly OwnFunction[]) => z.ZodType<unknown>;

interface Context {
  /** Whether this process ingests events; only then are secrets read. */
  measures: boolean;
  /** null: mappings of callbacks are not read. */
  mapping: MappingSchema | null;
  /** Ids of the systems. */
  systems: readonly string[];
  checks: readonly Check[];
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
  if (mapping !== null) readMappings(resolved, mapping, context, report);
  const schema = ingestSchema({ systems });
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

/** Puts each mapping in its place as it is parsed. */
function readMappings(
  ingest: unknown,
  schema: MappingSchema,
  { systems, checks }: Context,
  report: Report,
): void {
  const callbacks = isGroup(ingest) && isGroup(ingest.callbacks) ? ingest.callbacks : {};
  for (const [id, callback] of Object.entries(callbacks)) {
    if (!isGroup(callback)) continue;
    const { system } = callback;
    const told = checks.filter(isOwnTraffic).filter((it) => it.system === system);
    const is_followed = checks.some((it) => isFollowing(it) && it.follows === system);
    const place = ['ingest', 'callbacks', id];
    if (systems.includes(String(system)) && told.length === 0 && !is_followed)
      report.problem(
        [...place, 'system'],
        'no check of it has its own traffic as source, or follows its invoices',
      );
    const mapping = schema(told.map((it) => it.function));
    callback.mapping = openMapping(callback.mapping, mapping, place, report);
  }
}

/** It may be in a file of its own, which was read as a text. */
function openMapping(
  mapping: unknown,
  schema: z.ZodType<unknown>,
  callback: Path,
  report: Report,
): unknown {
  const path = [...callback, 'mapping'];
  const of_itself = { value: mapping, altered_numbers: [] };
  const source = typeof mapping === 'string' ? readSource(mapping) : of_itself;
  if ('value' in source) {
    for (const it of source.altered_numbers) report.problem([...path, ...it], ALTERED_NUMBER);
    return validate({ schema, value: source.value, path, echo: 'secret' }, report);
  }
  for (const { line, message } of source.issues)
    report.problem(path, `line ${line} of it: ${message}`);
  return null;
}

function checkId(path: Path, report: Report): void {
  if (!ID_PATTERN.test(String(path.at(-1)))) report.problem(path, ID_EXPECTED);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

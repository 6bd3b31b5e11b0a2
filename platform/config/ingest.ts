import { createHash } from 'node:crypto';
import type { IngestToken } from '../../model/configuration.ts';
import type { Variables } from './environment.ts';
import { type Report, validate } from './report.ts';
import { ID_EXPECTED, ID_PATTERN } from './scalars.ts';
import { ingestSchema } from './schema.ts';
import { isGroup, resolveSecrets } from './secrets.ts';

interface Context {
  /** Whether this process ingests events; only then are secrets read. */
  measures: boolean;
  /** Ids of the systems. */
  systems: readonly string[];
  env: Variables;
  /** Folder of the configuration file. */
  folder: string;
  /** The demo's token is not a secret, because its systems and events are simulated. */
  demo: boolean;
}

/** Tokens that may post events, hashed; reports invalid entries. */
export function readIngest(value: unknown, context: Context, report: Report): IngestToken[] {
  const path = ['ingest'];
  if (!context.measures || value === undefined || value === null) return [];
  const sources = { ...context, allow_literal: context.demo };
  const resolved = isGroup(value) ? resolveSecrets(value, path, sources, report) : value;
  const schema = ingestSchema({ systems: context.systems });
  const entry = validate({ schema, value: resolved, path, echo: 'secret' }, report);
  return Object.entries(entry?.tokens ?? {}).map(([id, { token, systems }]) => {
    if (!ID_PATTERN.test(id)) report.problem([...path, 'tokens', id], ID_EXPECTED);
    return { id, sha256: createHash('sha256').update(token).digest('hex'), systems };
  });
}

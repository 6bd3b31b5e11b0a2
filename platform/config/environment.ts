import { join } from 'node:path';
import { z } from 'zod';
import { LOG_LEVELS, type LogLevel } from '../log.ts';
import { UnrecoverableError } from '../unrecoverable.ts';
import { PRIVATE_HOST } from './addresses.ts';
import { origin, pageAddress } from './scalars.ts';

/** Environment variables by name. */
export type Variables = Record<string, string | undefined>;

/** Settings per machine rather than per site: addresses, ports and directories. */
export interface ProcessEnvironment {
  host: string;
  port: number;
  collector_port: number;
  page_private_port: number;
  notify_port: number;
  simulator_port: number;
  /** Listener of the ingest API, used when the configuration has tokens. */
  ingest_host: string;
  ingest_port: number;
  /** Base URL of the demo's simulated systems. */
  simulator_url: string;
  data_dir: string;
  /** Public address of the page; null when not set. */
  public_url: string | null;
  log_level: LogLevel;
  /** Whether the demo plans a drill shortly after the start. */
  demo_drill: boolean;
}

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, PORT_EXPECTED)
    .transform(Number)
    .refine((n) => n <= 65_535, { error: PORT_EXPECTED })
    .default(fallback);
const PORT_EXPECTED = 'expected a port from 0 to 65535 (0 picks one)';

const variables = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port(8080),
  COLLECTOR_PORT: port(9464),
  PAGE_PRIVATE_PORT: port(9465),
  NOTIFY_PORT: port(9466),
  SIMULATOR_PORT: port(8090),
  INGEST_HOST: z.string().min(1).default('127.0.0.1'),
  INGEST_PORT: port(9470),
  SIMULATOR_URL: origin.optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  PUBLIC_URL: pageAddress.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  DEMO_DRILL: z.enum(['on', 'off']).default('on'),
});

/** Names of the variables read here; docs/operations.md describes each. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(variables.shape);

/**
 * Reads the environment variables of the product; empty ones count as not set.
 * @throws {UnrecoverableError} listing every invalid variable and the expected value
 */
export function readEnvironment(env: Variables): ProcessEnvironment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      ({ path, message }) => `  ${path.join('.')}: ${message}; found "${given[String(path[0])]}"`,
    );
    throw new UnrecoverableError(
      ['The environment has problems; nothing was started.', ...lines].join('\n'),
    );
  }
  const set = parsed.data;
  return {
    host: set.HOST,
    port: set.PORT,
    collector_port: set.COLLECTOR_PORT,
    page_private_port: set.PAGE_PRIVATE_PORT,
    notify_port: set.NOTIFY_PORT,
    simulator_port: set.SIMULATOR_PORT,
    ingest_host: set.INGEST_HOST,
    ingest_port: set.INGEST_PORT,
    simulator_url: set.SIMULATOR_URL ?? `http://${PRIVATE_HOST}:${set.SIMULATOR_PORT}`,
    data_dir: set.DATA_DIR,
    public_url: set.PUBLIC_URL ?? null,
    log_level: set.LOG_LEVEL,
    demo_drill: set.DEMO_DRILL === 'on',
  };
}

/** The demo uses its own database, so that simulated history never mixes with measurements. */
const DATABASES = { site: 'piaokuang.db', demo: 'demo.db' } as const;

/** In a directory that has both, the first is the one that matters. */
export const DATABASE_NAMES = [DATABASES.site, DATABASES.demo] as const;

export function databasePath(data_dir: string, site: { demo: boolean }): string {
  return join(data_dir, site.demo ? DATABASES.demo : DATABASES.site);
}

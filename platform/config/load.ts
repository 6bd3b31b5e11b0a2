import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Configuration } from '../../model/configuration.ts';
import { UnrecoverableError } from '../unrecoverable.ts';
import { originOf } from './addresses.ts';
import { decodeUtf8 } from './encoding.ts';
import { readEnvironment, type Variables } from './environment.ts';
import { ConfigurationError } from './issues.ts';
import { type ParseOptions, parseConfiguration } from './parse.ts';

const DEMO = fileURLToPath(new URL('../../config/demo.yaml', import.meta.url));

/** Arguments and environment of a process, and the parts of the configuration it needs. */
export interface LoadParts extends ParseOptions {
  /** Arguments after the script's own name. */
  argv: readonly string[];
  env: Variables;
}

/**
 * The configuration of this process: the file given by `--config FILE`, or else the demo.
 * @throws {UnrecoverableError} with every problem and its location
 */
export function loadConfiguration({ argv, env, ...options }: LoadParts): Configuration {
  const file = configArgument(argv);
  const { public_url, simulator_url, host, port } = readEnvironment(env);
  return parseConfiguration({
    text: readText(file ?? DEMO),
    file: file ?? 'config/demo.yaml',
    demo: file === null,
    public_url: public_url ?? (file === null ? originOf(host, port) : null),
    simulator_url,
    env,
    ...options,
  });
}

function configArgument(argv: readonly string[]): string | null {
  try {
    const { values } = parseArgs({ args: [...argv], options: { config: { type: 'string' } } });
    return values.config ?? null;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UnrecoverableError(`${problem}\nUsage: npm start [-- --config FILE]`);
  }
}

function readText(file: string): string {
  const decoded = decodeUtf8(readBytes(file));
  if ('issue' in decoded) throw new ConfigurationError(file, [decoded.issue]);
  return decoded.text;
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
    throw new UnrecoverableError(`${file}: ${reason}; nothing was started.`);
  }
}

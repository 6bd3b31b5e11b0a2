import { join } from 'node:path';
import type { Configuration } from '../../model/configuration.ts';
import { PRIVATE_HOST, type ProcessEnvironment } from '../config/environment.ts';
import type { Binding } from '../listener.ts';
import type { ChildProgram } from './child-program.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Compile cache, which speeds up later starts. */
const COMPILE_CACHE = join(ROOT, 'node_modules/.cache/compiled');

/** The processes of the product, and the variables of their ports. */
const PROGRAMS = {
  preparation: { module: 'platform/commands/prepare.ts', port_variables: {} },
  simulators: { module: 'simulators/main.ts', port_variables: { simulators: 'SIMULATOR_PORT' } },
  collector: {
    module: 'collector/main.ts',
    port_variables: { private: 'COLLECTOR_PORT', ingest: 'INGEST_PORT' },
  },
  page: {
    module: 'status-page/main.ts',
    port_variables: { page: 'PORT', private: 'PAGE_PRIVATE_PORT' },
  },
  notifier: { module: 'notify/main.ts', port_variables: { private: 'NOTIFY_PORT' } },
} as const;

/** The program of a process, for the supervisor. */
export function program(
  name: keyof typeof PROGRAMS,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): ChildProgram {
  const { module, port_variables } = PROGRAMS[name];
  return {
    name,
    module: join(ROOT, module),
    args,
    flags: [],
    variables: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...variables },
    port_variables,
  };
}

/** All ports of the processes of a configuration. */
export function bindingsOf(
  environment: ProcessEnvironment,
  { demo, ingest }: Pick<Configuration, 'demo' | 'ingest'>,
): Binding[] {
  const { host, ingest_host } = environment;
  const bindings = [
    { host, port: environment.port, variable: 'PORT' },
    { host: PRIVATE_HOST, port: environment.collector_port, variable: 'COLLECTOR_PORT' },
    { host: PRIVATE_HOST, port: environment.page_private_port, variable: 'PAGE_PRIVATE_PORT' },
    { host: PRIVATE_HOST, port: environment.notify_port, variable: 'NOTIFY_PORT' },
  ];
  if (ingest.length > 0) {
    bindings.push({ host: ingest_host, port: environment.ingest_port, variable: 'INGEST_PORT' });
  }
  if (demo) {
    const port = environment.simulator_port;
    bindings.push({ host: PRIVATE_HOST, port, variable: 'SIMULATOR_PORT' });
  }
  return bindings;
}

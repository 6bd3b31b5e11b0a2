import { join } from 'node:path';
import { type Configuration, takesPosts } from '../../model/configuration.ts';
import { PRIVATE_HOST } from '../config/addresses.ts';
import type { ProcessEnvironment } from '../config/environment.ts';
import type { Binding } from '../listener.ts';
import type { ChildProgram } from './child-program.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Compile cache, which speeds up later starts; elsewhere when the product may not be written. */
const COMPILE_CACHE = process.env.NODE_COMPILE_CACHE || join(ROOT, 'node_modules/.cache/compiled');
/** glibc keeps an arena per thread, of which every process has a dozen that allocate little. */
const ONE_ARENA = '1';

/** Size of a heap in MB: what is young, and the limit of the rest. */
interface Heap {
  young: number;
  limit: number;
}

/**
 * The processes of the product, the variables of their ports, and their heaps. Young generations
 * are small because few of our objects live long, and each thread has one of three such spaces; the
 * limits lie far above what is used: with 10,000 checks a collector has 800 MB in all its threads.
 */
const PROGRAMS = {
  preparation: {
    module: 'platform/commands/prepare.ts',
    port_variables: {},
    heap: { young: 8, limit: 1_024 },
  },
  simulators: {
    module: 'simulators/main.ts',
    port_variables: { simulators: 'SIMULATOR_PORT' },
    heap: { young: 2, limit: 256 },
  },
  collector: {
    module: 'collector/main.ts',
    port_variables: { private: 'COLLECTOR_PORT', ingest: 'INGEST_PORT' },
    heap: { young: 1, limit: 1_024 },
  },
  page: {
    module: 'status-page/main.ts',
    port_variables: { page: 'PORT', private: 'PAGE_PRIVATE_PORT' },
    heap: { young: 2, limit: 1_024 },
  },
  notifier: {
    module: 'notify/main.ts',
    port_variables: { private: 'NOTIFY_PORT' },
    heap: { young: 1, limit: 512 },
  },
} as const;

/** The program of a process, for the supervisor. */
export function program(
  name: keyof typeof PROGRAMS,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): ChildProgram {
  const { module, port_variables, heap } = PROGRAMS[name];
  return {
    name,
    module: join(ROOT, module),
    args,
    flags: flagsOf(heap),
    variables: { NODE_COMPILE_CACHE: COMPILE_CACHE, MALLOC_ARENA_MAX: ONE_ARENA, ...variables },
    port_variables,
    tells_operators: name === 'notifier',
  };
}

function flagsOf({ young, limit }: Heap): string[] {
  return [`--max-semi-space-size=${young}`, `--max-old-space-size=${limit}`];
}

/** All ports of the processes of a configuration. */
export function bindingsOf(
  environment: ProcessEnvironment,
  configuration: Pick<Configuration, 'demo' | 'ingest' | 'callbacks'>,
): Binding[] {
  const { host, ingest_host } = environment;
  const bindings = [
    { host, port: environment.port, variable: 'PORT' },
    { host: PRIVATE_HOST, port: environment.collector_port, variable: 'COLLECTOR_PORT' },
    { host: PRIVATE_HOST, port: environment.page_private_port, variable: 'PAGE_PRIVATE_PORT' },
    { host: PRIVATE_HOST, port: environment.notify_port, variable: 'NOTIFY_PORT' },
  ];
  if (takesPosts(configuration)) {
    bindings.push({ host: ingest_host, port: environment.ingest_port, variable: 'INGEST_PORT' });
  }
  if (configuration.demo) {
    const port = environment.simulator_port;
    bindings.push({ host: PRIVATE_HOST, port, variable: 'SIMULATOR_PORT' });
  }
  return bindings;
}

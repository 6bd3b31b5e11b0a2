import type { System } from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import { iso, MINUTE, SECOND } from '../../model/time.ts';
import type { InvoiceFunction, Localized } from '../../model/vocabulary.ts';

/** Drills that visitors of the demo can start by one button. */
export const DRILL_NAMES = ['slow-download', 'stalled-sync', 'recover'] as const;
export type DrillName = (typeof DRILL_NAMES)[number];

/** A drill as returned by the simulators' API. */
export interface DrillView {
  id: string;
  kind: string;
  function?: InvoiceFunction;
  format?: string;
  /** ISO 8601. */
  from: string;
  until: string;
}

/** A simulated system: supported and active drills. */
export interface SystemDrills {
  id: string;
  name: Localized;
  kinds: string[];
  functions: InvoiceFunction[];
  drills: DrillView[];
}

export interface Drills {
  /** @throws when the simulators refuse it or do not answer */
  run(name: DrillName): Promise<void>;
  /** Supported and active drills of each simulated system. @throws when one does not answer */
  list(): Promise<SystemDrills[]>;
  /** Starts a drill; returns the reason when it is refused, or null. */
  start(system: string, drill: Record<string, unknown>): Promise<string | null>;
  /** Ends a drill; idempotent. */
  end(system: string, id: string): Promise<void>;
}

/** Drills end by themselves if "recover" is not pressed. */
const DRILL_MS = 10 * MINUTE;
/**
 * Added to each of the half dozen requests of a download: slow in total, but within the deadline.
 */
const SLOW_MS = 700;
const TIMEOUT_MS = 3 * SECOND;

export interface DrillsParts {
  /** Other systems are ignored. */
  systems: readonly Pick<System, 'id' | 'name' | 'url' | 'environment'>[];
  clock: Clock;
}

/** Client of the simulators' drill API; each button first ends active drills. */
export function createDrills({ systems, clock }: DrillsParts): Drills {
  const simulated = systems.filter(({ environment }) => environment === 'simulator');

  const isSimulated = (system: string) => simulated.some(({ id }) => id === system);

  function call(
    method: 'GET' | 'POST' | 'DELETE',
    system: string,
    { path = '', drill }: { path?: string; drill?: object } = {},
  ): Promise<Response> {
    const known = simulated.find(({ id }) => id === system);
    if (!known) throw new Error(`There is no simulated system ${system}`);
    return fetch(`${known.url}/drills${path}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(drill
        ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(drill) }
        : {}),
    });
  }

  async function done(system: string, asked: Promise<Response>): Promise<void> {
    const response = await asked;
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The simulator of ${system} answered ${response.status}`);
  }

  async function read<T>(system: string, path: string): Promise<T> {
    const response = await call('GET', system, { path });
    if (!response.ok) throw new Error(`The simulator of ${system} answered ${response.status}`);
    return (await response.json()) as T;
  }

  return {
    async run(name) {
      for (const { id } of simulated) await done(id, call('DELETE', id));
      const until = iso(clock.now() + DRILL_MS);
      if (name === 'slow-download') {
        const drill = { kind: 'latency', function: 'download', ms: SLOW_MS, until };
        await done('beijing', call('POST', 'beijing', { drill }));
      }
      if (name === 'stalled-sync') {
        await done('beijing', call('POST', 'beijing', { drill: { kind: 'stalled_sync', until } }));
      }
    },
    list: () =>
      Promise.all(
        simulated.map(async ({ id, name }) => {
          const { kinds, functions } = await read<{
            kinds: string[];
            functions: InvoiceFunction[];
          }>(id, '/kinds');
          const { drills } = await read<{ drills: DrillView[] }>(id, '');
          return { id, name, kinds, functions, drills };
        }),
      ),
    async start(system, drill) {
      if (!isSimulated(system)) return 'there is no such simulated system';
      const response = await call('POST', system, { drill });
      if (response.ok) {
        await response.body?.cancel();
        return null;
      }
      const { title = '', errors = [] } = (await response.json()) as {
        title?: string;
        errors?: { pointer: string; detail: string }[];
      };
      return [title, ...errors.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`)].join(
        '; ',
      );
    },
    async end(system, id) {
      if (!isSimulated(system)) return;
      const response = await call('DELETE', system, { path: `/${encodeURIComponent(id)}` });
      await response.body?.cancel();
      if (!response.ok && response.status !== 404)
        throw new Error(`The simulator of ${system} answered ${response.status}`);
    },
  };
}

import { Hono } from 'hono';
import { problem } from '../http/problem.ts';
import type { Log } from '../model/ports.ts';
import type { SimulatorDefinition } from '../probes/simulator.ts';
import { SYSTEMS } from '../probes/systems/index.ts';
import { createSimulatorContext } from './context.ts';
import { drillRoutes } from './drills.ts';
import type { SimulatorParts } from './parts.ts';

/**
 * All simulated systems in one app: `/{system}/…` implements its protocol, `/{system}/drills`
 * controls its drills.
 */
export async function createSimulators(parts: SimulatorParts, log: Log): Promise<Hono> {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('X-Simulated', 'true');
  });
  for (const [system, definition] of await loadSimulators()) {
    const simulator = definition.create(createSimulatorContext(system, parts));
    app.route(`/${system}/drills`, drillRoutes(system, definition, parts));
    app.mount(`/${system}`, simulator.fetch);
  }
  app.notFound(() => problem({ status: 404, title: 'No such simulated system' }));
  app.onError((err) => {
    log.error({ err }, 'simulator failed');
    return problem({ status: 500, title: 'The simulator failed' });
  });
  return app;
}

/** Systems with a simulator, by name, which is also the first path segment. */
async function loadSimulators(): Promise<[string, SimulatorDefinition][]> {
  const simulators: [string, SimulatorDefinition][] = [];
  for (const [name, { simulator }] of Object.entries(SYSTEMS)) {
    if (simulator) simulators.push([name, (await simulator()).default]);
  }
  return simulators;
}

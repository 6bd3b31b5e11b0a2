import { Hono } from 'hono';
import { problem } from '../http/problem.ts';
import type { Clock, Log } from '../model/ports.ts';
import type { SimulatorDefinition } from '../probes/simulation.ts';
import { beijingSimulator } from '../probes/systems/beijing/simulator.ts';
import { erpSimulator } from '../probes/systems/erp/simulator.ts';
import { invVeriSimulator } from '../probes/systems/inv-veri/simulator.ts';
import { pinduoduoSimulator } from '../probes/systems/pinduoduo/simulator.ts';
import { drillRoutes } from './drills.ts';
import type { Ledger } from './ledger.ts';
import { createStage } from './stage.ts';

/** The systems we can play, by the name that is also the first part of their path. */
export const SIMULATORS: Record<string, SimulatorDefinition> = {
  pinduoduo: pinduoduoSimulator,
  beijing: beijingSimulator,
  'inv-veri': invVeriSimulator,
  erp: erpSimulator,
};

/**
 * All simulated systems under one roof: `/{system}/…` speaks its protocol, `/{system}/drills`
 * disturbs it.
 */
export function createSimulators({
  ledger,
  clock,
  seed,
  latency,
  log,
}: {
  ledger: Ledger;
  clock: Clock;
  seed: string;
  latency: number;
  log: Log;
}): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('X-Simulated', 'true');
  });
  for (const [system, definition] of Object.entries(SIMULATORS)) {
    const stage = createStage({ system, ledger, clock, seed, latency });
    const simulator = definition.create(stage);
    app.route(`/${system}/drills`, drillRoutes({ system, definition, ledger, clock }));
    app.mount(`/${system}`, simulator.fetch);
  }
  app.notFound(() => problem({ status: 404, title: 'Nothing is simulated here' }));
  app.onError((err) => {
    log.error({ err }, 'simulator failed');
    return problem({ status: 500, title: 'The simulator failed' });
  });
  return app;
}

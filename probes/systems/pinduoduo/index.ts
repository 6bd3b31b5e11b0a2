import type { SystemDefinition } from '../../system.ts';
import { createPinduoduo } from './driver.ts';
import { pinduoduoSettings, SIMULATED_CREDENTIALS } from './settings.ts';

/** The open platform of Pinduoduo, to which merchants upload invoices. It has no sandbox. */
export const pinduoduo: SystemDefinition = {
  functions: ['upload'],
  settings: pinduoduoSettings,
  production_domains: ['pinduoduo.com', 'pinduoduo.net', 'yangkeduo.com', 'pddpic.com'],
  createDriver: createPinduoduo,
  simulator: () => import('./simulator.ts'),
  demo: { settings: SIMULATED_CREDENTIALS },
};

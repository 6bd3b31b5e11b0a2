import { reachOptions } from '../../reach.ts';
import type { SystemDefinition } from '../../system.ts';
import { createInvVeri } from './driver.ts';

/** The tax authority's public platform for verifying invoices. */
export const invVeri: SystemDefinition = {
  functions: ['reach'],
  options: { reach: reachOptions },
  production_domains: ['gov.cn'],
  createDriver: createInvVeri,
  simulator: () => import('./simulator.ts'),
};

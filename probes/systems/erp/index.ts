import { entryPage } from '../../entry-page.ts';
import { reachOptions } from '../../reach.ts';
import type { SystemDefinition } from '../../system.ts';

/**
 * A company's own finance system. Only its entry page is measured; it posts the invoices it issued
 * as events (docs/ingest.md), and their arrival is observed at the system that must show them.
 */
export const erp: SystemDefinition = {
  functions: ['reach'],
  options: { reach: reachOptions },
  production_domains: [],
  createDriver: entryPage,
  simulator: () => import('./simulator.ts'),
};

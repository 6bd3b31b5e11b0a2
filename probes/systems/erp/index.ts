import { entryPage } from '../../entry-page.ts';
import { reachOptions } from '../../reach.ts';
import type { SystemDefinition } from '../../system.ts';

/**
 * A company's own finance system. Nothing but its entry page is measured there: which invoices it
 * issued it tells itself, as events (docs/ingest.md), and whether they arrive is looked up at the
 * system that must show them.
 */
export const erp: SystemDefinition = {
  functions: ['reach'],
  options: { reach: reachOptions },
  production_domains: [],
  createDriver: entryPage,
  simulator: () => import('./simulator.ts'),
};

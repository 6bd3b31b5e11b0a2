import type { System } from '../../../model/configuration.ts';
import type { Driver } from '../../driver.ts';
import { entryPage } from '../../entry-page.ts';

/**
 * A company's own finance system. Nothing but its entry page is measured there: which invoices it
 * issued it tells itself, as events (docs/ingest.md), and whether they arrive is looked up at the
 * system that must show them.
 */
export function createErp(system: System): Driver {
  return entryPage(system);
}

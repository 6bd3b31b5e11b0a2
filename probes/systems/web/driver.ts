import type { System } from '../../../model/configuration.ts';
import type { Driver } from '../../driver.ts';
import { entryPage } from '../../entry-page.ts';

/**
 * Any web address: is it there, does it answer as expected, until when is its certificate valid.
 */
export function createWeb(system: System): Driver {
  return entryPage(system);
}

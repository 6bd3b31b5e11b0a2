import { entryPage } from '../../entry-page.ts';
import { reachOptions } from '../../reach.ts';
import type { SystemDefinition } from '../../system.ts';

/**
 * Any web address: is it there, does it answer as expected, until when is its certificate valid.
 */
export const web: SystemDefinition = {
  functions: ['reach'],
  options: { reach: reachOptions },
  production_domains: [],
  createDriver: entryPage,
};

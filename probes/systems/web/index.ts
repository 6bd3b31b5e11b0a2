import { entryPage } from '../../entry-page.ts';
import { reachOptions } from '../../reach.ts';
import type { SystemDefinition } from '../../system.ts';

/**
 * Any web address: is it available, is the response as expected, and when does its certificate
 * expire.
 */
export const web: SystemDefinition = {
  functions: ['reach'],
  options: { reach: reachOptions },
  production_domains: [],
  createDriver: entryPage,
};

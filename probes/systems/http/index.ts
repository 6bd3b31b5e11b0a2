import { downloadOptions } from '../../download.ts';
import { reachOptions } from '../../reach.ts';
import type { SystemDefinition } from '../../system.ts';
import { createHttp } from './driver.ts';
import { beyondBudgets } from './needed-requests.ts';
import { httpSettings } from './settings/settings.ts';
import { type HttpSettings, STEP_FUNCTIONS } from './settings/shape.ts';
import { unsafeSteps } from './settings/unsafe-steps.ts';

/** Any system that speaks HTTP, described by the configuration alone. */
export const http: SystemDefinition = {
  functions: [...STEP_FUNCTIONS, 'sync'],
  functionsBy(settings) {
    const given = settings as HttpSettings;
    const measured = STEP_FUNCTIONS.filter((fn) => fn === 'reach' || given[fn] !== undefined);
    return given.query === undefined ? measured : [...measured, 'sync'];
  },
  settings: httpSettings,
  options: { reach: reachOptions, download: downloadOptions },
  problemOf(options, settings) {
    const { path, ...others } = reachOptions.safeParse(options).data ?? { path: '/' };
    const [given] = path === '/' ? Object.keys(others) : ['path'];
    if (given === undefined || (settings as HttpSettings).reach === undefined) return null;
    return { option: given, problem: 'is for a page; the steps of reach say what is asked' };
  },
  production_domains: [],
  beyondBudgets: (checks, settings) => beyondBudgets(checks, settings as HttpSettings),
  writingSteps: (settings) => unsafeSteps(settings as HttpSettings),
  createDriver: createHttp,
};

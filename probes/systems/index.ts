import type { SystemDefinition } from '../driver.ts';
import { downloadOptions, reachOptions } from '../options.ts';
import { refusesWriting } from '../writing.ts';
import { createBeijing } from './beijing/driver.ts';
import { beijingSettings } from './beijing/settings.ts';
import { createPinduoduo } from './pinduoduo/driver.ts';
import { pinduoduoSettings } from './pinduoduo/settings.ts';
import { createWeb } from './web/driver.ts';
import { webSettings } from './web/settings.ts';

/** Every kind of system we can speak to, by the name a configuration gives as `driver`. */
export const SYSTEMS: Record<string, SystemDefinition> = {
  pinduoduo: {
    functions: ['upload'],
    settings: pinduoduoSettings,
    options: {},
    refusesWriting,
    create: createPinduoduo,
  },
  beijing: {
    functions: ['query', 'sync', 'download'],
    settings: beijingSettings,
    options: { download: downloadOptions },
    refusesWriting,
    create: createBeijing,
  },
  web: {
    functions: ['reach'],
    settings: webSettings,
    options: { reach: reachOptions },
    refusesWriting,
    create: createWeb,
  },
};

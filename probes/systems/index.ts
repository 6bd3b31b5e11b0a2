import type { SystemDefinition } from '../driver.ts';
import { downloadOptions, reachOptions } from '../options.ts';
import { refusesWriting } from '../writing.ts';
import { createBeijing } from './beijing/driver.ts';
import { beijingSettings } from './beijing/settings.ts';
import { createErp } from './erp/driver.ts';
import { createInvVeri } from './inv-veri/driver.ts';
import { noSettings } from './no-settings.ts';
import { createPinduoduo } from './pinduoduo/driver.ts';
import { pinduoduoSettings } from './pinduoduo/settings.ts';
import { createWeb } from './web/driver.ts';

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
  'inv-veri': {
    functions: ['reach'],
    settings: noSettings,
    options: { reach: reachOptions },
    refusesWriting,
    create: createInvVeri,
  },
  erp: {
    functions: ['reach'],
    settings: noSettings,
    options: { reach: reachOptions },
    refusesWriting,
    create: createErp,
  },
  web: {
    functions: ['reach'],
    settings: noSettings,
    options: { reach: reachOptions },
    refusesWriting,
    create: createWeb,
  },
};

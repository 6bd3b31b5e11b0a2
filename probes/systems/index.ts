import type { SystemDefinition } from '../system.ts';
import { beijing } from './beijing/index.ts';
import { dppt } from './dppt/index.ts';
import { erp } from './erp/index.ts';
import { http } from './http/index.ts';
import { invVeri } from './inv-veri/index.ts';
import { pinduoduo } from './pinduoduo/index.ts';
import { web } from './web/index.ts';

/** Every supported kind of system, by its `driver` name in the configuration. */
export const SYSTEMS: Readonly<Record<string, SystemDefinition>> = {
  pinduoduo,
  beijing,
  dppt,
  'inv-veri': invVeri,
  erp,
  web,
  http,
};

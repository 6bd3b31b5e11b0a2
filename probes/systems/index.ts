import type { SystemDefinition } from '../system.ts';
import { beijing } from './beijing/index.ts';
import { erp } from './erp/index.ts';
import { invVeri } from './inv-veri/index.ts';
import { pinduoduo } from './pinduoduo/index.ts';
import { web } from './web/index.ts';

/** Every kind of system we can speak to, by the name a configuration gives as `driver`. */
export const SYSTEMS: Readonly<Record<string, SystemDefinition>> = {
  pinduoduo,
  beijing,
  'inv-veri': invVeri,
  erp,
  web,
};

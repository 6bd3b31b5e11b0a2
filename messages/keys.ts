import type demo from './zh-CN/demo.ts';
import type everything from './zh-CN/index.ts';
import type page from './zh-CN/page.ts';
import type subscription from './zh-CN/subscription.ts';

/** All message keys. A key belongs to one subject only. */
export type MessageKey = keyof typeof everything;
/** Messages of the status page, also in the browser. */
export type PageKey = keyof typeof page;
/** Messages of the subscription pages. */
export type SubscriptionKey = keyof typeof subscription;
/** Messages of the demo pages. */
export type DemoKey = keyof typeof demo;

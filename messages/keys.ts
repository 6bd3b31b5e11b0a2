import type demo from './zh-CN/demo.ts';
import type everything from './zh-CN/index.ts';
import type page from './zh-CN/page.ts';
import type subscription from './zh-CN/subscription.ts';

/** What can be said. A key is of one subject only. */
export type MessageKey = keyof typeof everything;
/** What the status page says, in the browser too. */
export type PageKey = keyof typeof page;
/** What the pages for subscribers say. */
export type SubscriptionKey = keyof typeof subscription;
/** What the pages of the demo say. */
export type DemoKey = keyof typeof demo;

import type { Method } from '../http/methods.ts';
import { adminActionHandlers } from './admin/pages/action.ts';
import { openAlertsHandlers } from './admin/pages/alerts.ts';
import { extensionHandlers } from './admin/pages/extend.ts';
import { listHandlers } from './admin/pages/list.ts';
import { adminMaintenanceHandlers, postUpdateHandlers } from './admin/pages/maintenance.ts';
import { editMaintenanceHandlers, newMaintenanceHandlers } from './admin/pages/plan.ts';
import { homeHandlers, signInHandlers, signOutHandlers } from './admin/pages/sign-in.ts';
import type { AdminWing } from './admin/pages/wing.ts';
import { acknowledgeHandlers } from './alerts/acknowledge.ts';
import { descriptionHandlers } from './api/v1/description.ts';
import { historyHandlers } from './api/v1/history/handlers.ts';
import {
  actionHandlers,
  collectionHandlers,
  extendHandlers,
  itemHandlers,
  updateHandlers,
} from './api/v1/maintenances/handlers.ts';
import { ownTroublesHandlers } from './api/v1/own-troubles.ts';
import type { ApiWing } from './api/v1/wing.ts';
import { drillButtonHandlers } from './demo/pages/buttons.ts';
import { drillPageHandlers, endDrillHandlers } from './demo/pages/drills.ts';
import { framedMailHandlers, mailboxHandlers, mailHandlers } from './demo/pages/mailbox.ts';
import type { DemoWing } from './demo/pages/wing.ts';
import { addSlashHandlers } from './kit/answer.ts';
import type { Address, Handlers, RouteKind } from './kit/route.ts';
import type { Wing } from './kit/wing.ts';
import { incidentHandlers } from './public/pages/incident.ts';
import { liveHandlers } from './public/pages/live.ts';
import { maintenanceHandlers } from './public/pages/maintenance.ts';
import type { PublicWing } from './public/pages/wing.ts';
import { confirmHandlers } from './subscriptions/pages/confirm.ts';
import { manageHandlers } from './subscriptions/pages/manage.ts';
import { sentHandlers, subscribeHandlers } from './subscriptions/pages/subscribe.ts';
import { subscriberApiHandlers } from './subscriptions/pages/subscribers-api.ts';
import { unsubscribeHandlers } from './subscriptions/pages/unsubscribe.ts';
import type { SubscriptionsWing } from './subscriptions/pages/wing.ts';

/** The contexts of all wings. */
export interface Wings {
  public: PublicWing;
  subscriptions: SubscriptionsWing;
  alerts: Wing;
  admin: AdminWing;
  'api/v1': ApiWing;
  'api/v2': Wing;
  /** null outside the demo, which then has no routes. */
  demo: DemoWing | null;
}
export type WingName = keyof Wings;

export interface Route extends Address {
  wing: WingName;
  /** null: prerendered and served from memory (serve/). */
  createHandlers: ((wings: Wings) => Handlers) | null;
}

type CreateHandlers<Name extends WingName> = (
  wing: NonNullable<Wings[Name]>,
  path: string,
) => Handlers;

/** A row of the table below. */
type Row<Name extends WingName> = readonly [
  path: string,
  methods: readonly Method[],
  kind: RouteKind,
  handlers: CreateHandlers<Name> | 'ready',
  access?: 'open',
];

const READ = ['GET'] as const;
const SEND = ['POST'] as const;
const READ_SEND = ['GET', 'POST'] as const;

/**
 * All routes of the public server. 405, HEAD and OPTIONS, the route class in metrics, the table in
 * docs/status-page.md and the route tests derive from it.
 */
export const ROUTES: readonly Route[] = [
  ...wing('public', [
    ['/', READ, 'document', 'ready'],
    ['/:lang', READ, 'redirect', addSlashHandlers],
    ['/:lang/', READ, 'document', 'ready'],
    ['/:lang/incidents/:id', READ, 'page', incidentHandlers],
    ['/:lang/maintenances/:id', READ, 'page', maintenanceHandlers],
    ['/history.atom', READ, 'feed', 'ready'],
    ['/history.rss', READ, 'feed', 'ready'],
    ['/history.json', READ, 'feed', 'ready'],
    ['/maintenance.ics', READ, 'feed', 'ready'],
    ['/:lang/history.atom', READ, 'feed', 'ready'],
    ['/:lang/history.rss', READ, 'feed', 'ready'],
    ['/:lang/history.json', READ, 'feed', 'ready'],
    ['/:lang/maintenance.ics', READ, 'feed', 'ready'],
    ['/badge/:file', READ, 'outside', 'ready'],
    ['/:lang/badge/:file', READ, 'outside', 'ready'],
    ['/embed/:file', READ, 'outside', 'ready'],
    ['/embed.js', READ, 'outside', 'ready'],
    ['/live', READ, 'live', liveHandlers],
    ['/assets/:file', READ, 'asset', 'ready'],
    ['/favicon.svg', READ, 'file', 'ready'],
    ['/robots.txt', READ, 'file', 'ready'],
  ]),
  ...wing('subscriptions', [
    ['/:lang/subscribe', READ_SEND, 'form', subscribeHandlers],
    ['/api/v2/subscribers.json', SEND, 'api', subscriberApiHandlers],
    ['/:lang/subscribe/sent', READ, 'page', sentHandlers],
    ['/:lang/subscription/confirm', READ_SEND, 'form', confirmHandlers],
    ['/:lang/subscription', READ_SEND, 'form', manageHandlers],
    ['/unsubscribe', READ_SEND, 'form', unsubscribeHandlers],
  ]),
  ...wing('alerts', [['/:lang/alerts/acknowledge', READ_SEND, 'form', acknowledgeHandlers]]),
  ...wing('admin', [
    ['/admin', READ, 'redirect', homeHandlers, 'open'],
    ['/admin/:lang', READ, 'redirect', addSlashHandlers, 'open'],
    ['/admin/:lang/', READ, 'page', listHandlers],
    ['/admin/:lang/alerts', READ, 'page', openAlertsHandlers],
    ['/admin/:lang/sign-in', READ_SEND, 'form', signInHandlers, 'open'],
    ['/admin/:lang/sign-out', SEND, 'form', signOutHandlers],
    ['/admin/:lang/maintenances/new', READ_SEND, 'form', newMaintenanceHandlers],
    ['/admin/:lang/maintenances/:id', READ, 'page', adminMaintenanceHandlers],
    ['/admin/:lang/maintenances/:id/edit', READ_SEND, 'form', editMaintenanceHandlers],
    ['/admin/:lang/maintenances/:id/updates', SEND, 'form', postUpdateHandlers],
    ['/admin/:lang/maintenances/:id/announce', READ_SEND, 'form', adminActionHandlers('announce')],
    ['/admin/:lang/maintenances/:id/start', READ_SEND, 'form', adminActionHandlers('start')],
    ['/admin/:lang/maintenances/:id/extend', READ_SEND, 'form', extensionHandlers],
    ['/admin/:lang/maintenances/:id/end', READ_SEND, 'form', adminActionHandlers('end')],
    ['/admin/:lang/maintenances/:id/cancel', READ_SEND, 'form', adminActionHandlers('cancel')],
  ]),
  ...wing('api/v1', [
    ['/api/openapi.json', READ, 'api', descriptionHandlers, 'open'],
    ['/api/v1/history', READ, 'api', historyHandlers, 'open'],
    ['/api/v1/own-troubles', READ, 'api', ownTroublesHandlers, 'open'],
    ['/api/v1/stages', READ, 'api', 'ready', 'open'],
    ['/api/v1/maintenances', READ_SEND, 'api', collectionHandlers],
    ['/api/v1/maintenances/:id', ['GET', 'PUT'], 'api', itemHandlers],
    ['/api/v1/maintenances/:id/extend', SEND, 'api', extendHandlers],
    ['/api/v1/maintenances/:id/announce', SEND, 'api', actionHandlers('announce')],
    ['/api/v1/maintenances/:id/start', SEND, 'api', actionHandlers('start')],
    ['/api/v1/maintenances/:id/end', SEND, 'api', actionHandlers('end')],
    ['/api/v1/maintenances/:id/cancel', SEND, 'api', actionHandlers('cancel')],
    ['/api/v1/maintenances/:id/updates', SEND, 'api', updateHandlers],
  ]),
  ...wing('api/v2', [
    ['/api/v2/summary.json', READ, 'api', 'ready'],
    ['/api/v2/status.json', READ, 'api', 'ready'],
    ['/api/v2/components.json', READ, 'api', 'ready'],
    ['/api/v2/incidents.json', READ, 'api', 'ready'],
    ['/api/v2/incidents/unresolved.json', READ, 'api', 'ready'],
    ['/api/v2/scheduled-maintenances.json', READ, 'api', 'ready'],
    ['/api/v2/scheduled-maintenances/active.json', READ, 'api', 'ready'],
    ['/api/v2/scheduled-maintenances/upcoming.json', READ, 'api', 'ready'],
    ['/:lang/api/v2/summary.json', READ, 'api', 'ready'],
    ['/:lang/api/v2/status.json', READ, 'api', 'ready'],
    ['/:lang/api/v2/components.json', READ, 'api', 'ready'],
    ['/:lang/api/v2/incidents.json', READ, 'api', 'ready'],
    ['/:lang/api/v2/incidents/unresolved.json', READ, 'api', 'ready'],
    ['/:lang/api/v2/scheduled-maintenances.json', READ, 'api', 'ready'],
    ['/:lang/api/v2/scheduled-maintenances/active.json', READ, 'api', 'ready'],
    ['/:lang/api/v2/scheduled-maintenances/upcoming.json', READ, 'api', 'ready'],
  ]),
  ...wing('demo', [
    ['/:lang/demo/drills', READ_SEND, 'form', drillPageHandlers],
    ['/:lang/demo/drills/end', SEND, 'form', endDrillHandlers],
    ['/demo/drills/:name', SEND, 'demo', drillButtonHandlers],
    ['/:lang/demo/mailbox', READ, 'page', mailboxHandlers],
    ['/:lang/demo/mailbox/:id', READ, 'page', mailHandlers],
    ['/demo/mailbox/:file', READ, 'demo', framedMailHandlers],
  ]),
];

function wing<Name extends WingName>(name: Name, rows: readonly Row<Name>[]): Route[] {
  return rows.map(([path, methods, kind, handlers, access]) => ({
    path,
    methods,
    kind,
    wing: name,
    is_open: access === 'open',
    createHandlers:
      handlers === 'ready'
        ? null
        : (wings) => {
            const own = wings[name];
            if (!own) throw new Error(`${path} is of the wing ${name}, which is not there`);
            return handlers(own, path);
          },
  }));
}

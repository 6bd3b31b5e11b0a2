import type { Alert } from '../../model/alert.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Notice } from '../../model/notice.ts';
import type { Signer } from '../../model/ports.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { notifySettings } from '../channels/settings.ts';
import { alert, incident, incidentUpdate, subscriber } from '../model/builders.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';

/** 09:00 on a Monday in China. */
export const START = Date.UTC(2026, 0, 5, 1, 0, 0);

/** Signs well enough to tell one link from another. */
export const SIGNER: Signer = {
  sign: (text) => Buffer.from(text).toString('hex').slice(-16),
  verify: (text, signature) => Buffer.from(text).toString('hex').slice(-16) === signature,
};

export const INCIDENT = incident({
  id: 'inc000000001',
  started_at: START,
  created_at: START,
  updated_at: START,
});
export const UPDATE = incidentUpdate({
  id: 'upd000000001',
  incident: INCIDENT.id,
  created_at: START,
});
export const NOTICE: Notice = {
  id: 'not000000001',
  kind: 'incident_opened',
  ref: INCIDENT.id,
  update: UPDATE.id,
  created_at: START,
};

export function anAlert(changed: Partial<Alert> = {}): Alert {
  return alert({
    id: 'alert0000001',
    notes: [
      {
        code: 'checks_failing',
        checks: ['beijing-download-pdf'],
        reason: 'http_status',
        detail: 'HTTP 503',
      },
    ],
    since: START - 12 * SECOND,
    opened_at: START,
    ...changed,
  });
}

export function aSubscriber(changed: Partial<Subscriber> = {}): Subscriber {
  const confirmed = { created_at: START - MINUTE, confirmed_at: START - MINUTE };
  return subscriber({ nonce: 'nonce1', ...confirmed, ...changed });
}

/** A site whose section `notify` says this beside the sender of mails. */
export function configurationOf(notify: Record<string, unknown> = {}): Configuration {
  return {
    ...siteConfiguration({ demo: false }),
    notify: notifySettings({ from: 'status@example.org', ...notify }),
  };
}

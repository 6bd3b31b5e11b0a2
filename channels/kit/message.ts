import type { Alert } from '../../model/alert.ts';
import type { IncidentUpdate, IncidentWithUpdates } from '../../model/incident.ts';
import type { MaintenanceUpdate, MaintenanceWithUpdates } from '../../model/maintenance.ts';
import type { Notice } from '../../model/notice.ts';
import type { Subscriber } from '../../model/subscription.ts';
import type { SubscriptionLinks } from '../../model/subscription-links.ts';
import type { Locale } from '../../model/vocabulary.ts';

/** What a notice is about, as it is when the notice is sent. */
export type Payload =
  | { subject: 'incident'; incident: IncidentWithUpdates; update: IncidentUpdate }
  | { subject: 'maintenance'; maintenance: MaintenanceWithUpdates; update: MaintenanceUpdate }
  | { subject: 'subscription'; subscriber: Subscriber }
  | { subject: 'alert'; alert: Alert };

/** Who is notified, where and in which language. */
export interface Recipient {
  channel: string;
  /** What the channel sends to; empty for the log. Never logged. */
  address: string;
  locale: Locale;
  /** What messages are signed with; null where the channel signs nothing. */
  secret: string | null;
  /** Of a subscriber; null for an operator. */
  links: SubscriptionLinks | null;
}

/** One delivery. */
export interface Message {
  /** The same through every retry: receivers recognise repetitions by it. */
  delivery_id: string;
  notice: Notice;
  payload: Payload;
  to: Recipient;
}

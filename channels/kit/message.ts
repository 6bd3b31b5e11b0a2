import type { Alert } from '../../model/alert.ts';
import type { AlertFindings } from '../../model/alert-details.ts';
import type {
  AffectedFunction,
  IncidentUpdate,
  IncidentWithUpdates,
} from '../../model/incident.ts';
import type { BadTime } from '../../model/ledger.ts';
import type { MaintenanceUpdate, MaintenanceWithUpdates } from '../../model/maintenance.ts';
import type { Notice } from '../../model/notice.ts';
import type { Subscriber } from '../../model/subscription.ts';
import type { SubscriptionLinks } from '../../model/subscription-links.ts';
import type { ComponentId, EpochMs, Locale, State } from '../../model/vocabulary.ts';

/**
 * The subject of a notice. An alert is as of its notice; `recorded`: whether the page knows it.
 * What the ledger says of a disturbance is null where it knows of none.
 */
export type Payload =
  | {
      subject: 'incident';
      incident: IncidentWithUpdates;
      update: IncidentUpdate;
      /** The update, and others whose words are said with it, in order. */
      said: readonly IncidentUpdate[];
      /** Whether the recipient heard nothing of it before. */
      is_first: boolean;
      /** Its functions, as they were told to be with the last update that is said. */
      affected: AffectedFunction[];
      bad_time: BadTime | null;
      /** When what the ledger says of it was corrected last, after it was told to be over. */
      corrected_at: EpochMs | null;
    }
  | {
      subject: 'maintenance';
      maintenance: MaintenanceWithUpdates;
      update: MaintenanceUpdate;
      /** As of an incident. */
      said: readonly MaintenanceUpdate[];
    }
  | { subject: 'subscription'; subscriber: Subscriber }
  | {
      subject: 'alert';
      alert: Alert;
      recorded: boolean;
      bad_time: BadTime | null;
      /** null for an alert of no component, and where nothing can be read. */
      findings: AlertFindings | null;
      /** What is published of its component by then; absent where nothing can be read. */
      states?: ReadonlyMap<ComponentId, State>;
    };

/** The address and language of a message. */
export interface Recipient {
  channel: string;
  /** Destination; empty for the log channel. Never logged. */
  address: string;
  locale: Locale;
  /** Signing secret; null when the channel does not sign. */
  secret: string | null;
  /** Personal links of a subscriber; null for an operator. */
  links: SubscriptionLinks | null;
}

/** What is told of one matter. */
export interface ToldMatter {
  notice: Notice;
  payload: Payload;
}

/** One message to one recipient. */
export interface Message extends ToldMatter {
  /** Stable across retries, so that receivers can deduplicate. */
  delivery_id: string;
  /** What is told of other matters by the same message, if anything is. */
  others?: readonly ToldMatter[];
  to: Recipient;
}

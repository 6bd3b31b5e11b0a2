import type { Note } from './component.ts';
import type { BadTime } from './ledger.ts';
import type { EpochMs, State } from './vocabulary.ts';

/**
 * Subjects of operator alerts: a component's state, a measurement that stopped, a channel that does
 * not deliver, trouble of our own, a neutral host that does not answer, a certificate or a domain
 * that ends, a callback that tells what cannot be used.
 */
export const ALERT_KINDS = [
  'state',
  'stale',
  'channel',
  'own',
  'neutral',
  'certificate',
  'domain',
  'callback',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** One alert, from opening to resolution; at most one is open per kind and subject. */
export interface Alert {
  /** 12 characters of [a-z0-9]. */
  id: string;
  kind: AlertKind;
  /**
   * Component id; channel name; `ownSubject` of the trouble; id of the system that is the neutral
   * host; host of the certificate, with its port where that is not 443; name of the domain; id of
   * the callback.
   */
  subject: string;
  /** Of a component; null for others. */
  state: State | null;
  notes: Note[];
  /** Of a channel: the last error; of what else is of no component: its detail. */
  error: string | null;
  /** The corresponding public incident; null while there is none. */
  incident: string | null;
  /** Start of the condition (a transition's `since`); `opened_at` is when it was detected. */
  since: EpochMs;
  opened_at: EpochMs;
  acknowledged_at: EpochMs | null;
  /** The name that was given then; null of those from before names were asked for. */
  acknowledged_by: string | null;
  resolved_at: EpochMs | null;
  /** End of the down time: `resolved_since − since` is its duration. */
  resolved_since: EpochMs | null;
}

/** Others concern ourselves, a channel, a neutral host, a certificate, a domain or a callback. */
export function isOfComponent({ kind }: Pick<Alert, 'kind'>): boolean {
  return kind === 'state' || kind === 'stale';
}

/** Of a component whose state is known, of which own traffic does not tell any more. */
export function isOwnSilence({ kind, state }: Pick<Alert, 'kind' | 'state'>): boolean {
  return kind === 'stale' && state !== null && state !== 'unknown';
}

/** Deduplication key: at most one alert per key is open. */
export function alertKey({ kind, subject }: Pick<Alert, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`;
}

/** When what it is about was over; null: it lasts, or nobody saw the end. */
export function alertEnd({ kind, resolved_since, resolved_at }: Alert): EpochMs | null {
  return MAY_END_UNSEEN.includes(kind) ? resolved_since : (resolved_since ?? resolved_at);
}

const MAY_END_UNSEEN: readonly AlertKind[] = [
  'state',
  'channel',
  'own',
  'neutral',
  'certificate',
  'domain',
  'callback',
];

/** Whether it is not known to go on any more, without that its end was seen. */
export function isUnseenEnd({ kind, resolved_at, resolved_since }: Alert): boolean {
  return MAY_END_UNSEEN.includes(kind) && resolved_at !== null && resolved_since === null;
}

/**
 * How long that lasted: a disturbance by the ledger, so that the page says the same, else by what
 * was recorded; null: it lasts, or turned out to be nothing.
 */
export function alertLength(alert: Alert, bad_time: BadTime | null): number | null {
  if (alert.kind === 'state') return bad_time?.bad_ms ?? null;
  const end = alertEnd(alert);
  return end === null ? null : end - alert.since;
}

/** What an alert is about, and since when, when it is opened. */
export type OpenedAlert = Pick<Alert, 'id' | 'kind' | 'subject' | 'error' | 'since' | 'opened_at'>;

/** A new alert of something else than the state of a component. */
export function openedAlert(opened: OpenedAlert): Alert {
  return {
    ...opened,
    state: null,
    notes: [],
    incident: null,
    acknowledged_at: null,
    acknowledged_by: null,
    resolved_at: null,
    resolved_since: null,
  };
}

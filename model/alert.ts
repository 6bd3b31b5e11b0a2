import type { Note } from './component.ts';
import type { EpochMs, State } from './vocabulary.ts';

/**
 * What an operator is alerted of: a component's state, a measurement that stopped, a channel that
 * does not deliver.
 */
export const ALERT_KINDS = ['state', 'stale', 'channel'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** One alert from its first moment to its end; at most one is open per kind and subject. */
export interface Alert {
  /** 12 characters of [a-z0-9]. */
  id: string;
  kind: AlertKind;
  /** Component id, or channel name. */
  subject: string;
  /** Of a component; null for a channel. */
  state: State | null;
  notes: Note[];
  /** Of a channel: the last error. */
  error: string | null;
  /** The incident that says publicly what this says to operators; null while there is none. */
  incident: string | null;
  /** When it really began (a transition's `since`), and when we knew. */
  since: EpochMs;
  opened_at: EpochMs;
  acknowledged_at: EpochMs | null;
  resolved_at: EpochMs | null;
  /** The instant down time ended: `resolved_since − since` is the true duration. */
  resolved_since: EpochMs | null;
}

/** What at most one open alert has. */
export function alertKey({ kind, subject }: Pick<Alert, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`;
}

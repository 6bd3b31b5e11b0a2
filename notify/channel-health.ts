import type { SendResult } from '../channels/kit/sender.ts';
import type { Alert } from '../model/alert.ts';
import type { NoticeKind } from '../model/notice.ts';
import type { Clock } from '../model/ports.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { Store } from '../store/store.ts';

/**
 * So many failures in a row, over so long, and operators are alerted by the channels that are left.
 */
const FAILURES = 3;
const FAILING_FOR_MS = 60_000;
/** There are never more open alerts. */
const MANY = 10_000;

/** Watches whether channels deliver at all. */
export interface ChannelHealth {
  /** To be told how each attempt ended that says something of the channel as such. */
  report(channel: string, sending: SendResult): Promise<void>;
}

export interface ChannelHealthParts {
  store: Pick<Store, 'record' | 'alerts'>;
  clock: Clock;
  newId: () => string;
}

/**
 * Opens an alert when a channel keeps failing and ends it with the first delivery, over restarts.
 */
export function createChannelHealth(parts: ChannelHealthParts): ChannelHealth {
  const { store, clock, newId } = parts;
  const failing = new Map<string, { since: EpochMs; count: number }>();
  let open: Map<string, Alert> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function openAlerts(): Promise<Map<string, Alert>> {
    if (open === null) {
      const alerts = await store.alerts({ open: true, limit: MANY });
      const channels = alerts.filter(({ kind }) => kind === 'channel');
      open = new Map(channels.map((alert) => [alert.subject, alert]));
    }
    return open;
  }

  async function works(channel: string): Promise<void> {
    failing.delete(channel);
    const alerts = await openAlerts();
    const alert = alerts.get(channel);
    if (!alert) return;
    const now = clock.now();
    await tell({ ...alert, resolved_at: now, resolved_since: now }, 'alert_resolved');
    alerts.delete(channel);
  }

  async function fails(channel: string, error: string): Promise<void> {
    const now = clock.now();
    const { since, count } = failing.get(channel) ?? { since: now, count: 0 };
    failing.set(channel, { since, count: count + 1 });
    const alerts = await openAlerts();
    if (alerts.has(channel) || count + 1 < FAILURES || now - since < FAILING_FOR_MS) return;
    const alert: Alert = {
      id: newId(),
      kind: 'channel',
      subject: channel,
      state: null,
      notes: [],
      error,
      since,
      opened_at: now,
      acknowledged_at: null,
      resolved_at: null,
      resolved_since: null,
    };
    await tell(alert, 'alert_opened');
    alerts.set(channel, alert);
  }

  async function tell(alert: Alert, kind: NoticeKind): Promise<void> {
    const notice = { id: newId(), kind, ref: alert.id, update: null, created_at: clock.now() };
    await store.record({ alerts: [alert], notices: [notice] });
  }

  async function learn(channel: string, sending: SendResult): Promise<void> {
    if (sending.result === 'sent') await works(channel);
    else if (sending.result === 'retry' && sending.channel_fault) {
      await fails(channel, sending.error);
    }
  }

  return {
    /** One after the other, so that two dispatchers open no alert twice. */
    report(channel, sending) {
      const learned = last.then(() => learn(channel, sending));
      last = learned.catch(() => undefined);
      return learned;
    },
  };
}

import type { SendResult } from '../channels/kit/sender.ts';
import { type Alert, openedAlert } from '../model/alert.ts';
import type { NoticeKind } from '../model/notice.ts';
import type { Clock } from '../model/ports.ts';
import { MINUTE } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { AlertReads } from '../store/ports/alerts.ts';
import type { RecordWrites } from '../store/record.ts';

/** Consecutive failures over this period that open an alert to operators by the other channels. */
const FAILURES = 3;
const FAILING_FOR_MS = MINUTE;

/** Monitors whether channels deliver at all. */
export interface ChannelHealth {
  /** Records the outcome of an attempt that depends on the channel. */
  report(channel: string, outcome: SendResult): Promise<void>;
}

export interface ChannelHealthParts {
  store: RecordWrites & AlertReads;
  clock: Clock;
  newId: () => string;
}

/** Ends the alerts of channels that are in the configuration no longer: nothing is sent by them. */
export async function endAlertsOfRemoved(
  channels: readonly string[],
  { store, clock, newId }: ChannelHealthParts,
): Promise<void> {
  const now = clock.now();
  const open = await store.alerts({ open: true });
  const removed = open
    .filter(({ kind, subject }) => kind === 'channel' && !channels.includes(subject))
    .map((alert) => ({ ...alert, resolved_at: now }));
  const kind = 'alert_resolved' as const;
  const told = { kind, update: null, created_at: now };
  const notices = removed.map(({ id: ref }) => ({ id: newId(), ref, ...told }));
  if (removed.length > 0) await store.record({ alerts: removed, notices });
}

/**
 * Opens an alert when a channel keeps failing and resolves it on the next success; open alerts
 * survive restarts.
 */
export function createChannelHealth(parts: ChannelHealthParts): ChannelHealth {
  const { store, clock, newId } = parts;
  const failing = new Map<string, { since: EpochMs; count: number }>();
  let open: Map<string, Alert> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function openAlerts(): Promise<Map<string, Alert>> {
    if (open === null) {
      const alerts = await store.alerts({ open: true });
      const channels = alerts.filter(({ kind }) => kind === 'channel');
      open = new Map(channels.map((alert) => [alert.subject, alert]));
    }
    return open;
  }

  async function succeeded(channel: string): Promise<void> {
    failing.delete(channel);
    const alerts = await openAlerts();
    const alert = alerts.get(channel);
    if (!alert) return;
    const now = clock.now();
    await writeAlert({ ...alert, resolved_at: now, resolved_since: now }, 'alert_resolved');
    alerts.delete(channel);
  }

  async function failed(channel: string, error: string): Promise<void> {
    const now = clock.now();
    const { since, count } = failing.get(channel) ?? { since: now, count: 0 };
    failing.set(channel, { since, count: count + 1 });
    const alerts = await openAlerts();
    if (alerts.has(channel) || count + 1 < FAILURES || now - since < FAILING_FOR_MS) return;
    const alert = openedAlert({
      id: newId(),
      kind: 'channel',
      subject: channel,
      error,
      since,
      opened_at: now,
    });
    await writeAlert(alert, 'alert_opened');
    alerts.set(channel, alert);
  }

  async function writeAlert(alert: Alert, kind: NoticeKind): Promise<void> {
    const notice = { id: newId(), kind, ref: alert.id, update: null, created_at: clock.now() };
    await store.record({ alerts: [alert], notices: [notice] });
  }

  async function record(channel: string, outcome: SendResult): Promise<void> {
    if (outcome.result === 'sent') await succeeded(channel);
    else if (outcome.result === 'retry' && outcome.channel_fault) {
      await failed(channel, outcome.error);
    }
  }

  return {
    /** Serialised, so that two dispatchers do not open the same alert twice. */
    report(channel, outcome) {
      const recorded = last.then(() => record(channel, outcome));
      last = recorded.catch(() => undefined);
      return recorded;
    },
  };
}

import { ALERT_KINDS } from '../model/alert.ts';
import type { Clock, Telemetry } from '../model/ports.ts';
import type { AlertReads } from '../store/ports/alerts.ts';
import type { DeliveryReads } from '../store/ports/deliveries.ts';

export interface GaugesParts {
  store: Pick<DeliveryReads, 'pendingDeliveries'> & Pick<AlertReads, 'alerts'>;
  /** By id. */
  channels: readonly string[];
  clock: Clock;
  telemetry: Telemetry;
}

/** Updates the gauges of pending deliveries and open alerts; starts the counts of channels. */
export function createGauges(parts: GaugesParts): () => Promise<void> {
  const { store, channels, clock, telemetry } = parts;
  for (const channel of channels) {
    telemetry.start('fapiao_notification_total', { channel });
    telemetry.start('fapiao_notification_delay_seconds', { channel });
  }
  return async () => {
    const now = clock.now();
    const pending = await store.pendingDeliveries();
    for (const channel of channels) {
      const { count = 0, oldest_at = now } = pending.find((it) => it.channel === channel) ?? {};
      telemetry.gauge('fapiao_notification_pending', { channel }, count);
      const age_seconds = Math.max(0, now - oldest_at) / 1_000;
      telemetry.gauge('fapiao_notification_oldest_pending_seconds', { channel }, age_seconds);
    }
    const open = await store.alerts({ open: true });
    for (const kind of ALERT_KINDS) {
      const count = open.filter((alert) => alert.kind === kind).length;
      telemetry.gauge('fapiao_alert_open', { kind }, count);
    }
  };
}

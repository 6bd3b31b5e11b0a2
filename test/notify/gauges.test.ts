import { expect, it } from 'vitest';
import { createGauges } from '../../notify/gauges.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { alert } from '../model/builders.ts';
import { START } from './samples.ts';

it('tells how many messages of each channel wait, and for how long the oldest has', async () => {
  const telemetry = createTelemetry('notifier');
  const update = createGauges({
    store: {
      pendingDeliveries: async () => [{ channel: 'email', count: 3, oldest_at: START - 90_000 }],
      alerts: async () => [alert(), alert({ kind: 'own' }), alert({ kind: 'own' })],
    },
    channels: ['email', 'webhook'],
    clock: { now: () => START, monotonic: () => 0 },
    telemetry,
  });
  await update();
  const text = await telemetry.text();
  const values = (name: string) =>
    text.match(new RegExp(`^fapiao_notification_${name}\\{.*$`, 'gm'));
  expect(values('pending')).toEqual([
    'fapiao_notification_pending{channel="email"} 3',
    'fapiao_notification_pending{channel="webhook"} 0',
  ]);
  expect(values('oldest_pending_seconds')).toEqual([
    'fapiao_notification_oldest_pending_seconds{channel="email"} 90',
    'fapiao_notification_oldest_pending_seconds{channel="webhook"} 0',
  ]);
  expect(text).toContain('fapiao_alert_open{kind="state"} 1');
  expect(text).toContain('fapiao_alert_open{kind="own"} 2');
  expect(text).toContain('fapiao_alert_open{kind="stale"} 0');
});

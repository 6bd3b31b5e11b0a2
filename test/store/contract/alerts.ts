import { beforeEach, describe, expect, test } from 'vitest';
import type { Reminder } from '../../../model/alert-reminders.ts';
import { MINUTE } from '../../../model/time.ts';
import type { Store } from '../../../store/store.ts';
import { deliverEach } from '../deliver-each.ts';
import type { OpenDatabase } from './database.ts';
import { anAlert, anIncident, T0 } from './samples.ts';

export function alertContract(open: () => Promise<OpenDatabase>): void {
  describe('alerts', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('come back as they were written, newest first', async () => {
      const failing = anAlert({
        notes: [{ code: 'checks_failing', checks: ['q'], reason: 'http_status', detail: '503' }],
      });
      const channel = anAlert({
        id: 'channel00000',
        kind: 'channel',
        subject: 'email',
        state: null,
        error: 'connection refused',
        opened_at: T0 + 1,
      });
      await store.record({ alerts: [failing, channel] });
      expect(await store.alerts({ limit: 10 })).toEqual([channel, failing]);
      expect(await store.alerts({ limit: 1 })).toEqual([channel]);
      expect(await store.alerts({ kinds: ['state', 'own'] })).toEqual([failing]);
      expect(await store.alert(failing.id)).toEqual(failing);
      expect(await store.alert('nobody000000')).toBeNull();
    });

    test('change and end, and are remembered while they are open', async () => {
      await store.record({ alerts: [anAlert({})] });
      const changed = anAlert({ state: 'partial_outage' });
      await store.record({ alerts: [changed] });
      expect((await store.resume()).alerts).toEqual([changed]);
      const ended = { ...changed, resolved_at: T0 + MINUTE, resolved_since: T0 + 30_000 };
      await store.record({ alerts: [ended] });
      expect(await store.alerts({ open: true, limit: 10 })).toEqual([]);
      expect(await store.alerts({ limit: 10 })).toEqual([ended]);
      expect((await store.resume()).alerts).toEqual([]);
    });

    test('are given the incident that says the same publicly, once it is there', async () => {
      const incident = anIncident({ id: 'inc000000001' });
      await store.record({ alerts: [anAlert({})] });
      await store.record({ incidents: [incident], alerts: [anAlert({ incident: incident.id })] });
      expect((await store.alert('alert0000000'))?.incident).toBe(incident.id);
      const unknown = anAlert({ incident: 'nowhere00000' });
      await expect(store.record({ alerts: [unknown] })).rejects.toThrow(/FOREIGN|foreign/);
    });

    test('are open once per kind and subject', async () => {
      await store.record({ alerts: [anAlert({})] });
      const second = anAlert({ id: 'second000000' });
      await expect(store.record({ alerts: [second] })).rejects.toThrow(/UNIQUE|unique/);
      await store.record({ alerts: [anAlert({ resolved_at: T0 + 1 })] });
      await store.record({ alerts: [second, anAlert({ id: 'stale0000000', kind: 'stale' })] });
      expect(await store.alerts({ open: true, limit: 10 })).toHaveLength(2);
    });

    test('are acknowledged once, and stay so whatever is written after', async () => {
      await store.record({ alerts: [anAlert({})] });
      expect(await store.acknowledgeAlert('Wang', acknowledged('alert0000000', 1))).toBe(true);
      expect(await store.acknowledgeAlert('Li', acknowledged('alert0000000', 2))).toBe(false);
      expect(await store.acknowledgeAlert('Li', acknowledged('nobody000000', 3))).toBe(false);
      expect(await toldOf(store)).toEqual(['alert_acknowledged']);
      await store.record({ alerts: [anAlert({ resolved_at: T0 + MINUTE })] });
      expect(await store.alert('alert0000000')).toMatchObject({
        acknowledged_at: T0 + 1,
        acknowledged_by: 'Wang',
        resolved_at: T0 + MINUTE,
      });
    });

    test('T8: are told again until somebody acknowledges them, and once each', async () => {
      await store.record({ alerts: [anAlert({ opened_at: T0 })] });
      const again = (repeats: number, kind: Reminder = 'alert_repeated') =>
        store.tellAlertAgain({
          id: 'alert0000000',
          repeats,
          notice: { ...acknowledged('alert0000000', repeats), id: `${kind}${repeats}`, kind },
        });
      expect(await again(0)).toBe(true);
      expect(await again(0)).toBe(false);
      expect(await again(1, 'alert_escalated')).toBe(true);
      expect(await again(1, 'alert_escalated')).toBe(false);
      expect(await store.unansweredAlerts()).toEqual([
        { id: 'alert0000000', opened_at: T0, repeats: 1, repeated_at: T0, escalated_at: T0 + 1 },
      ]);
      await store.record({ alerts: [anAlert({ state: 'partial_outage', opened_at: T0 })] });
      expect(await store.unansweredAlerts()).toMatchObject([{ repeats: 1, escalated_at: T0 + 1 }]);
      await store.acknowledgeAlert('Wang', acknowledged('alert0000000', 2));
      expect(await store.unansweredAlerts()).toEqual([]);
      expect(await again(1)).toBe(false);
      expect(await toldOf(store)).toEqual([
        'alert_repeated',
        'alert_escalated',
        'alert_acknowledged',
      ]);
    });

    test.each(['certificate', 'domain'] as const)(
      'of the end of a %s are not told again: the next number of days is',
      async (kind) => {
        await store.record({ alerts: [anAlert({ kind, subject: 'a.cn', state: null })] });
        expect(await store.unansweredAlerts()).toEqual([]);
      },
    );

    test('T8: are neither acknowledged nor told again once they are over', async () => {
      await store.record({ alerts: [anAlert({ resolved_at: T0 + 1 })] });
      expect(await store.acknowledgeAlert('Wang', acknowledged('alert0000000', 2))).toBe(false);
      expect(await store.unansweredAlerts()).toEqual([]);
      expect(await toldOf(store)).toEqual([]);
    });
  });
}

function acknowledged(ref: string, after_ms: number) {
  const told = { ref, update: null, created_at: T0 + after_ms };
  return { ...told, id: `${ref}-${after_ms}`, kind: 'alert_acknowledged' as const };
}

/** The kinds of all notices, in order. */
async function toldOf(store: Store): Promise<string[]> {
  const delivered = await deliverEach(store, T0, [{ id: 'operator', channel: 'log' }]);
  return delivered.map(({ notice }) => notice.kind);
}

import { beforeEach, describe, expect, test } from 'vitest';
import type { Alert } from '../../model/alert.ts';
import { MINUTE } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import type { OpenDatabase } from './contract.ts';

const T0 = 1_780_000_000_000;

/** What every engine behind the store must do with alerts, and what it says of deliveries. */
export function alertContract(name: string, open: () => Promise<OpenDatabase>): void {
  describe(`alerts on ${name}`, () => {
    let store: Store;

    beforeEach(async () => {
      const database = await open();
      store = database.store;
      return database.remove;
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
      expect(await store.acknowledgeAlert('alert0000000', T0 + 1)).toBe(true);
      expect(await store.acknowledgeAlert('alert0000000', T0 + 2)).toBe(false);
      expect(await store.acknowledgeAlert('nobody000000', T0)).toBe(false);
      await store.record({ alerts: [anAlert({ resolved_at: T0 + MINUTE })] });
      expect(await store.alert('alert0000000')).toMatchObject({
        acknowledged_at: T0 + 1,
        resolved_at: T0 + MINUTE,
      });
    });

    test('make deliveries that are counted while they wait', async () => {
      const operators = [
        { id: 'mail', channel: 'email' },
        { id: 'hook', channel: 'webhook' },
      ];
      await store.record({ alerts: [anAlert({})] });
      for (const [index, id] of ['one000000000', 'two000000000'].entries()) {
        const notice = { kind: 'alert_opened', ref: 'alert0000000', update: null } as const;
        await store.record({ notices: [{ ...notice, id, created_at: T0 + index }] });
        await store.fanOut({ now: T0, limit: 10, operators });
      }
      const claimed = await store.claimDeliveries(T0, MINUTE, 10);
      const first = claimed.find((it) => it.recipient.id === 'hook');
      await store.settleDelivery(first?.id ?? '', { status: 'sent', at: T0 });
      const pending = await store.pendingDeliveries();
      expect(pending.toSorted((a, b) => a.count - b.count)).toEqual([
        {
          channel: 'webhook',
          count: 1,
          oldest_at: first?.notice.id === 'one000000000' ? T0 + 1 : T0,
        },
        { channel: 'email', count: 2, oldest_at: T0 },
      ]);
    });

    test('go to those operators who are told of alerts', async () => {
      const notice = { kind: 'alert_opened', ref: 'alert0000000', update: null } as const;
      await store.record({
        alerts: [anAlert({})],
        notices: [{ ...notice, id: 'one000000000', created_at: T0 }],
      });
      const operators = [
        { id: 'everything', channel: 'log' },
        { id: 'alerts', channel: 'email', subjects: ['alert'] as const },
        { id: 'incidents', channel: 'email', subjects: ['incident'] as const },
      ];
      await store.fanOut({ now: T0, limit: 10, operators });
      const claimed = await store.claimDeliveries(T0, MINUTE, 10);
      expect(claimed.map(({ recipient }) => recipient.id).toSorted()).toEqual([
        'alerts',
        'everything',
      ]);
    });

    test('count how many deliveries to somebody failed in a row', async () => {
      await store.record({ alerts: [anAlert({})] });
      const endings = ['never_again', 'sent', 'never_again', 'never_again'] as const;
      for (const [index, status] of endings.entries()) {
        const notice = { kind: 'alert_opened', ref: 'alert0000000', update: null } as const;
        const id = `notice${index}`;
        await store.record({ notices: [{ ...notice, id, created_at: T0 + index }] });
        const operators = [{ id: 'wang', channel: 'email' }];
        await store.fanOut({ now: T0 + index, limit: 10, operators });
        const [claimed] = await store.claimDeliveries(T0 + index, MINUTE, 1);
        const settled = { at: T0 + index, error: 'no such mailbox' };
        const settlement = status === 'sent' ? { status, at: settled.at } : { status, ...settled };
        await store.settleDelivery(claimed?.id ?? '', settlement);
      }
      expect(await store.failuresInARow('wang', 10)).toBe(2);
      expect(await store.failuresInARow('wang', 1)).toBe(1);
      expect(await store.failuresInARow('li', 10)).toBe(0);
    });
  });
}

function anAlert(changed: Partial<Alert>): Alert {
  return {
    id: 'alert0000000',
    kind: 'state',
    subject: 'beijing.query',
    state: 'major_outage',
    notes: [],
    error: null,
    since: T0 - MINUTE,
    opened_at: T0,
    acknowledged_at: null,
    resolved_at: null,
    resolved_since: null,
    ...changed,
  };
}

import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import type { RecipientKey } from '../../../store/ports/fan-out.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aNotice, anAlert, anIncident, anIncidentUpdate, T0 } from './samples.ts';

export function deliveryContract(open: () => Promise<OpenDatabase>): void {
  describe('deliveries', () => {
    let store: Store;

    const wang = { id: 'wang', channel: 'mail' };
    const li = { id: 'li', channel: 'webhook' };
    const LEASE = MINUTE;
    const fanOut = (...operators: RecipientKey[]) =>
      store.fanOut({ now: T0, limit: 10, operators });

    beforeEach(async () => {
      ({ store } = await open());
      await store.record({
        incidents: [anIncident({})],
        updates: [anIncidentUpdate({})],
        notices: [aNotice({})],
      });
    });

    test('are one per notice and recipient, however often the notice comes', async () => {
      expect(await fanOut(wang, li)).toBe(true);
      await store.record({ notices: [aNotice({})] });
      expect(await fanOut(wang, li)).toBe(false);
      const claimed = await store.claimDeliveries(T0, LEASE, 10);
      expect(claimed.map(({ recipient }) => recipient.id).sort()).toEqual(['li', 'wang']);
      expect(new Set(claimed.map(({ id }) => id)).size).toBe(2);
      expect(claimed[0]).toMatchObject({ notice: aNotice({}), attempts: 1 });
    });

    test('are made for one notice at a time, oldest first', async () => {
      await store.record({
        notices: [aNotice({ id: 'notice000002', created_at: T0 - 1 })],
      });
      expect(await fanOut(wang)).toBe(true);
      const [claimed] = await store.claimDeliveries(T0, LEASE, 10);
      expect(claimed?.notice.id).toBe('notice000002');
      expect(await fanOut(wang)).toBe(true);
    });

    test('that waited are dropped in a copy that goes on, and count as no failures', async () => {
      await fanOut(wang);
      const [sent] = await store.claimDeliveries(T0, LEASE, 1);
      await store.settleDelivery(sent?.id ?? '', { status: 'sent', at: T0 });
      await store.record({ notices: [aNotice({ id: 'notice000002' })] });
      await fanOut(wang, li);
      await store.record({ notices: [aNotice({ id: 'notice000003' })] });
      expect(await store.dropWhatWaited(T0 + 1)).toEqual({ deliveries: 2, notices: 1 });
      expect(await fanOut(wang, li)).toBe(false);
      expect(await store.claimDeliveries(T0 + 2 * LEASE, LEASE, 10)).toEqual([]);
      expect(await store.consecutiveFailures(li.id, 10)).toBe(0);
      expect(await store.dropWhatWaited(T0 + 2)).toEqual({ deliveries: 0, notices: 0 });
    });

    test('are nobody else’s while leased, and come back after it with the same id', async () => {
      await fanOut(wang);
      const [first] = await store.claimDeliveries(T0, LEASE, 10);
      expect(await store.claimDeliveries(T0 + LEASE - 1, LEASE, 10)).toEqual([]);
      const [second] = await store.claimDeliveries(T0 + LEASE, LEASE, 10);
      expect(second).toEqual({ ...first, attempts: 2 });
    });

    test('are claimed once by two at the same time, at most the limit each', async () => {
      await fanOut(wang, li);
      const [one, two] = await Promise.all([
        store.claimDeliveries(T0, LEASE, 1),
        store.claimDeliveries(T0, LEASE, 1),
      ]);
      expect(one).toHaveLength(1);
      expect(two).toHaveLength(1);
      expect(one[0]?.id).not.toBe(two[0]?.id);
    });

    test('settled for good never come back, whatever is said later', async () => {
      await fanOut(wang, li);
      const [sent, refused] = await store.claimDeliveries(T0, LEASE, 10);
      await store.settleDelivery(sent?.id ?? '', { status: 'sent', at: T0 });
      await store.settleDelivery(refused?.id ?? '', {
        status: 'never_again',
        at: T0,
        error: 'mailbox unknown',
      });
      await store.settleDelivery(sent?.id ?? '', {
        status: 'retry',
        at: T0,
        next_attempt_at: T0 + 1,
        error: 'late answer',
      });
      expect(await store.claimDeliveries(T0 + 10 * LEASE, LEASE, 10)).toEqual([]);
    });

    test('settled for good keep how they ended', async () => {
      await fanOut(wang);
      const [sent] = await store.claimDeliveries(T0, LEASE, 10);
      const id = sent?.id ?? '';
      await store.settleDelivery(id, { status: 'sent', at: T0 });
      await store.settleDelivery(id, { status: 'never_again', at: T0 + 1, error: 'late answer' });
      expect(await store.consecutiveFailures(wang.id, 10)).toBe(0);
    });

    test('to be retried come back when they are due', async () => {
      await fanOut(wang);
      const [claimed] = await store.claimDeliveries(T0, LEASE, 10);
      const next_attempt_at = T0 + 5 * LEASE;
      await store.settleDelivery(claimed?.id ?? '', {
        status: 'retry',
        at: T0,
        next_attempt_at,
        error: 'busy',
      });
      expect(await store.claimDeliveries(next_attempt_at - 1, LEASE, 10)).toEqual([]);
      expect(await store.claimDeliveries(next_attempt_at, LEASE, 10)).toHaveLength(1);
    });
  });

  describe('deliveries of alerts', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('are counted by channel while they wait', async () => {
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

    test('that failed in a row are counted, by recipient', async () => {
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
      expect(await store.consecutiveFailures('wang', 10)).toBe(2);
      expect(await store.consecutiveFailures('wang', 1)).toBe(1);
      expect(await store.consecutiveFailures('li', 10)).toBe(0);
    });
  });
}

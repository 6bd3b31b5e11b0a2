import { beforeEach, describe, expect, test } from 'vitest';
import type { UpdateCode } from '../../../model/incident.ts';
import type { Notice } from '../../../model/notice.ts';
import { HOUR, MINUTE } from '../../../model/time.ts';
import type { Claim, ClaimedDelivery } from '../../../store/ports/claims.ts';
import type { Settlement } from '../../../store/ports/deliveries.ts';
import type { RecipientKey } from '../../../store/ports/fan-out.ts';
import type { Store } from '../../../store/store.ts';
import { asked } from './audience.ts';
import type { OpenDatabase } from './database.ts';
import { aNotice, anAlert, anIncident, anIncidentUpdate, aSubscriber, T0 } from './samples.ts';

export function deliveryContract(open: () => Promise<OpenDatabase>): void {
  describe('deliveries', () => {
    let store: Store;

    const wang = { id: 'wang', channel: 'mail' };
    const li = { id: 'li', channel: 'webhook' };
    const fanOut = (...operators: RecipientKey[]) =>
      store.fanOut({ now: T0, limit: 10, operators });
    const claim = (now: number, more: Partial<Claim> = {}) =>
      store.claimDeliveries({ owner: 'test', now, limit: 10, ...more });
    const settle = (delivery: ClaimedDelivery | undefined, settlement: Settlement) =>
      store.settleDelivery(delivery?.id ?? '', settlement);

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
      const claimed = await store.claimDeliveries({ owner: 'test', now: T0, limit: 10 });
      expect(claimed.map(({ recipient }) => recipient.id).sort()).toEqual(['li', 'wang']);
      expect(new Set(claimed.map(({ id }) => id)).size).toBe(2);
      expect(claimed[0]).toMatchObject({ notice: aNotice({}), attempts: 1 });
    });

    test('are made for one notice at a time, as written, whatever the clock', async () => {
      await store.record({
        notices: [aNotice({ id: 'notice000002', created_at: T0 - 1 })],
      });
      expect(await fanOut(wang)).toBe(true);
      const [claimed] = await store.claimDeliveries({ owner: 'test', now: T0, limit: 10 });
      expect(claimed?.notice.id).toBe(aNotice({}).id);
      expect(await fanOut(wang)).toBe(true);
    });

    test('that waited are dropped in a copy that goes on, and count as no failures', async () => {
      await fanOut(wang);
      const [sent] = await claim(T0, { limit: 1 });
      await store.settleDelivery(sent?.id ?? '', { status: 'sent', at: T0 });
      await store.record({ notices: [aNotice({ id: 'notice000002' })] });
      await fanOut(wang, li);
      await store.record({ notices: [aNotice({ id: 'notice000003' })] });
      expect(await store.markRestored(T0 + 1)).toEqual({ deliveries: 2, notices: 1 });
      expect(await fanOut(wang, li)).toBe(false);
      expect(await claim(T0 + MINUTE)).toEqual([]);
      expect(await store.consecutiveFailures(li.id, 10)).toBe(0);
      expect(await store.markRestored(T0 + 2)).toEqual({ deliveries: 0, notices: 0 });
    });

    test('are nobody else’s while somebody has them in hand', async () => {
      await fanOut(wang);
      await claim(T0);
      expect(await claim(T0 + 1_000_000, { owner: 'another' })).toEqual([]);
    });

    test('T3: of a notifier that has ended are given back at once, with the same id', async () => {
      await fanOut(wang, li);
      const [first, second] = await claim(T0, { owner: 'killed' });
      expect(await store.releaseDeliveries('killed')).toBe(0);
      expect(await store.releaseDeliveries('next')).toBe(2);
      expect(await claim(T0, { owner: 'next' })).toEqual([
        { ...first, attempts: 2 },
        { ...second, attempts: 2 },
      ]);
    });

    test('of one matter come one after the other, whatever the first waits for', async () => {
      await fanOut(wang);
      const [first] = await claim(T0);
      const second = aNotice({ id: 'notice000002', created_at: T0 + 1 });
      await store.record({ notices: [second] });
      await fanOut(wang);
      expect(await claim(T0)).toEqual([]);
      const next_attempt_at = T0 + MINUTE;
      await settle(first, { status: 'retry', at: T0, next_attempt_at, error: 'busy' });
      expect(await claim(next_attempt_at - 1)).toEqual([]);
      await settle(first, { status: 'sent', at: T0 });
      expect(await claim(T0)).toMatchObject([{ notice: second, attempts: 1 }]);
      const problems = await store.integrityProblems();
      expect(problems.filter((it) => it.includes('next'))).toEqual([]);
    });

    describe('that others of their matter wait behind', () => {
      /** The first fails until others came; wang is then told one of them. */
      async function overtaken(...codes: UpdateCode[]) {
        await fanOut(wang);
        const [first] = await claim(T0);
        await settle(first, { status: 'retry', at: T0, next_attempt_at: T0 + 1, error: 'busy' });
        for (const [n, code] of codes.entries()) {
          const text = code === 'text' ? 'We know the cause.' : null;
          const update = anIncidentUpdate({ id: `said00000000${n}`, code, text });
          const notice = aNotice({ id: `later000000${n}`, update: update.id, created_at: T0 + n });
          await store.record({ updates: [update], notices: [notice] });
          await fanOut(wang);
        }
        return claim(T0 + 1);
      }

      test('are overtaken by the newest, with the reason', async () => {
        const [told, ...others] = await overtaken('worse', 'resolved');
        expect(others).toEqual([]);
        expect(told).toMatchObject({ notice: { id: 'later0000001' }, attempts: 1 });
        expect(told).toMatchObject({ is_first: true, newly_overtaken: 2 });
        expect(told?.overtaken.map(({ id }) => id)).toEqual([aNotice({}).id, 'later0000000']);
        await settle(told, { status: 'sent', at: T0 + 2 });
        expect(await claim(T0 + HOUR)).toEqual([]);
        expect(await store.pendingDeliveries()).toEqual([]);
      });

      test('stay what they are when only a person has said something since', async () => {
        const [told] = await overtaken('text');
        expect(told).toMatchObject({ notice: aNotice({}), attempts: 2, newly_overtaken: 1 });
        expect(told?.overtaken.map(({ id }) => id)).toEqual(['later0000000']);
      });

      test('are told by the one that overtakes that one in its turn', async () => {
        const [told] = await overtaken('text', 'worse');
        await settle(told, { status: 'retry', at: T0 + 1, next_attempt_at: T0 + 2, error: 'busy' });
        const update = anIncidentUpdate({ id: 'update000009', code: 'unclear' });
        const notice = aNotice({ id: 'last00000000', update: update.id });
        await store.record({ updates: [update], notices: [notice] });
        await fanOut(wang);
        const [last] = await claim(T0 + 2);
        expect(last).toMatchObject({ notice: { id: 'last00000000' }, newly_overtaken: 1 });
        expect(last?.overtaken.map(({ id }) => id)).toEqual([
          aNotice({}).id,
          'later0000000',
          'later0000001',
        ]);
      });

      test('T3: are told again, and nothing in their place, if they may be sent', async () => {
        await fanOut(wang);
        const [first] = await claim(T0, { owner: 'killed' });
        await store.releaseDeliveries('test');
        const update = anIncidentUpdate({ id: 'said00000001', code: 'resolved' });
        const notice = aNotice({ id: 'later0000001', update: update.id });
        await store.record({ updates: [update], notices: [notice] });
        await fanOut(wang);
        expect(await claim(T0)).toEqual([{ ...first, attempts: 2 }]);
        await settle(first, { status: 'sent', at: T0 });
        expect(await claim(T0)).toMatchObject([{ notice, is_first: false, newly_overtaken: 0 }]);
      });

      test('are neither failures of their recipient nor told to it', async () => {
        const [told] = await overtaken('worse');
        await settle(told, { status: 'never_again', at: T0 + 2, error: 'no such mailbox' });
        expect(await store.consecutiveFailures(wang.id, 9)).toBe(1);
      });

      test('do not make it the first that was told of its matter', async () => {
        await fanOut(wang);
        const [first] = await claim(T0);
        expect(first?.is_first).toBe(true);
        await settle(first, { status: 'sent', at: T0 });
        await store.record({ notices: [aNotice({ id: 'second000000' })] });
        await fanOut(wang, li);
        const claimed = await claim(T0);
        expect(claimed.map((it) => [it.recipient.id, it.is_first])).toEqual(
          claimed.map((it) => [it.recipient.id, it.recipient.id === 'li']),
        );
      });
    });

    test('of one matter to one recipient by two channels do not wait for each other', async () => {
      await fanOut(wang, { ...wang, channel: 'webhook' });
      expect(await claim(T0)).toHaveLength(2);
    });

    test('that are put off were not attempted, nor is another one before', async () => {
      const other = anIncident({ id: 'incident0002' });
      const notice = aNotice({ id: 'notice000002', ref: other.id });
      await store.record({ incidents: [other], notices: [notice] });
      await fanOut(wang);
      await fanOut(wang);
      const [first, second] = await claim(T0, { limit: 1 });
      expect(second).toBeUndefined();
      await store.putOffDelivery(first?.id ?? '', T0 + MINUTE);
      expect(await claim(T0 + MINUTE - 1)).toEqual([]);
      const claimed = await claim(T0 + MINUTE);
      expect(claimed.map(({ attempts }) => attempts)).toEqual([1, 1]);
      expect(claimed[0]).toEqual(first);
    });

    test('come by what is due longest, or the newest first', async () => {
      for (const n of [2, 3]) {
        const other = anIncident({ id: `incident000${n}` });
        const notice = aNotice({ id: `notice00000${n}`, ref: other.id, created_at: T0 - n });
        await store.record({ incidents: [other], notices: [notice] });
      }
      for (let n = 0; n < 3; n++) await store.fanOut({ now: T0 + n, limit: 9, operators: [wang] });
      const ids = (claimed: { notice: Notice }[]) => claimed.map(({ notice }) => notice.id);
      const [newest] = await claim(T0 + 9, { limit: 1, newest_first: true });
      expect(newest?.notice.id).toBe('notice000003');
      expect(ids(await claim(T0 + 9, { limit: 1 }))).toEqual([aNotice({}).id]);
      expect(ids(await claim(T0 + 9))).toEqual(['notice000002']);
    });

    test('are claimed by lane and channel', async () => {
      await store.subscribe(aSubscriber({ id: 'asking000000' }), asked(1));
      await fanOut(wang, li);
      await fanOut();
      expect(await claim(T0, { lane: 'readers' })).toEqual([]);
      expect(await claim(T0, { lane: 'operators', channel: 'email' })).toEqual([]);
      expect(await claim(T0, { lane: 'operators', channel: 'mail' })).toHaveLength(1);
      expect(await claim(T0, { lane: 'confirmations' })).toMatchObject([
        { recipient: { id: 'asking000000' } },
      ]);
      expect(await claim(T0)).toMatchObject([{ recipient: li }]);
    });

    test('are claimed once by two at the same time, at most the limit each', async () => {
      await fanOut(wang, li);
      const [one, two] = await Promise.all([
        store.claimDeliveries({ owner: 'test', now: T0, limit: 1 }),
        store.claimDeliveries({ owner: 'test', now: T0, limit: 1 }),
      ]);
      expect(one).toHaveLength(1);
      expect(two).toHaveLength(1);
      expect(one[0]?.id).not.toBe(two[0]?.id);
    });

    test('settled for good never come back, whatever is said later', async () => {
      await fanOut(wang, li);
      const [sent, refused] = await store.claimDeliveries({ owner: 'test', now: T0, limit: 10 });
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
      expect(
        await store.claimDeliveries({ owner: 'test', now: T0 + 10 * MINUTE, limit: 10 }),
      ).toEqual([]);
    });

    test('settled for good keep how they ended', async () => {
      await fanOut(wang);
      const [sent] = await store.claimDeliveries({ owner: 'test', now: T0, limit: 10 });
      const id = sent?.id ?? '';
      await store.settleDelivery(id, { status: 'sent', at: T0 });
      await store.settleDelivery(id, { status: 'never_again', at: T0 + 1, error: 'late answer' });
      expect(await store.consecutiveFailures(wang.id, 10)).toBe(0);
    });

    test('to be retried come back when they are due', async () => {
      await fanOut(wang);
      const [claimed] = await store.claimDeliveries({ owner: 'test', now: T0, limit: 10 });
      const next_attempt_at = T0 + 5 * MINUTE;
      await store.settleDelivery(claimed?.id ?? '', {
        status: 'retry',
        at: T0,
        next_attempt_at,
        error: 'busy',
      });
      expect(
        await store.claimDeliveries({ owner: 'test', now: next_attempt_at - 1, limit: 10 }),
      ).toEqual([]);
      expect(
        await store.claimDeliveries({ owner: 'test', now: next_attempt_at, limit: 10 }),
      ).toHaveLength(1);
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
        const notice = { kind: 'alert_opened', ref: `alert000000${index}`, update: null } as const;
        await store.record({ notices: [{ ...notice, id, created_at: T0 + index }] });
        await store.fanOut({ now: T0, limit: 10, operators });
      }
      const claimed = await store.claimDeliveries({ owner: 'test', now: T0, limit: 10 });
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
      const claimed = await store.claimDeliveries({ owner: 'test', now: T0, limit: 10 });
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
        const [claimed] = await store.claimDeliveries({ owner: 'test', now: T0 + index, limit: 1 });
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

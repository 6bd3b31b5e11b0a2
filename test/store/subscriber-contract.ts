import { beforeEach, describe, expect, test } from 'vitest';
import type { Incident } from '../../model/incident.ts';
import type { Notice, NoticeKind } from '../../model/notice.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { HOUR } from '../../model/time.ts';
import type { RecipientKey } from '../../store/ports/fan-out.ts';
import type { Store } from '../../store/store.ts';
import type { OpenDatabase } from './contract.ts';

const T0 = 1_780_000_000_000;
const OPERATOR: RecipientKey = { id: 'operators', channel: 'log' };

/** What every engine behind the store must do with those who asked to be told. */
export function subscriberContract(name: string, open: () => Promise<OpenDatabase>): void {
  describe(`subscribers on ${name}`, () => {
    let store: Store;

    beforeEach(async () => {
      const database = await open();
      store = database.store;
      await store.record({ incidents: [anIncident('beijing')] });
      return database.remove;
    });

    describe('subscribing', () => {
      test('keeps who asked and tells that address alone', async () => {
        const wang = aSubscriber({ systems: ['beijing'], kinds: ['incident'] });
        await store.subscribe(
          aSubscriber({ id: 'li0000000000', address: 'li@b.example' }),
          asked(1),
        );
        await store.subscribe(wang, asked(2));
        expect(await store.subscriber(wang.id)).toEqual(wang);
        expect(await told()).toEqual([
          'subscription_requested li0000000000 → li0000000000',
          'subscription_requested wang00000000 → wang00000000',
        ]);
      });

      test('anew before confirming changes the choice and keeps the links', async () => {
        await store.subscribe(aSubscriber({}), asked(1));
        const again = { id: 'other0000000', nonce: 'other', secret: 'whsec_other' };
        const choice = { locale: 'en', systems: ['beijing'], kinds: ['incident'] } as const;
        const anew = { ...choice, systems: [...choice.systems], kinds: [...choice.kinds] };
        await store.subscribe(aSubscriber({ ...again, ...anew, created_at: T0 + HOUR }), asked(2));
        expect(await store.subscriber('other0000000')).toBeNull();
        expect(await store.subscriber('wang00000000')).toEqual(
          aSubscriber({ ...anew, created_at: T0 + HOUR }),
        );
        expect(await told()).toEqual([
          'subscription_requested wang00000000 → wang00000000',
          'subscription_requested wang00000000 → wang00000000',
        ]);
      });

      test('anew after confirming changes nothing, but tells the address', async () => {
        await activate(aSubscriber({}));
        const before = await store.subscriber('wang00000000');
        await store.subscribe(aSubscriber({ id: 'other0000000', kinds: [] }), asked(2));
        expect(await store.subscriber('wang00000000')).toEqual(before);
        expect(await store.subscriber('other0000000')).toBeNull();
        expect(await told()).toHaveLength(2);
      });

      test('by another channel with the same address is another subscription', async () => {
        await store.subscribe(aSubscriber({}), asked(1));
        await store.subscribe(aSubscriber({ id: 'hook00000000', channel: 'webhook' }), asked(2));
        expect(await store.subscriber('hook00000000')).toMatchObject({ channel: 'webhook' });
      });

      test('by many at a time with the same address is one subscription', async () => {
        const ids = Array.from({ length: 20 }, (_, n) => `same${String(n).padStart(8, '0')}`);
        await Promise.all(ids.map((id, n) => store.subscribe(aSubscriber({ id }), asked(n))));
        const kept = await Promise.all(ids.map((id) => store.subscriber(id)));
        expect(kept.filter((it) => it !== null)).toHaveLength(1);
      });
    });

    describe('confirming', () => {
      test('takes the right nonce, once', async () => {
        await store.subscribe(aSubscriber({}), asked(1));
        expect(await store.confirmSubscriber('wang00000000', 'wrong', T0)).toBe(false);
        expect(await store.confirmSubscriber('nobody000000', 'nonce', T0)).toBe(false);
        expect(await store.confirmSubscriber('wang00000000', 'nonce', T0 + 1)).toBe(true);
        expect(await store.confirmSubscriber('wang00000000', 'nonce', T0 + 2)).toBe(false);
        expect(await store.subscriber('wang00000000')).toEqual(
          aSubscriber({ status: 'active', confirmed_at: T0 + 1 }),
        );
      });

      test('is over for those who took too long', async () => {
        await activate(aSubscriber({}));
        const late = { id: 'late00000000', address: 'late@b.example', created_at: T0 + 1 };
        await store.subscribe(aSubscriber(late), asked(2));
        expect(await store.prune('unconfirmed', T0 + 1, 10)).toBe(0);
        expect(await store.prune('unconfirmed', T0 + 2, 10)).toBe(1);
        expect(await store.subscriber('late00000000')).toBeNull();
        expect(await store.subscriber('wang00000000')).not.toBeNull();
      });
    });

    test('a choice can be changed for whoever is there', async () => {
      await activate(aSubscriber({}));
      const choice = { locale: 'en' as const, systems: ['beijing'], kinds: [] };
      expect(await store.updateSubscription('wang00000000', choice)).toBe(true);
      expect(await store.updateSubscription('nobody000000', choice)).toBe(false);
      expect(await store.subscriber('wang00000000')).toMatchObject({ ...choice, status: 'active' });
    });

    test('unsubscribing deletes the row and what is still to be delivered', async () => {
      await activate(aSubscriber({}));
      await activate(aSubscriber({ id: 'li0000000000', address: 'li@b.example' }));
      await deliverAll();
      await tell('incident_opened', INCIDENT);
      await fanOut();
      expect(await store.unsubscribe('wang00000000', T0)).toBe(true);
      expect(await store.unsubscribe('wang00000000', T0)).toBe(false);
      expect(await store.subscriber('wang00000000')).toBeNull();
      expect(await claimed()).toEqual([
        `incident_opened ${INCIDENT} → li0000000000`,
        `incident_opened ${INCIDENT} → operators`,
      ]);
    });

    describe('a notice', () => {
      beforeEach(async () => {
        await activate(aSubscriber({ id: 'all000000000', address: 'all@b.example' }));
        await activate(
          aSubscriber({ id: 'beijing00000', address: 'bj@b.example', systems: ['beijing'] }),
        );
        await activate(
          aSubscriber({ id: 'pdd000000000', address: 'pdd@b.example', systems: ['pinduoduo'] }),
        );
        await activate(
          aSubscriber({ id: 'windows00000', address: 'w@b.example', kinds: ['maintenance'] }),
        );
        const silent = { id: 'pending00000', address: 'pending@b.example' };
        await store.subscribe(aSubscriber(silent), asked(9));
        await deliverAll();
      });

      test('of an incident goes to operators and to those who asked for it', async () => {
        await tell('incident_updated', INCIDENT);
        expect(await told()).toEqual([
          `incident_updated ${INCIDENT} → all000000000`,
          `incident_updated ${INCIDENT} → beijing00000`,
          `incident_updated ${INCIDENT} → operators`,
        ]);
      });

      test('of an alert goes to operators only', async () => {
        await tell('alert_opened', 'alert0000000');
        expect(await told()).toEqual(['alert_opened alert0000000 → operators']);
      });

      test('of a request goes to nobody once the subscriber is gone', async () => {
        await tell('subscription_requested', 'nobody000000');
        expect(await told()).toEqual([]);
      });

      test('goes out in portions, and nobody is missed or told twice', async () => {
        for (let n = 0; n < 23; n++) {
          const id = `many${String(n).padStart(8, '0')}`;
          await activate(aSubscriber({ id, address: `${id}@b.example` }));
        }
        await deliverAll();
        await tell('incident_opened', INCIDENT);
        let portions = 0;
        while (await store.fanOut({ now: T0, limit: 4, operators: [OPERATOR] })) portions++;
        expect(portions).toBe(7);
        const recipients = await claimed();
        expect(recipients).toHaveLength(23 + 3);
        expect(new Set(recipients).size).toBe(recipients.length);
      });

      test('goes on where it was, whoever joined or left meanwhile', async () => {
        await tell('incident_opened', INCIDENT);
        await store.fanOut({ now: T0, limit: 1, operators: [OPERATOR] });
        await activate(aSubscriber({ id: '000000000000', address: 'first@b.example' }));
        await store.unsubscribe('beijing00000', T0);
        await fanOut();
        expect(await claimed()).toEqual([
          `incident_opened ${INCIDENT} → all000000000`,
          `incident_opened ${INCIDENT} → operators`,
          'subscription_requested 000000000000 → 000000000000',
        ]);
      });
    });

    async function activate(subscriber: Subscriber): Promise<void> {
      await store.subscribe(subscriber, asked(subscriber.id));
      await store.confirmSubscriber(subscriber.id, subscriber.nonce, T0);
    }

    async function tell(kind: NoticeKind, ref: string): Promise<void> {
      await store.record({
        notices: [{ id: 'told00000000', kind, ref, update: null, created_at: T0 }],
      });
    }

    async function fanOut(): Promise<void> {
      while (await store.fanOut({ now: T0, limit: 100, operators: [OPERATOR] }));
    }

    /** Who has what to be delivered, in alphabetical order. */
    async function claimed(): Promise<string[]> {
      const deliveries = await store.claimDeliveries(T0, HOUR, 1_000);
      return deliveries
        .map(({ notice, recipient }) => `${notice.kind} ${notice.ref} → ${recipient.id}`)
        .sort();
    }

    async function told(): Promise<string[]> {
      await fanOut();
      return claimed();
    }

    async function deliverAll(): Promise<void> {
      await fanOut();
      for (const { id } of await store.claimDeliveries(T0, HOUR, 1_000)) {
        await store.settleDelivery(id, { status: 'sent', at: T0 });
      }
    }
  });
}

const INCIDENT = 'incident0000';

function anIncident(system: string): Incident {
  return {
    id: INCIDENT,
    system,
    status: 'investigating',
    impact: 'critical',
    title: 'outage',
    functions: ['query'],
    components: [`${system}.query`],
    started_at: T0,
    created_at: T0,
    updated_at: T0,
    monitoring_at: null,
    resolved_at: null,
    taken_over: false,
    simulated: false,
  };
}

function aSubscriber(parts: Partial<Subscriber>): Subscriber {
  return {
    id: 'wang00000000',
    channel: 'email',
    address: 'wang@a.example',
    status: 'pending',
    locale: 'zh-CN',
    systems: null,
    kinds: ['incident', 'maintenance'],
    nonce: 'nonce',
    secret: null,
    created_at: T0,
    confirmed_at: null,
    ...parts,
  };
}

/** The notice of a request. */
function asked(n: number | string): Omit<Notice, 'ref'> {
  return { id: `asked-${n}`, kind: 'subscription_requested', update: null, created_at: T0 };
}

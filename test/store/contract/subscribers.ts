import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../../model/time.ts';
import type { Store } from '../../../store/store.ts';
import { asked, audienceOf } from './audience.ts';
import type { OpenDatabase } from './database.ts';
import { anIncident, aSubscriber, T0 } from './samples.ts';

const INCIDENT = anIncident({}).id;

export function subscriberContract(open: () => Promise<OpenDatabase>): void {
  describe('subscribers', () => {
    let store: Store;
    let audience: ReturnType<typeof audienceOf>;

    beforeEach(async () => {
      ({ store } = await open());
      audience = audienceOf(store);
      await store.record({ incidents: [anIncident({})] });
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
        expect(await audience.told()).toEqual([
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
        expect(await audience.told()).toEqual([
          'subscription_requested wang00000000 → wang00000000',
        ]);
      });

      test('anew after confirming changes nothing, but tells the address', async () => {
        await audience.activate(aSubscriber({}));
        await audience.deliverAll();
        const before = await store.subscriber('wang00000000');
        await store.subscribe(aSubscriber({ id: 'other0000000', kinds: [] }), asked(2));
        expect(await store.subscriber('wang00000000')).toEqual(before);
        expect(await store.subscriber('other0000000')).toBeNull();
        expect(await audience.told()).toHaveLength(1);
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
        await audience.activate(aSubscriber({}));
        const late = { id: 'late00000000', address: 'late@b.example', created_at: T0 + 1 };
        await store.subscribe(aSubscriber(late), asked(2));
        expect(await store.prune('unconfirmed', T0 + 1, 10)).toBe(0);
        expect(await store.prune('unconfirmed', T0 + 2, 10)).toBe(1);
        expect(await store.subscriber('late00000000')).toBeNull();
        expect(await store.subscriber('wang00000000')).not.toBeNull();
      });
    });

    test('a choice can be changed for whoever is there', async () => {
      await audience.activate(aSubscriber({}));
      const choice = { locale: 'en' as const, systems: ['beijing'], kinds: [] };
      expect(await store.updateSubscription('wang00000000', choice)).toBe(true);
      expect(await store.updateSubscription('nobody000000', choice)).toBe(false);
      expect(await store.subscriber('wang00000000')).toMatchObject({ ...choice, status: 'active' });
    });

    test('unsubscribing deletes the row and what is still to be delivered', async () => {
      await audience.activate(aSubscriber({}));
      await audience.activate(aSubscriber({ id: 'li0000000000', address: 'li@b.example' }));
      await audience.deliverAll();
      await audience.tell('incident_opened', INCIDENT);
      await audience.fanOut();
      expect(await store.unsubscribe('wang00000000', T0)).toBe(true);
      expect(await store.unsubscribe('wang00000000', T0)).toBe(false);
      expect(await store.subscriber('wang00000000')).toBeNull();
      expect(await audience.claimed()).toEqual([
        `incident_opened ${INCIDENT} → li0000000000`,
        `incident_opened ${INCIDENT} → operators`,
      ]);
    });
  });
}

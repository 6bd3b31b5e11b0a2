import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../store/store.ts';
import { asked, audienceOf, OPERATOR } from './audience.ts';
import type { OpenDatabase } from './database.ts';
import { aMaintenance, anIncident, aSubscriber, changed, made, T0 } from './samples.ts';

const INCIDENT = anIncident({}).id;

export function fanOutContract(open: () => Promise<OpenDatabase>): void {
  describe('a notice', () => {
    let store: Store;
    let audience: ReturnType<typeof audienceOf>;

    beforeEach(async () => {
      ({ store } = await open());
      audience = audienceOf(store);
      await store.record({ incidents: [anIncident({})] });
      await audience.activate(aSubscriber({ id: 'all000000000', address: 'all@b.example' }));
      await audience.activate(
        aSubscriber({ id: 'beijing00000', address: 'bj@b.example', systems: ['beijing'] }),
      );
      await audience.activate(
        aSubscriber({ id: 'pdd000000000', address: 'pdd@b.example', systems: ['pinduoduo'] }),
      );
      await audience.activate(
        aSubscriber({ id: 'windows00000', address: 'w@b.example', kinds: ['maintenance'] }),
      );
      const silent = { id: 'pending00000', address: 'pending@b.example' };
      await store.subscribe(aSubscriber(silent), asked(9));
      await audience.deliverAll();
    });

    test('of an incident goes to operators and to those who asked for it', async () => {
      await audience.tell('incident_updated', INCIDENT);
      expect(await audience.told()).toEqual([
        `incident_updated ${INCIDENT} → all000000000`,
        `incident_updated ${INCIDENT} → beijing00000`,
        `incident_updated ${INCIDENT} → operators`,
      ]);
    });

    test.each([
      ['with which', T0, ['all000000000', 'beijing00000', 'pdd000000000', 'windows00000']],
      ['long before which', T0 - 1, ['all000000000', 'pdd000000000', 'windows00000']],
    ])('%s a maintenance lost a system goes to whom it concerned', async (_, published_at, who) => {
      const before = aMaintenance({ components: ['beijing.query'], published_at: T0 - 9 });
      await store.record(made(before));
      const revised = { revision: 2, components: ['pinduoduo.query'], published_at };
      await store.record(changed({ ...before, ...revised, updated_at: T0 }, before.updated_at));
      await audience.tell('maintenance_updated', before.id);
      expect(await audience.told()).toEqual(
        [...who, 'operators'].sort().map((it) => `maintenance_updated ${before.id} → ${it}`),
      );
    });

    test('of an alert goes to operators only', async () => {
      await audience.tell('alert_opened', 'alert0000000');
      expect(await audience.told()).toEqual(['alert_opened alert0000000 → operators']);
    });

    test('of a request goes to nobody once the subscriber is gone', async () => {
      await audience.tell('subscription_requested', 'nobody000000');
      expect(await audience.told()).toEqual([]);
    });

    test('goes out in portions, and nobody is missed or told twice', async () => {
      for (let n = 0; n < 23; n++) {
        const id = `many${String(n).padStart(8, '0')}`;
        await audience.activate(aSubscriber({ id, address: `${id}@b.example` }));
      }
      await audience.deliverAll();
      await audience.tell('incident_opened', INCIDENT);
      let portions = 0;
      while (await store.fanOut({ now: T0, limit: 4, operators: [OPERATOR] })) portions++;
      expect(portions).toBe(7);
      const recipients = await audience.claimed();
      expect(recipients).toHaveLength(23 + 3);
      expect(new Set(recipients).size).toBe(recipients.length);
    });

    test('goes on where it was, whoever joined or left meanwhile', async () => {
      await audience.tell('incident_opened', INCIDENT);
      await store.fanOut({ now: T0, limit: 1, operators: [OPERATOR] });
      await audience.activate(aSubscriber({ id: '000000000000', address: 'first@b.example' }));
      await store.unsubscribe('beijing00000', T0);
      await audience.fanOut();
      expect(await audience.claimed()).toEqual([
        `incident_opened ${INCIDENT} → all000000000`,
        `incident_opened ${INCIDENT} → operators`,
        'subscription_requested 000000000000 → 000000000000',
      ]);
    });
  });
}

import type { Notice, NoticeKind } from '../../../model/notice.ts';
import type { Subscriber } from '../../../model/subscription.ts';

import type { RecipientKey } from '../../../store/ports/fan-out.ts';
import type { Store } from '../../../store/store.ts';
import { T0 } from './samples.ts';

export const OPERATOR: RecipientKey = { id: 'operators', channel: 'log' };

/** The notice of a request. */
export function asked(n: number | string): Omit<Notice, 'ref'> {
  return { id: `asked-${n}`, kind: 'subscription_requested', update: null, created_at: T0 };
}

/** Those who are told by a store, and of what. */
export function audienceOf(store: Store) {
  return { activate, tell, fanOut, claimed, told, deliverAll };

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
    const deliveries = await store.claimDeliveries({ owner: 'test', now: T0, limit: 1_000 });
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
    for (const { id } of await store.claimDeliveries({ owner: 'test', now: T0, limit: 1_000 })) {
      await store.settleDelivery(id, { status: 'sent', at: T0 });
    }
  }
}

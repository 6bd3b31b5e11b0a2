import { randomBytes } from 'node:crypto';
import { CHANNELS } from '../../channels/index.ts';
import { randomId } from '../../model/ids.ts';
import { type LinkPurpose, readLinkToken } from '../../model/links.ts';
import type { Clock, Signer, Telemetry } from '../../model/ports.ts';
import type { Subscriber, SubscriptionChoice } from '../../model/subscription.ts';
import type { SubscriberReads, SubscriberWrites } from '../../store/ports/subscribers.ts';
import type { SignUpRequest } from './input.ts';
import { createSignUpLimiter } from './sign-up-limiter.ts';

export type SubscriptionStore = SubscriberReads & SubscriberWrites;

/** Why a signed link is invalid; `gone`: its subscription ended. */
export type LinkFailure = 'forged' | 'expired' | 'gone';

export interface Subscriptions {
  /**
   * Sends a message to the address, whether it is known or not. Resolves to 0, or to the ms until a
   * retry is allowed after too many sign-ups.
   */
  signUp(request: SignUpRequest, client: string): Promise<number>;
  /** The subscriber of a signed link. */
  find(token: string, purpose: LinkPurpose): Promise<Subscriber | LinkFailure>;
  /** Confirms the subscription; false when it is already active or gone. */
  confirm(subscriber: Subscriber): Promise<boolean>;
  /** False when the subscriber is gone. */
  change(subscriber: Subscriber, choice: SubscriptionChoice): Promise<boolean>;
  /** Deletes all data of the subscriber. */
  end(subscriber: Subscriber): Promise<void>;
}

export interface SubscriptionsParts {
  store: SubscriptionStore;
  signer: Signer;
  clock: Clock;
  telemetry: Telemetry;
}

export function createSubscriptions(parts: SubscriptionsParts): Subscriptions {
  const { store, signer, clock, telemetry } = parts;
  const limiter = createSignUpLimiter(clock);
  const count = (event: string) => telemetry.count('fapiao_subscription_total', { event });

  return {
    async signUp({ channel, address, choice }, client) {
      const receiver = CHANNELS[channel]?.field?.receiver(address) ?? address;
      const wait_ms = limiter.take({ channel, receiver, client });
      if (wait_ms > 0) {
        count('refused');
        return wait_ms;
      }
      const created_at = clock.now();
      await store.subscribe(
        {
          ...choice,
          id: randomId(),
          channel,
          address,
          status: 'pending',
          nonce: randomBytes(16).toString('base64url'),
          secret: CHANNELS[channel]?.newSecret?.() ?? null,
          created_at,
          confirmed_at: null,
        },
        { id: randomId(), kind: 'subscription_requested', update: null, created_at },
      );
      count('requested');
      return 0;
    },

    async find(token, purpose) {
      const claim = readLinkToken(token, { purpose, signer, now: clock.now() });
      if (typeof claim === 'string') return claim;
      const subscriber = await store.subscriber(claim.subject);
      if (subscriber === null) return 'gone';
      return subscriber.nonce === claim.nonce ? subscriber : 'forged';
    },

    async confirm({ id, nonce }) {
      const is_new = await store.confirmSubscriber(id, nonce, clock.now());
      if (is_new) count('confirmed');
      return is_new;
    },

    change: ({ id }, choice) => store.updateSubscription(id, choice),

    async end({ id }) {
      if (await store.unsubscribe(id, clock.now())) count('ended');
    },
  };
}

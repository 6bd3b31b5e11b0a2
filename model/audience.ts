import type { NoticeSubject } from './notice.ts';
import type { Subscriber } from './subscription.ts';

/**
 * Recipients who do not wait for one another: operators; addresses that are asked to confirm;
 * subscribers.
 */
export const LANES = ['operators', 'confirmations', 'readers'] as const;
export type DeliveryLane = (typeof LANES)[number];

/** The properties of a notice that select its recipients. */
export interface NoticeScope {
  subject: NoticeSubject;
  /** Id of the subject; of a subscription, the subscriber's id. */
  ref: string;
  /** Ids of the affected systems. */
  systems: readonly string[];
}

/** The subjects an operator receives; by default everything except subscription requests. */
export interface OperatorInterest {
  subjects?: readonly NoticeSubject[];
}

/**
 * Whether an operator receives notices of the subject. Subscription requests go to the subscriber
 * only.
 */
export function operatorReceives({ subjects }: OperatorInterest, subject: NoticeSubject): boolean {
  return subject !== 'subscription' && (subjects?.includes(subject) ?? true);
}

/**
 * Whether a subscriber receives the notice. A subscription request goes to its own subscriber;
 * incidents and maintenance to active subscribers who chose this kind and one of the systems.
 * Alerts go to operators only.
 */
export function subscriberReceives(subscriber: Subscriber, scope: NoticeScope): boolean {
  const { subject, ref, systems } = scope;
  switch (subject) {
    case 'alert':
      return false;
    case 'subscription':
      return subscriber.id === ref;
    default:
      return (
        subscriber.status === 'active' &&
        subscriber.kinds.includes(subject) &&
        (subscriber.systems === null || subscriber.systems.some((it) => systems.includes(it)))
      );
  }
}

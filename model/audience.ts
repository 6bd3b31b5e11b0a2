import type { NoticeSubject } from './notice.ts';
import type { Subscriber } from './subscription.ts';

/** What decides who is told of a notice. */
export interface NoticeScope {
  subject: NoticeSubject;
  /** What the notice is about: of a subscription, the subscriber. */
  ref: string;
  /** Systems that it concerns, by id. */
  systems: readonly string[];
}

/** What somebody of the house is told of; absent: everything but requests for subscriptions. */
export interface OperatorInterest {
  subjects?: readonly NoticeSubject[];
}

/** Whether an operator is told, who has not subscribed. A request is its subscriber's alone. */
export function isOperatorTold({ subjects }: OperatorInterest, subject: NoticeSubject): boolean {
  return subject !== 'subscription' && (subjects?.includes(subject) ?? true);
}

/**
 * Whether a subscriber is told: of a request, who made it; of incidents and maintenance, who has
 * confirmed and asked for this kind of at least one of the systems. Alerts are for operators.
 */
export function isSubscriberTold(subscriber: Subscriber, scope: NoticeScope): boolean {
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

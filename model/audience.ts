import type { NoticeSubject } from './notice.ts';
import type { Subscriber } from './subscription.ts';

/** What decides who receives a notice. */
export interface NoticeScope {
  subject: NoticeSubject;
  /** What the notice is about: of a subscription, the subscriber. */
  ref: string;
  /** Systems that it concerns, by id. */
  systems: readonly string[];
}

/** What an operator receives; absent: everything but requests for subscriptions. */
export interface OperatorInterest {
  subjects?: readonly NoticeSubject[];
}

/** Operators receive notices without subscribing; a request is its subscriber's alone. */
export function operatorReceives({ subjects }: OperatorInterest, subject: NoticeSubject): boolean {
  return subject !== 'subscription' && (subjects?.includes(subject) ?? true);
}

/**
 * A request goes to the subscriber who made it; incidents and maintenance to those who have
 * confirmed and chosen this kind of at least one of the systems. Alerts are for operators.
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

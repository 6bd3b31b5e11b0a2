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
  /** Of an alert: not yet told to more operators, told to them by this notice, or before. */
  escalation?: 'none' | 'now' | 'before';
}

/** The subjects an operator receives; by default everything except subscription requests. */
export interface OperatorInterest {
  subjects?: readonly NoticeSubject[];
  /** Is told of alerts that were escalated only, from then on. */
  after_escalation?: true;
}

/**
 * Whether an operator receives the notice. Subscription requests go to the subscriber only; that an
 * alert was escalated, to those who did not know of it, and to who receives everything.
 */
export function operatorReceives(
  { subjects, after_escalation }: OperatorInterest,
  { subject, escalation = 'none' }: Pick<NoticeScope, 'subject' | 'escalation'>,
): boolean {
  if (subject === 'subscription' || !(subjects?.includes(subject) ?? true)) return false;
  if (after_escalation) return escalation !== 'none';
  return escalation !== 'now' || subjects === undefined;
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

import { createHash } from 'node:crypto';
import type { Recipient } from '../channels/kit/message.ts';
import type { PageSettings } from '../model/configuration.ts';
import { supportedLocale } from '../model/languages.ts';
import type { NoticeSubject } from '../model/notice.ts';
import type { Operator } from '../model/notify-settings.ts';
import type { Signer } from '../model/ports.ts';
import { subscriptionLinks } from '../model/subscription-links.ts';
import type { OperatorKey, RecipientKey } from '../store/ports/fan-out.ts';
import type { SubscriberReads } from '../store/ports/subscribers.ts';

/** The log channel receives every notice. */
const LOG: RecipientKey = { id: 'operators', channel: 'log' };
/** Operators receive alerts only: incidents would repeat the same facts. */
const ALERTS: readonly NoticeSubject[] = ['alert'];

/** Resolves recipient ids of deliveries. */
export interface Recipients {
  /** Recipients from the configuration and the log channel. */
  operators: OperatorKey[];
  isOperator(recipient: RecipientKey): boolean;
  /** null when the subscriber no longer exists. */
  find(recipient: RecipientKey): Promise<Recipient | null>;
}

export interface RecipientsParts {
  store: Pick<SubscriberReads, 'subscriber'>;
  operators: readonly Operator[];
  /** Told of alerts that were escalated; those of `operators` among them are told anyway. */
  escalation?: readonly Operator[];
  page: Pick<PageSettings, 'public_url' | 'languages'>;
  signer: Signer;
}

/**
 * Operators come from the configuration, subscribers from the store; deliveries hold only ids, so
 * that addresses are stored once and deleted with the subscriber.
 */
export function createRecipients(parts: RecipientsParts): Recipients {
  const { store, operators, escalation = [], page, signer } = parts;
  const at_once = new Set(operators.map(operatorId));
  const by_id = new Map([...operators, ...escalation].map((it) => [operatorId(it), it]));
  const keyOf = ([id, { channel }]: [string, Operator]): OperatorKey => ({
    id,
    channel,
    subjects: ALERTS,
    ...(at_once.has(id) ? {} : { after_escalation: true }),
  });
  return {
    operators: [LOG, ...[...by_id].map(keyOf)],
    isOperator: ({ id }) => id === LOG.id || by_id.has(id),
    async find({ id }) {
      if (id === LOG.id) {
        return { channel: 'log', address: '', locale: 'en', secret: null, links: null };
      }
      const operator = by_id.get(id);
      if (operator) {
        return {
          ...operator,
          locale: supportedLocale(operator.locale, page.languages),
          links: null,
        };
      }
      const subscriber = await store.subscriber(id);
      if (!subscriber) return null;
      const { channel, address, secret } = subscriber;
      const locale = supportedLocale(subscriber.locale, page.languages);
      const links = subscriptionLinks({
        public_url: page.public_url,
        signer,
        subscriber: { ...subscriber, locale },
      });
      return { channel, address, locale, secret, links };
    },
  };
}

/** Stable across restarts and changes of the list. */
function operatorId({ channel, address }: Operator): string {
  const digest = createHash('sha256').update(`${channel} ${address}`).digest('hex');
  return `operator-${digest.slice(0, 12)}`;
}

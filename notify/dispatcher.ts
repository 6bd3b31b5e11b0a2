import { SENDING_LIMIT_MS, type Sender, type SendResult } from '../channels/kit/sender.ts';
import type { Clock, Log, Telemetry } from '../model/ports.ts';
import type {
  ClaimedDelivery,
  DeliveryReads,
  DeliveryWrites,
  RecipientFilter,
  Settlement,
} from '../store/ports/deliveries.ts';
import type { SubscriberWrites } from '../store/ports/subscribers.ts';
import type { ChannelHealth } from './channel-health.ts';
import type { DirectAlerts } from './direct-alerts.ts';
import { loadPayload, type PayloadStore } from './payload.ts';
import type { Recipients } from './recipients.ts';
import { afterFailure } from './retry.ts';

/** Subscribers fanned out in one transaction. */
const SUBSCRIBERS_AT_ONCE = 500;
/**
 * Deliveries claimed at once, and the lease after which those of a dead process become available
 * again; long enough for each to time out.
 */
const CLAIMED_AT_ONCE = 10;
const LEASE_MS = CLAIMED_AT_ONCE * SENDING_LIMIT_MS;
/** A subscriber is removed after this many consecutive permanent failures. */
const REFUSALS = 5;

export type DispatcherStore = PayloadStore &
  DeliveryReads &
  DeliveryWrites &
  Pick<SubscriberWrites, 'unsubscribe'>;

export interface DispatcherParts {
  store: DispatcherStore;
  /** By channel. */
  senders: Readonly<Record<string, Sender>>;
  recipients: Recipients;
  /** Operators who were told of it when it could not be recorded are not told again. */
  hasTold?: DirectAlerts['hasTold'];
  health: ChannelHealth;
  clock: Clock;
  log: Log;
  telemetry: Telemetry;
}

/**
 * Fans notices out into deliveries and sends those due to the recipients selected by the filter.
 * The returned function processes everything currently due, unless stopped, and resolves to the
 * number of attempts. Deliveries go out by age of their notice, so that no recovery arrives before
 * its outage, and one at a time, so that a crash repeats at most one message.
 */
export function createDispatcher(
  parts: DispatcherParts,
  filter: RecipientFilter = {},
): (stopping?: AbortSignal) => Promise<number> {
  const { store, senders, recipients, health, clock, log, telemetry } = parts;

  return async function dispatch(stopping) {
    const { operators } = recipients;
    const request = { now: clock.now(), limit: SUBSCRIBERS_AT_ONCE, operators };
    while (await store.fanOut(request));
    let attempts = 0;
    for (;;) {
      const claimed = await store.claimDeliveries(clock.now(), LEASE_MS, CLAIMED_AT_ONCE, filter);
      for (const delivery of claimed.toSorted(byNotice)) await deliver(delivery);
      attempts += claimed.length;
      if (claimed.length < CLAIMED_AT_ONCE || stopping?.aborted) return attempts;
    }
  };

  async function deliver(delivery: ClaimedDelivery): Promise<void> {
    const outcome = await attempt(delivery);
    const settlement = settle(outcome, delivery, clock.now());
    await store.settleDelivery(delivery.id, settlement);
    observe(delivery, settlement);
    await followUp(delivery, outcome);
  }

  async function attempt({ id, notice, recipient }: ClaimedDelivery): Promise<SendResult> {
    const sender = senders[recipient.channel];
    if (!sender) {
      return { result: 'never_again', error: `unknown channel ${recipient.channel}` };
    }
    const to = await recipients.find(recipient);
    if (!to) return { result: 'never_again', error: 'the recipient no longer exists' };
    const payload = await loadPayload(store, notice, clock.now());
    if (!payload)
      return { result: 'never_again', error: 'the subject of the notice no longer exists' };
    if (payload.subject === 'alert' && parts.hasTold?.(recipient, payload.alert))
      return { result: 'sent' };
    try {
      return await sender.send({ delivery_id: id, notice, payload, to });
    } catch (error) {
      return { result: 'retry', error: error instanceof Error ? error.message : String(error) };
    }
  }

  function observe({ id, notice, recipient }: ClaimedDelivery, settlement: Settlement): void {
    const { channel } = recipient;
    telemetry.count('fapiao_notification_total', { channel, result: settlement.status });
    if (settlement.status === 'sent') {
      const delay_seconds = Math.max(0, settlement.at - notice.created_at) / 1_000;
      telemetry.observe('fapiao_notification_delay_seconds', { channel }, delay_seconds);
      return;
    }
    const { status, error } = settlement;
    log.warn({ delivery_id: id, channel, status, error }, 'delivery not sent');
  }

  /**
   * Updates channel health, and removes subscribers whose address declines or keeps refusing
   * messages.
   */
  async function followUp({ recipient }: ClaimedDelivery, outcome: SendResult): Promise<void> {
    const { id, channel } = recipient;
    const is_operator = recipients.isOperator(recipient);
    if (senders[channel]?.shared) await health.report(channel, outcome);
    else if (is_operator) await health.report(`${channel} ${id}`, outcome);
    if (is_operator || outcome.result !== 'never_again') return;
    const is_over = outcome.gone || (await store.consecutiveFailures(id, REFUSALS)) >= REFUSALS;
    if (is_over && (await store.unsubscribe(id, clock.now()))) {
      log.warn(
        { subscriber: id, channel, error: outcome.error },
        'subscriber removed: address refused messages',
      );
    }
  }
}

function byNotice(a: ClaimedDelivery, b: ClaimedDelivery): number {
  return a.notice.created_at - b.notice.created_at;
}

function settle(outcome: SendResult, { attempts }: ClaimedDelivery, at: number): Settlement {
  switch (outcome.result) {
    case 'sent':
      return { status: 'sent', at };
    case 'never_again':
      return { status: 'never_again', at, error: outcome.error };
    case 'retry':
      return afterFailure(attempts, at, outcome.error);
  }
}

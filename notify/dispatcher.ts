import type { Clock, Log, Telemetry } from '../model/ports.ts';
import type { ClaimedDelivery, Recipient, Settlement, Store } from '../store/store.ts';
import { type Channel, SENDING_LIMIT_MS, type Sending } from './channels/channel.ts';
import { afterFailure } from './retry.ts';

/** Subscribers asked in one transaction. */
const SUBSCRIBERS_AT_ONCE = 500;
/** Deliveries claimed at once, and when those of a process that died are given back: time for all to give up. */
const CLAIMED_AT_ONCE = 10;
const LEASE_MS = CLAIMED_AT_ONCE * SENDING_LIMIT_MS;

export type DispatcherStore = Pick<
  Store,
  'fanOut' | 'claimDeliveries' | 'settleDelivery' | 'incident'
>;

/**
 * Turns notices into deliveries and delivers what is due. One call of the returned function does all there is to do at
 * the moment and settles with the number of attempts made. What is due together goes out oldest notice first, so that
 * nobody reads of a recovery before the outage.
 */
export function createDispatcher({
  store,
  channels,
  operators,
  clock,
  log,
  telemetry,
}: {
  store: DispatcherStore;
  channels: Readonly<Record<string, Channel>>;
  /** Told of everything. */
  operators: Recipient[];
  clock: Clock;
  log: Log;
  telemetry: Telemetry;
}): () => Promise<number> {
  return async function dispatch() {
    const fanning = { now: clock.now(), limit: SUBSCRIBERS_AT_ONCE, operators };
    while (await store.fanOut(fanning));
    let attempts = 0;
    for (;;) {
      const claimed = await store.claimDeliveries(clock.now(), LEASE_MS, CLAIMED_AT_ONCE);
      for (const delivery of claimed.toSorted(byNotice)) await deliver(delivery);
      attempts += claimed.length;
      if (claimed.length < CLAIMED_AT_ONCE) return attempts;
    }
  };

  async function deliver(delivery: ClaimedDelivery): Promise<void> {
    const { notice, recipient } = delivery;
    const settlement = settle(await attempt(delivery), delivery, clock.now());
    await store.settleDelivery(delivery.id, settlement);
    telemetry.count('fapiao_notification_total', {
      channel: recipient.channel,
      result: settlement.status,
    });
    if (settlement.status === 'sent') {
      const delay_seconds = Math.max(0, settlement.at - notice.created_at) / 1_000;
      const labels = { channel: recipient.channel };
      telemetry.observe('fapiao_notification_delay_seconds', labels, delay_seconds);
      return;
    }
    const { status, error } = settlement;
    log.warn({ delivery_id: delivery.id, channel: recipient.channel, status, error }, 'not sent');
  }

  async function attempt({ id, notice, recipient }: ClaimedDelivery): Promise<Sending> {
    const channel = channels[recipient.channel];
    if (!channel) {
      return { result: 'never_again', error: `there is no channel ${recipient.channel}` };
    }
    const incident = await store.incident(notice.ref);
    if (!incident) return { result: 'never_again', error: 'the incident is gone' };
    try {
      return await channel.send({ delivery_id: id, recipient, notice, incident });
    } catch (error) {
      return { result: 'retry', error: error instanceof Error ? error.message : String(error) };
    }
  }
}

function byNotice(a: ClaimedDelivery, b: ClaimedDelivery): number {
  return a.notice.created_at - b.notice.created_at;
}

function settle(sending: Sending, { attempts }: ClaimedDelivery, at: number): Settlement {
  switch (sending.result) {
    case 'sent':
      return { status: 'sent', at };
    case 'never_again':
      return { status: 'never_again', at, error: sending.error };
    case 'retry':
      return afterFailure({ attempts, at, error: sending.error });
  }
}

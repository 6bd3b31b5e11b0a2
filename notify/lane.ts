import { setTimeout as wait } from 'node:timers/promises';
import type { Recipient } from '../channels/kit/message.ts';
import type { SendResult } from '../channels/kit/sender.ts';
import type { DeliveryLane } from '../model/audience.ts';
import { DAY, MINUTE, SECOND } from '../model/time.ts';
import type { ClaimedDelivery } from '../store/ports/claims.ts';
import type { DeliveryWrites } from '../store/ports/deliveries.ts';
import { createBreaker } from './breaker.ts';
import { createDelivering, type DeliveringParts } from './delivering.ts';
import type { Round } from './poll.ts';
import { untilRecorded } from './until-recorded.ts';

/**
 * Messages sent at once. The server that all of a channel go through takes four in all, of which
 * confirmations have a quarter; hosts of their own get one each.
 */
const AT_ONCE: Record<DeliveryLane, { shared: number; of_hosts: number }> = {
  operators: { shared: 1, of_hosts: 8 },
  confirmations: { shared: 1, of_hosts: 12 },
  readers: { shared: 2, of_hosts: 24 },
};
/** Of those to hosts of their own, at most this share goes to hosts whose last message failed. */
const DOUBTFUL_SHARE = 1 / 3;
/** What is kept in hand for a host that is busy; what is more comes back after a pause. */
const IN_HAND = 20;
const BUSY_MS = SECOND;
/** What is for a host that takes nothing, or cannot be prepared, waits so long. */
const GIVE_UP_AFTER_MS = DAY;
/** How often what is newly due is looked for. */
const LOOK_EVERY_MS = 250;

export interface LaneParts extends DeliveringParts {
  store: DeliveringParts['store'] &
    Pick<DeliveryWrites, 'claimDeliveries' | 'putOffDelivery' | 'tellApart'>;
  /** The notifier that deliveries belong to while it has them in hand. */
  owner: string;
}

/**
 * Sends what is due of one lane by one channel, several at once, until nothing is left that could
 * be sent now; resolves to the number of attempts. Half of the places are for what is due for the
 * longest time, half for the newest notices, so that neither has to wait for the other.
 */
export function createLane(parts: LaneParts, lane: DeliveryLane, channel: string): Round<number> {
  const { store, senders, recipients, owner, clock, log, telemetry } = parts;
  const sender = senders[channel];
  const of_hosts = sender?.hostOf !== undefined;
  const at_once = AT_ONCE[lane][of_hosts ? 'of_hosts' : 'shared'];
  const breaker = createBreaker(clock);
  const flights = new Set<Promise<void>>();
  /** By host that is busy: what is sent to it next. */
  const in_hand = new Map<string, Addressed[]>();
  let newest_first = true;
  let attempts = 0;
  let is_stopping = false;
  const recording = { log, isStopping: () => is_stopping };
  const delivering = createDelivering(parts, recording.isStopping);

  return async (stopping, progressed = () => {}) => {
    attempts = 0;
    for (;;) {
      is_stopping = stopping?.aborted ?? false;
      const claimed = is_stopping ? 0 : await refill();
      progressed();
      if (flights.size === 0 && claimed === 0) return attempts;
      if (claimed === 0 || flights.size >= at_once) await anyEnd();
    }
  };

  /** The number of deliveries taken in hand. */
  async function refill(): Promise<number> {
    const limit = room();
    if (limit <= 0) return 0;
    newest_first = !newest_first;
    const claim = { owner, now: clock.now(), limit, lane, channel, newest_first };
    const claimed = await store.claimDeliveries(claim);
    for (const delivery of claimed) {
      const { newly_overtaken } = delivery;
      telemetry.count(
        'fapiao_notification_total',
        { channel, result: 'overtaken' },
        newly_overtaken,
      );
      await take(delivery);
    }
    return claimed.length;
  }

  /** A server that all go through and that does not answer is asked by one message at a time. */
  function room(): number {
    if (of_hosts) return at_once - flights.size;
    if (breaker.pauseMs(channel) > 0) return 0;
    return (breaker.isDoubtful(channel) ? Math.min(1, at_once) : at_once) - flights.size;
  }

  async function take(delivery: ClaimedDelivery): Promise<void> {
    try {
      const to = sender ? await recipients.find(delivery.recipient) : null;
      await takeTo({ delivery, to, host: (to && sender?.hostOf?.(to.address)) ?? channel });
    } catch (err) {
      log.error({ err }, 'a recipient could not be read');
      await putOff(delivery, BUSY_MS);
    }
  }

  async function takeTo(addressed: Addressed): Promise<void> {
    const { host, delivery } = addressed;
    const next = in_hand.get(host);
    const pause_ms = breaker.pauseMs(host);
    if (next !== undefined && next.length < IN_HAND) next.push(addressed);
    else if (next !== undefined || isFullOfDoubt(host)) await putOff(delivery, BUSY_MS);
    else if (pause_ms > 0) await waitForHost(delivery, pause_ms);
    else start(addressed);
  }

  function isFullOfDoubt(host: string): boolean {
    if (!of_hosts || !breaker.isDoubtful(host)) return false;
    const doubtful = [...in_hand.keys()].filter(breaker.isDoubtful);
    return doubtful.length >= at_once * DOUBTFUL_SHARE;
  }

  function start(addressed: Addressed): void {
    const flight = of_hosts ? sendAllTo(addressed) : send(addressed);
    const ended = flight
      .catch((err) => log.error({ err, channel }, 'a delivery was left'))
      .then(() => void flights.delete(ended));
    flights.add(ended);
  }

  /** One after the other, with what comes for the same host meanwhile. */
  async function sendAllTo(first: Addressed): Promise<void> {
    const { host } = first;
    const next = [first];
    in_hand.set(host, next);
    try {
      for (let it = next.shift(); it !== undefined; it = next.shift()) {
        const pause_ms = breaker.pauseMs(host);
        if (pause_ms > 0) await waitForHost(it.delivery, pause_ms);
        else if (is_stopping && it !== first) await putOff(it.delivery, 0);
        else await send(it);
      }
    } finally {
      in_hand.delete(host);
      for (const { delivery } of next) await putOff(delivery, BUSY_MS);
    }
  }

  async function send({ delivery, to, host }: Addressed): Promise<void> {
    attempts += 1;
    breaker.begin(host);
    const outcome = await delivering.attempt(delivery, to).catch((err) => {
      log.error({ err }, 'a delivery could not be prepared');
      return null;
    });
    if (outcome === null) {
      breaker.leave(host);
      return leaveUnprepared(delivery);
    }
    breaker.report(host, isHostsFault(outcome) ? 'failed' : 'answered');
    await delivering.conclude(delivery, outcome);
  }

  /** Whether the host took nothing, whoever it was for. */
  function isHostsFault(outcome: SendResult): boolean {
    if (outcome.result !== 'retry') return false;
    return of_hosts ? outcome.host_answered !== true : outcome.channel_fault === true;
  }

  /** Without an attempt; but not for ever. */
  async function waitForHost(delivery: ClaimedDelivery, pause_ms: number): Promise<void> {
    const all = [delivery, ...delivery.told_with];
    const age_ms = clock.now() - Math.max(...all.map(({ notice }) => notice.created_at));
    if (age_ms < GIVE_UP_AFTER_MS) return putOff(delivery, pause_ms);
    const error = 'its host has taken nothing lately, and it is more than a day old';
    await delivering.conclude(delivery, { result: 'never_again', error });
  }

  async function putOff({ id }: ClaimedDelivery, pause_ms: number): Promise<void> {
    telemetry.count('fapiao_notification_total', { channel, result: 'put_off' });
    await untilRecorded(() => store.putOffDelivery(id, clock.now() + pause_ms), recording);
  }

  /**
   * Of several, one that cannot be prepared holds back no other: neither those that were to be told
   * with it, nor, for more than a day, what is newer of its matter.
   */
  async function leaveUnprepared(delivery: ClaimedDelivery): Promise<void> {
    const { id, notice, told_with } = delivery;
    const age_ms = clock.now() - notice.created_at;
    if (told_with.length === 0 && age_ms >= GIVE_UP_AFTER_MS) {
      const error = 'it could not be prepared for more than a day';
      return delivering.conclude(delivery, { result: 'never_again', error });
    }
    telemetry.count('fapiao_notification_total', { channel, result: 'put_off' });
    // A store that is busy is so for seconds; a row that is damaged stays so.
    const pause_ms = Math.min(MINUTE, Math.max(SECOND, age_ms / 10));
    await untilRecorded(() => store.tellApart(id, clock.now() + pause_ms), recording);
  }

  async function anyEnd(): Promise<void> {
    await Promise.race([...flights, wait(LOOK_EVERY_MS, undefined, { ref: false })]);
  }
}

/** A delivery with whom it is for, if there is somebody, and by which host that is reached. */
interface Addressed {
  delivery: ClaimedDelivery;
  to: Recipient | null;
  host: string;
}

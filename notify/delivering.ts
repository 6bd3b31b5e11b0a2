import { failureCode } from '../channels/kit/failure.ts';
import type { Payload, Recipient, ToldMatter } from '../channels/kit/message.ts';
import type { Sender, SendResult } from '../channels/kit/sender.ts';
import { OPEN_INCIDENT_STATUSES } from '../model/incident/life-cycle.ts';
import { MAINTENANCE_PHASES } from '../model/maintenance/life-cycle.ts';
import { kindAsTold } from '../model/overtaken.ts';
import type { Clock, Log, Telemetry } from '../model/ports.ts';
import type { ClaimedDelivery } from '../store/ports/claims.ts';
import type { DeliveryReads, DeliveryWrites, Settlement } from '../store/ports/deliveries.ts';
import type { SubscriberWrites } from '../store/ports/subscribers.ts';
import type { ChannelHealth } from './channel-health.ts';
import type { DirectAlerts } from './direct-alerts.ts';
import { loadPayload, type PayloadStore } from './payload.ts';
import type { Recipients } from './recipients.ts';
import { afterFailure } from './retry.ts';
import { untilRecorded } from './until-recorded.ts';

/** A subscriber is removed after this many consecutive permanent failures. */
const REFUSALS = 5;

export interface DeliveringParts {
  store: PayloadStore &
    Pick<DeliveryReads, 'consecutiveFailures'> &
    Pick<DeliveryWrites, 'settleDeliveries'> &
    Pick<SubscriberWrites, 'unsubscribe'>;
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

/** Attempts single deliveries, and records how they ended. */
export interface Delivering {
  /** Fails when what is to be told cannot be read. */
  attempt(delivery: ClaimedDelivery, to: Recipient | null): Promise<SendResult>;
  /** Settles it, counts it, and draws the conclusions. */
  conclude(delivery: ClaimedDelivery, outcome: SendResult): Promise<void>;
}

export function createDelivering(parts: DeliveringParts, isStopping: () => boolean): Delivering {
  const { store, senders, recipients, health, clock, log, telemetry } = parts;

  return {
    async attempt(delivery, to) {
      const { id, recipient, told_with } = delivery;
      const sender = senders[recipient.channel];
      if (!sender) return neverAgain(`unknown channel ${recipient.channel}`);
      if (!to) return neverAgain('the recipient no longer exists');
      const found: (ToldMatter | null)[] = [];
      for (const it of [delivery, ...told_with]) found.push(await toldBy(it));
      const all = found.filter((it) => it !== null);
      if (all.length === 0) return neverAgain('the subject of the notice no longer exists');
      const [first, ...others] = all.filter(({ payload }) => !isTold(recipient, payload));
      if (first === undefined) return { result: 'sent' };
      try {
        return await sender.send({ delivery_id: id, ...first, others, to });
      } catch (error) {
        log.warn({ delivery_id: id, err: error }, 'sending failed');
        return { result: 'retry', error: failureCode(error) };
      }
    },
    async conclude(delivery, outcome) {
      const at = clock.now();
      const settled = [delivery, ...delivery.told_with].map((it) => ({
        it,
        id: it.id,
        settlement: settle(outcome, it, at),
      }));
      await untilRecorded(() => store.settleDeliveries(settled), { log, isStopping });
      for (const { it, settlement } of settled) observe(it, settlement);
      await followUp(delivery, outcome).catch((err) => {
        log.error({ err, delivery_id: delivery.id }, 'no conclusion was drawn from a delivery');
      });
    },
  };

  /** null: its subject is no longer there. */
  async function toldBy({ notice, ...hearing }: ClaimedDelivery): Promise<ToldMatter | null> {
    const heard = { ...hearing, is_sent_now: true };
    const payload = await loadPayload(store, notice, clock.now(), heard);
    if (payload === null) return null;
    const kind = kindAsTold(notice.kind, hearing.is_first && !isOver(payload));
    return { notice: { ...notice, kind }, payload };
  }

  function isTold(recipient: ClaimedDelivery['recipient'], payload: Payload): boolean {
    return payload.subject === 'alert' && (parts.hasTold?.(recipient, payload.alert) ?? false);
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
    // That we have no sender is no fault of the recipient's.
    if (is_operator || !senders[channel] || outcome.result !== 'never_again') return;
    const is_over = outcome.gone || (await store.consecutiveFailures(id, REFUSALS)) >= REFUSALS;
    if (is_over && (await store.unsubscribe(id, clock.now()))) {
      log.warn(
        { subscriber: id, channel, error: outcome.error },
        'subscriber removed: address refused messages',
      );
    }
  }
}

/** Whether what is told of it is that it is over, in whatever words. */
function isOver(payload: Payload): boolean {
  switch (payload.subject) {
    case 'incident':
      return !OPEN_INCIDENT_STATUSES.includes(payload.update.status);
    case 'maintenance':
      return MAINTENANCE_PHASES[payload.update.status] === 'over';
    default:
      return false;
  }
}

function neverAgain(error: string): SendResult {
  return { result: 'never_again', error };
}

function settle(
  outcome: SendResult,
  { attempts, notice }: ClaimedDelivery,
  at: number,
): Settlement {
  switch (outcome.result) {
    case 'sent':
      return { status: 'sent', at };
    case 'never_again':
      return { status: 'never_again', at, error: outcome.error };
    case 'retry': {
      const is_stranger = notice.kind === 'subscription_requested' && !outcome.channel_fault;
      const { error, may_be_sent = false } = outcome;
      const failed = afterFailure({ attempts, at, error, is_stranger });
      return failed.status === 'retry' ? { ...failed, may_be_sent } : failed;
    }
  }
}

import { Webhook } from 'standardwebhooks';
import { ownDetail } from '../../model/own-detail.ts';
import { type SendTrouble, sendTroubleOf } from '../../model/send-trouble.ts';
import type { Message } from '../kit/message.ts';
import type { Sender, SenderParts, SendResult } from '../kit/sender.ts';
import { bareHost, isAllowedReceiver, webhookAddressProblem } from './address.ts';
import { webhookBody } from './body.ts';
import {
  NonPublicAddressError,
  type Resolve,
  resolvePublicAddress,
  systemResolve,
} from './guarded-lookup.ts';
import { postOnce } from './post-once.ts';
import type { WebhookSettings } from './settings.ts';

/**
 * Sends webhooks signed according to Standard Webhooks: `webhook-id` is the delivery id, stable
 * across retries. A 2xx response within 15 s is success; redirects are not followed; 410 is
 * permanent.
 */
export function createWebhookSender(
  parts: SenderParts<WebhookSettings>,
  resolve: Resolve = systemResolve,
): Sender {
  const { allow } = parts.settings.webhook;
  return {
    shared: false,
    hostOf: (address) => URL.parse(address)?.host ?? '',
    async send(message) {
      const url = URL.parse(message.to.address);
      if (!url || message.to.secret === null) return refused('no address or no secret');
      const problem = webhookAddressProblem(message.to.address, allow);
      if (problem) return refused(problem);
      const outcome = await attempt(message, url, message.to.secret);
      // A failing operator webhook is a channel fault: it misses every other alert too.
      return outcome.result === 'retry' && message.to.links === null
        ? { ...outcome, channel_fault: true }
        : outcome;
    },
  };

  async function attempt(message: Message, url: URL, secret: string): Promise<SendResult> {
    try {
      const allowed = isAllowedReceiver(url, allow);
      const address = allowed ? null : await resolvePublicAddress(bareHost(url), resolve);
      const body = JSON.stringify(webhookBody(message, parts.render, parts.page));
      const status = await postOnce({ url, address, body, headers: signed(message, body, secret) });
      return resultOfStatus(status);
    } catch (error) {
      if (error instanceof NonPublicAddressError) return refused(error.message);
      const code = troubleOf(error);
      const outcome = { result: 'retry', error: whyNot(code, url, message) } as const;
      return UNANSWERED.includes(code) ? { ...outcome, may_be_sent: true } : outcome;
    }
  }

  function signed({ delivery_id }: Message, body: string, secret: string): Record<string, string> {
    const at = new Date(parts.clock.now());
    return {
      'webhook-id': delivery_id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(delivery_id, at, body),
    };
  }
}

/** After these nobody knows whether the message arrived. */
const UNANSWERED: readonly SendTrouble[] = ['silent', 'broken_off'];

function troubleOf(error: unknown): SendTrouble {
  const is_late = error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name);
  return is_late ? 'silent' : sendTroubleOf(error);
}

/** Of a reader's receiver the code only: its host is hers. */
function whyNot(code: SendTrouble, { host }: URL, { to }: Message): string {
  if (to.links !== null) return code;
  const set = code === 'unknown_ca' ? 'NODE_EXTRA_CA_CERTS' : 'notify.operators';
  return ownDetail({ code, host, set });
}

/** By which a host, or a gateway before it, says of itself that it takes nothing now. */
const HOSTS_OWN = [429, 502, 503, 504];

function resultOfStatus(status: number): SendResult {
  if (status >= 200 && status < 300) return { result: 'sent' };
  const error = `HTTP ${status}`;
  if (status === 410) return { result: 'never_again', error, gone: true };
  return HOSTS_OWN.includes(status)
    ? { result: 'retry', error }
    : { result: 'retry', error, host_answered: true };
}

/** Retrying does not help; the operator may be able to fix it. */
function refused(error: string): SendResult {
  return { result: 'never_again', error };
}

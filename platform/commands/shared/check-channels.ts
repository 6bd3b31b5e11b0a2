import { tmpdir } from 'node:os';
import { CHANNELS } from '../../../channels/index.ts';
import type { Payload, Recipient } from '../../../channels/kit/message.ts';
import type { Sender } from '../../../channels/kit/sender.ts';
import { createWords } from '../../../messages/catalogue.ts';
import { ownDetailText } from '../../../messages/own-detail.ts';
import { openedAlert } from '../../../model/alert.ts';
import type { Configuration } from '../../../model/configuration.ts';
import { randomId } from '../../../model/ids.ts';
import type { Operator } from '../../../model/notify-settings.ts';
import { systemClock } from '../../../model/time.ts';
import { createLog } from '../../log.ts';

/** One channel, or one operator by it, and why it does not work; null: it does. */
export interface ChannelCheck {
  channel: string;
  /** The server or receiver, without the rest of its address. */
  host: string;
  why: string | null;
}

/**
 * Whether the servers of the configured channels can be reached and take our credentials, without
 * sending anything; with `notify` a test message to each operator besides.
 */
export async function checkChannels(
  configuration: Configuration,
  { notify }: { notify: boolean },
): Promise<ChannelCheck[]> {
  const senders = await openTestSenders(configuration);
  const reached = await Promise.all(Object.entries(senders).map(reach));
  const { operators, escalation } = configuration.notify;
  const told = notify ? [...operators, ...(escalation?.operators ?? [])] : [];
  const tested = await Promise.all(told.map((it) => test(it, senders[it.channel])));
  return [...reached.flat(), ...tested];
}

async function reach([channel, sender]: [string, Sender]): Promise<ChannelCheck[]> {
  if (!sender.reach) return [];
  const { host, why } = await sender.reach();
  return [{ channel, host, why: why && inWords(why) }];
}

async function test(operator: Operator, sender: Sender | undefined): Promise<ChannelCheck> {
  const { channel, address, locale, secret } = operator;
  const host = URL.parse(address)?.host || address.slice(address.lastIndexOf('@') + 1);
  if (!sender) return { channel, host, why: 'the channel is not configured' };
  const now = systemClock.now();
  const id = randomId();
  const notice = { id, kind: 'alert_test', ref: id, update: null, created_at: now } as const;
  const alert = openedAlert({
    id,
    kind: 'channel',
    subject: channel,
    error: null,
    since: now,
    opened_at: now,
  });
  const nothing = { recorded: false, bad_time: null, findings: null };
  const payload: Payload = { subject: 'alert', alert, ...nothing };
  const to: Recipient = { channel, address, locale, secret, links: null };
  const outcome = await sender.send({ delivery_id: id, notice, payload, to });
  return { channel, host, why: outcome.result === 'sent' ? null : inWords(outcome.error) };
}

/** The senders of what operators can be told by, with a text that says that it is a test. */
async function openTestSenders(configuration: Configuration): Promise<Record<string, Sender>> {
  const { page, notify, demo } = configuration;
  const senders: Record<string, Sender> = {};
  for (const [id, channel] of Object.entries(CHANNELS)) {
    const settings = notify.channels[id];
    if (!channel.operator || channel.missing(settings, { demo }) !== null) continue;
    senders[id] = await channel.openSender({
      settings,
      page,
      demo,
      data_dir: tmpdir(),
      render: ({ to }) => {
        const words = createWords({ locale: to.locale, zone: page.zone, now: systemClock.now });
        const [title, body] = [words.text('test.title'), words.text('test.body')];
        const announcement = { title, body: [body], facts: [], actions: [], simulated: false };
        return { announcement, words };
      },
      clock: systemClock,
      log: createLog('check', { level: 'error' }),
    });
  }
  return senders;
}

function inWords(error: string): string {
  const words = createWords({ locale: 'en', zone: 'UTC', now: systemClock.now });
  return ownDetailText(error, words);
}

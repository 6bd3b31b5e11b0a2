import { isMailbox } from '../../channels/email/address.ts';
import { CHANNELS } from '../../channels/index.ts';
import { webhookAddressProblem } from '../../channels/webhook/address.ts';
import type { WebhookSettings } from '../../channels/webhook/settings.ts';
import type { SubscriptionKey } from '../../messages/index.ts';
import type { Configuration } from '../../model/configuration.ts';
import {
  SUBSCRIPTION_CHANNELS,
  SUBSCRIPTION_KINDS,
  type SubscriptionChannel,
  type SubscriptionChoice,
} from '../../model/subscription.ts';
import { LOCALES } from '../../model/vocabulary.ts';
import type { ChoiceInput, FieldProblem, SignUpInput } from './form.ts';

/** What this site offers to choose from. */
export interface Offer {
  channels: readonly SubscriptionChannel[];
  /** Ids. */
  systems: readonly string[];
  /** Webhooks of `host:port` that may be private. */
  webhook_allow: readonly string[];
}

/** Mails only where they can be sent; every system that is on the page. */
export function offerOf(configuration: Configuration): Offer {
  const { systems, notify, demo } = configuration;
  return {
    channels: SUBSCRIPTION_CHANNELS.filter(
      (id) => CHANNELS[id]?.missing(notify.channels[id], { demo }) === null,
    ),
    systems: systems.filter(({ neutral }) => !neutral).map(({ id }) => id),
    webhook_allow: (notify.channels.webhook as WebhookSettings).webhook.allow,
  };
}

/** Who wants to be told of what. */
export interface SignUpRequest {
  channel: SubscriptionChannel;
  address: string;
  choice: SubscriptionChoice;
}

/** Either what was asked for, or every field that is wrong and why. */
export type Checked<T> = { value: T } | { problems: FieldProblem[] };

/** The form as it was sent, to be shown again. */
export function readSignUp(form: URLSearchParams): SignUpInput {
  return {
    ...readChoice(form),
    channel: form.get('channel') ?? '',
    email: form.get('email') ?? '',
    url: form.get('url') ?? '',
  };
}

export function readChoice(form: URLSearchParams): ChoiceInput {
  return {
    scope: form.get('scope') === 'some' ? 'some' : 'all',
    systems: form.getAll('systems'),
    kinds: form.getAll('kinds'),
    locale: form.get('locale') ?? '',
  };
}

export function checkSignUp(input: SignUpInput, offer: Offer): Checked<SignUpRequest> {
  const channel = SUBSCRIPTION_CHANNELS.find(
    (it) => it === input.channel && offer.channels.includes(it),
  );
  const address = input.channel === 'webhook' ? input.url.trim() : input.email.trim();
  const choice = checkChoice(input, offer);
  const problems: FieldProblem[] = [
    ...(channel ? addressProblems(channel, address, offer) : [wrong('channel', 'channel')]),
    ...('problems' in choice ? choice.problems : []),
  ];
  if (channel === undefined || 'problems' in choice || problems.length > 0) return { problems };
  return { value: { channel, address: normal(channel, address), choice: choice.value } };
}

export function checkChoice(
  { scope, systems, kinds, locale }: ChoiceInput,
  offer: Offer,
): Checked<SubscriptionChoice> {
  const chosen_locale = LOCALES.find((it) => it === locale);
  const chosen_kinds = SUBSCRIPTION_KINDS.filter((it) => kinds.includes(it));
  const problems: FieldProblem[] = [];
  if (scope === 'some' && systems.length === 0) problems.push(wrong('systems', 'systems_none'));
  if (scope === 'some' && !systems.every((it) => offer.systems.includes(it)))
    problems.push(wrong('systems', 'systems_unknown'));
  if (chosen_kinds.length === 0) problems.push(wrong('kinds', 'kinds'));
  if (chosen_locale === undefined) problems.push(wrong('locale', 'locale'));
  if (chosen_locale === undefined || problems.length > 0) return { problems };
  const chosen_systems = scope === 'all' ? null : [...new Set(systems)];
  return { value: { locale: chosen_locale, systems: chosen_systems, kinds: chosen_kinds } };
}

function addressProblems(
  channel: SubscriptionChannel,
  address: string,
  { webhook_allow }: Offer,
): FieldProblem[] {
  if (channel === 'webhook') {
    if (address === '') return [wrong('url', 'url_missing')];
    // The URL parser would leave these out without a word.
    if (/[\p{Cc}\s]/u.test(address)) return [wrong('url', 'url_not_an_address')];
    const problem = webhookAddressProblem(address, webhook_allow);
    return problem ? [wrong('url', `url_${problem}`)] : [];
  }
  if (address === '') return [wrong('email', 'email_missing')];
  if (/\p{Cc}/u.test(address)) return [wrong('email', 'email_line_break')];
  // A mailbox without a dot in its domain is one inside somebody's network.
  return isMailbox(address) && /@.+\../.test(address) ? [] : [wrong('email', 'email')];
}

/**
 * One address written in two ways is one subscriber; only the part before the @ is left as it is.
 */
function normal(channel: SubscriptionChannel, address: string): string {
  if (channel === 'webhook') {
    const url = new URL(address);
    url.hash = '';
    return url.href;
  }
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

type ProblemName<Key> = Key extends `problem.${infer Name}` ? Name : never;

function wrong(field: FieldProblem['field'], name: ProblemName<SubscriptionKey>): FieldProblem {
  return { field, message: `problem.${name}` };
}

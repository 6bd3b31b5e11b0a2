import { channelText } from '../../channels/text.ts';
import type { SubscriptionKey, Words } from '../../messages/index.ts';
import { SUBSCRIPTION_KINDS, type SubscriptionChoice } from '../../model/subscription.ts';
import type { SubscriptionOptions } from './options.ts';

/** A choice as submitted, not validated. */
export interface ChoiceInput {
  scope: 'all' | 'some';
  systems: readonly string[];
  kinds: readonly string[];
  locale: string;
}

/** A sign-up as submitted, not validated. */
export interface SignUpInput extends ChoiceInput {
  channel: string;
  /** The address entered for each channel. */
  addresses: Readonly<Record<string, string>>;
}

/** A field and its problem. */
export interface FieldProblem {
  /** Id of the field. */
  field: string;
  text(words: Words): string;
}

/** The destination of notifications. */
export interface Destination {
  channel: string;
  address: string;
}

/** A validated sign-up. */
export interface SignUpRequest extends Destination {
  choice: SubscriptionChoice;
}

/** The validated value, or the problems of all fields. */
export type Validated<T> = { value: T } | { problems: FieldProblem[] };

/** The form as submitted, for redisplay. */
export function readSignUp(form: URLSearchParams, { channels }: SubscriptionOptions): SignUpInput {
  const addresses = channels.map(({ id, field }) => [id, form.get(field.name) ?? '']);
  return {
    ...readChoice(form),
    channel: form.get('channel') ?? '',
    addresses: Object.fromEntries(addresses),
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

export function validateSignUp(
  input: SignUpInput,
  options: SubscriptionOptions,
): Validated<SignUpRequest> {
  const destination = validateDestination(input, options);
  const choice = validateChoice(input, options);
  if ('problems' in destination) {
    const others = 'problems' in choice ? choice.problems : [];
    return { problems: [...destination.problems, ...others] };
  }
  if ('problems' in choice) return choice;
  return { value: { ...destination.value, choice: choice.value } };
}

function validateDestination(
  input: SignUpInput,
  { channels }: SubscriptionOptions,
): Validated<Destination> {
  const option = channels.find(({ id }) => id === input.channel);
  if (option === undefined) return { problems: [problemAt('channel', 'problem.channel')] };
  const { id, field, settings } = option;
  const read = field.read((input.addresses[id] ?? '').trim(), settings);
  if ('address' in read) return { value: { channel: id, address: read.address } };
  const key = `problem.${read.problem}`;
  return { problems: [{ field: field.name, text: ({ locale }) => channelText(id, locale)(key) }] };
}

export function validateChoice(
  { scope, systems, kinds, locale }: ChoiceInput,
  options: SubscriptionOptions,
): Validated<SubscriptionChoice> {
  const chosen_locale = options.languages.find((it) => it === locale);
  const chosen_kinds = SUBSCRIPTION_KINDS.filter((it) => kinds.includes(it));
  const problems: FieldProblem[] = [];
  if (scope === 'some' && systems.length === 0)
    problems.push(problemAt('systems', 'problem.systems_none'));
  if (scope === 'some' && !systems.every((it) => options.systems.includes(it)))
    problems.push(problemAt('systems', 'problem.systems_unknown'));
  if (chosen_kinds.length === 0) problems.push(problemAt('kinds', 'problem.kinds'));
  if (chosen_locale === undefined) problems.push(problemAt('locale', 'problem.locale'));
  if (chosen_locale === undefined || problems.length > 0) return { problems };
  const chosen_systems = scope === 'all' ? null : [...new Set(systems)];
  return { value: { locale: chosen_locale, systems: chosen_systems, kinds: chosen_kinds } };
}

function problemAt(field: string, key: SubscriptionKey): FieldProblem {
  return { field, text: (words) => words.text(key) };
}

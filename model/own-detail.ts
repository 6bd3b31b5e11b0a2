import { SEND_TROUBLES, type SendTrouble } from './send-trouble.ts';

type SendKeys = Readonly<Record<SendTrouble, readonly ['host', 'set']>>;

/** The server, with its port, and the setting to look at. */
const OF_SENDING = Object.fromEntries(SEND_TROUBLES.map((it) => [it, ['host', 'set']])) as unknown;

/**
 * Evidence of trouble of our own, of what ends soon, and of callbacks, as a code and its values, so
 * that each reader gets it in her words: `hosts_silent n=3`. Durations are in ms.
 */
export const OWN_DETAILS = {
  neutrals_silent: ['n'],
  hosts_silent: ['n'],
  hosts_answer: [],
  no_route: [],
  route_back: [],
  host_silent: ['host'],
  host_answers: ['host'],
  loop_delayed: ['delay_ms', 'span_ms'],
  loop_in_time: [],
  thread_dies: ['n', 'span_ms'],
  thread_runs: [],
  clock_differs: ['ahead_ms'],
  clock_agrees: [],
  clock_set: ['by_ms'],
  space_left: ['percent'],
  ledger_differs: ['n', 'component', 'from_at', 'to_at', 'recorded', 'derived'],
  certificate_ends: ['ends_at', 'days', 'passed', 'measured_at', 'check'],
  certificate_replaced: ['ends_at', 'days', 'passed', 'until_at', 'measured_at', 'check'],
  domain_ends: ['ends_at', 'days', 'passed', 'measured_at'],
  domain_renewed: ['ends_at', 'days', 'passed', 'until_at', 'measured_at'],
  callback_unmapped: ['place'],
  callback_refused: ['place'],
  callback_too_large: [],
  callback_foreign: ['address'],
  callback_busy: [],
  ...(OF_SENDING as SendKeys),
} as const;
export type OwnDetailCode = keyof typeof OWN_DETAILS;

/** A code with a value for each of its keys. */
export type OwnDetail = {
  [Code in OwnDetailCode]: { code: Code } & Record<
    (typeof OWN_DETAILS)[Code][number],
    string | number
  >;
}[OwnDetailCode];

/** As it is stored. */
export function ownDetail({ code, ...values }: OwnDetail): string {
  return [code, ...Object.entries(values).map(([key, value]) => `${key}=${value}`)].join(' ');
}

/** What a stored detail says; null: it is something else, such as an error of the system. */
export function readOwnDetail(
  text: string,
): { code: OwnDetailCode; values: Record<string, string> } | null {
  const [code = '', ...pairs] = text.split(' ');
  if (!Object.hasOwn(OWN_DETAILS, code)) return null;
  const values = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const known = code as OwnDetailCode;
  return OWN_DETAILS[known].every((key) => key in values) ? { code: known, values } : null;
}

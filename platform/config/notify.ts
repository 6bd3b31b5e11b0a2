import { webhookAddressProblem } from '../../channels/webhook/address.ts';
import { DEFAULT_NOTIFY, type NotifySettings, type Operator } from '../../model/notify-settings.ts';
import type { Variables } from './environment.ts';
import { conform, type Report } from './report.ts';
import { type NotifyEntry, notifySchema, type OperatorEntry } from './schema.ts';
import { isGroup, resolveSecrets } from './secrets.ts';

interface Context {
  /** Whether this process sends: only then are secrets read. */
  notifier: boolean;
  env: Variables;
  /** Folder of the configuration file. */
  folder: string;
  demo: boolean;
}

/** How people are told; what does not hold is reported. */
export function readNotify(value: unknown, context: Context, report: Report): NotifySettings {
  const path = ['notify'];
  const sources = { ...context, allow_literal: false };
  const given = value ?? {};
  const resolved =
    context.notifier && isGroup(given) ? resolveSecrets(given, path, sources, report) : given;
  const schema = notifySchema({ secrets: context.notifier });
  const entry = conform({ schema, value: resolved, path, echo: 'secret' }, report);
  if (entry === null) return DEFAULT_NOTIFY;
  mustFit(entry, context, report);
  return {
    from: entry.from ?? null,
    smtp: entry.smtp
      ? { ...entry.smtp, user: entry.smtp.user ?? null, password: entry.smtp.password ?? null }
      : null,
    operators: entry.operators.map(operator),
    webhook: entry.webhook,
  };
}

function operator(entry: OperatorEntry): Operator {
  const { locale } = entry;
  return entry.channel === 'email'
    ? { channel: 'email', address: entry.address, locale }
    : { channel: 'webhook', address: entry.url, locale, secret: entry.secret };
}

/** What takes more than one key to see. */
function mustFit(
  { from, smtp, operators, webhook }: NotifyEntry,
  context: Context,
  report: Report,
) {
  if (smtp && from === undefined) {
    report.problem(['notify', 'from'], 'is missing; expected the mailbox that mails come from');
  }
  if (smtp && (smtp.user === undefined) !== (smtp.password === undefined)) {
    report.problem(['notify', 'smtp'], 'expected both user and password, or neither');
  }
  for (const [index, entry] of operators.entries()) {
    const place = ['notify', 'operators', index];
    if (entry.channel === 'email' && smtp === undefined && !context.demo) {
      report.problem(place, 'is told by e-mail; expected notify.smtp');
    }
    const problem = entry.channel === 'webhook' && webhookAddressProblem(entry.url, webhook.allow);
    if (problem) report.problem([...place, 'url'], WEBHOOK_PROBLEMS[problem]);
  }
}

const WEBHOOK_PROBLEMS: Record<NonNullable<ReturnType<typeof webhookAddressProblem>>, string> = {
  not_an_address: 'expected an https address of at most 500 characters',
  credentials: 'expected an address without user and password',
  not_https: 'expected https; http is for receivers in notify.webhook.allow',
  port_not_allowed: 'expected port 443 or 8443; others are for receivers in notify.webhook.allow',
  not_public: 'expected a public address; private ones are for receivers in notify.webhook.allow',
};

import type { Announcement, Fact, Link } from '../../channels/kit/announcement.ts';
import type { Payload } from '../../channels/kit/message.ts';
import { alertedComponent, alertText, unmeasuredNow } from '../../messages/alerts.ts';
import { stateName, type Words, whySentences } from '../../messages/index.ts';
import { lengthText } from '../../messages/lasted.ts';
import { ownDetailText } from '../../messages/own-detail.ts';
import { waitingSinceText } from '../../messages/stages.ts';
import { type Alert, alertEnd, alertLength, isOfComponent } from '../../model/alert.ts';
import type { AlertDetails } from '../../model/alert-details.ts';
import { readExpiry } from '../../model/expiry.ts';
import { linkToken } from '../../model/links.ts';
import { neededNames, noteNames } from '../../model/names.ts';
import { ownTroubleOf } from '../../model/own-trouble.ts';
import { componentId } from '../../model/vocabulary.ts';
import { alertDetails } from './alert-details.ts';
import { inZone, measuredFacts } from './alert-facts.ts';
import { isSimulated, publicUrl, type RenderContext } from './context.ts';

type ToldAs = 'opened' | 'changed' | 'resolved' | 'acknowledged' | 'repeated' | 'escalated';
type AlertPayload = Extract<Payload, { subject: 'alert' }>;

/**
 * An alert for an operator on call: condition, reason, start, scope, what was expected and got,
 * what others say, where to look, and a link to acknowledge it.
 */
export function alertAnnouncement(payload: AlertPayload, context: RenderContext): Announcement {
  const { alert, recorded, bad_time, states } = payload;
  const { words, message } = context;
  const kind = message.notice.kind.slice('alert_'.length) as ToldAs;
  const { title, body } = alertText(alert, { ...context, states }, bad_time);
  const details = alertDetails(payload, context);
  return {
    title: words.text('title.tagged', { tag: words.text(`alert.${kind}`), title }),
    body: [...toldAgain(kind, alert, context), body, ...whereWaiting(payload, context)],
    facts: facts(payload, details, context),
    actions: [
      ...(recorded ? acknowledgeAction(alert, context) : []),
      ...(details ? linksOf(details, words) : []),
    ],
    simulated: isOfComponent(alert) && isSimulated([alert.subject], context),
    ...(details ? { alert: details } : {}),
  };
}

/** Who sees to it, or for how long nobody has said so. */
function toldAgain(kind: ToldAs, alert: Alert, { words, message }: RenderContext): string[] {
  const { acknowledged_at, acknowledged_by, opened_at } = alert;
  if (kind === 'acknowledged' && acknowledged_at !== null && acknowledged_by !== null) {
    const time = words.dateTime(acknowledged_at);
    return [words.text('acknowledge.done_by', { name: acknowledged_by, time })];
  }
  if (kind !== 'repeated' && kind !== 'escalated') return [];
  const length = words.duration(message.notice.created_at - opened_at);
  return [words.text(`alert.${kind}_body`, { length })];
}

/** At which stage the invoices of a sync waited; nothing where that is not known, or is over. */
function whereWaiting({ alert, findings, states }: AlertPayload, context: RenderContext): string[] {
  const { waited = [] } = findings ?? {};
  const is_over = alert.resolved_at !== null || unmeasuredNow(alert, { states }) !== null;
  if (alert.kind !== 'state' || is_over || waited.length === 0) return [];
  return [waitingSinceText(waited, context.words)];
}

function acknowledgedText({ acknowledged_at, acknowledged_by }: Alert, words: Words) {
  if (acknowledged_at === null) return null;
  const time = words.dateTime(acknowledged_at);
  return acknowledged_by === null ? time : words.list([acknowledged_by, time]);
}

function facts(
  payload: AlertPayload,
  details: AlertDetails | null,
  context: RenderContext,
): Fact[] {
  const { alert, bad_time } = payload;
  const { words } = context;
  const { since, opened_at, error } = alert;
  const ended = alertEnd(alert);
  // Of an end the sentence says it all.
  const is_told = error === null || readExpiry(error) !== null;
  const rows = [
    ...(details ? componentFacts(payload, details, context) : []),
    ['alert.functions', endingFor(alert, context)],
    [
      alert.kind === 'channel' ? 'alert.error' : 'alert.detail',
      is_told ? null : ownDetailText(error, words),
    ],
    ['alert.look', lookAt(alert, context)],
    ['alert.since', inZone(since, words)],
    ['alert.known', words.dateTimeSeconds(opened_at)],
    ['alert.ended', ended === null ? null : words.dateTime(ended)],
    ['alert.duration', lengthOf({ alert, bad_time }, words)],
    ...(details ? measuredFacts(details, context) : []),
    ['alert.acknowledged', acknowledgedText(alert, words)],
  ] as const;
  return rows.flatMap(([key, text]) => (text ? [{ term: words.text(key), text }] : []));
}

/** Of a disturbance in how many parts, and whether its end was seen, too. */
function lengthOf(
  { alert, bad_time }: Pick<AlertPayload, 'alert' | 'bad_time'>,
  words: Words,
): string | null {
  if (alert.kind === 'state') return bad_time && lengthText(bad_time, words);
  const length_ms = alertLength(alert, bad_time);
  return length_ms === null ? null : words.duration(length_ms);
}

function componentFacts(
  { alert, states }: Pick<AlertPayload, 'alert' | 'states'>,
  details: AlertDetails,
  context: RenderContext,
) {
  const { words, configuration } = context;
  const checks = configuration.checks.filter(
    (check) => componentId(check.system, check.function) === alert.subject,
  );
  const { notes } = alert;
  const names = { ...noteNames(checks, configuration), ...neededNames(notes, configuration) };
  const state = alert.state ?? 'unknown';
  const reasons = whySentences({ state, notes, names, measured_at: null }, words);
  const then = unmeasuredNow(alert, { states });
  const now = then === null ? { state, notes } : { state: then, notes: [] };
  const tasks = configuration.tasks.filter(({ id }) => details.tasks.includes(id));
  return [
    ['alert.functions', alertedComponent(alert, context)],
    ['alert.tasks', words.list(tasks.map((it) => words.name(it.name)))],
    ['alert.state', alert.resolved_at === null ? stateName(now, words) : null],
    ['alert.lines', words.list(Object.values(names.lines).map(words.name))],
    ['alert.reason', reasons.join(words.text('sentence.separator'))],
  ] as const;
}

/**
 * The function whose check measured a certificate, or the systems with a name of a domain; null of
 * other alerts.
 */
function endingFor({ kind, subject, error }: Alert, context: RenderContext): string | null {
  if (kind === 'domain') {
    const { systems } = context.configuration;
    const its = systems.filter(({ url }) => `.${new URL(url).hostname}`.endsWith(`.${subject}`));
    return context.words.list(its.map(({ name }) => context.words.name(name)));
  }
  const told = readExpiry(error);
  const check = context.configuration.checks.find(({ id }) => id === told?.check);
  if (check === undefined) return null;
  return alertedComponent({ subject: componentId(check.system, check.function) }, context);
}

/** What to look at first, while it lasts; null where the facts say it. */
function lookAt(alert: Alert, { words }: RenderContext): string | null {
  if (alert.resolved_at !== null) return null;
  if (alert.kind === 'neutral' || alert.kind === 'callback')
    return words.text(`alert.look_${alert.kind}`);
  if (alert.kind === 'certificate' || alert.kind === 'domain')
    return words.text(`alert.look_${alert.kind}`);
  if (alert.kind !== 'own') return null;
  return words.text(`alert.look_${ownTroubleOf(alert.subject).kind}`);
}

/** Only open, unacknowledged alerts can be acknowledged. */
function acknowledgeAction(alert: Alert, context: RenderContext): Link[] {
  if (alert.resolved_at !== null || alert.acknowledged_at !== null) return [];
  const claim = { subject: alert.id, nonce: '', expires_at: null, purpose: 'acknowledge' } as const;
  const token = linkToken(claim, context.signer);
  const url = publicUrl(context, `alerts/acknowledge?t=${token}`);
  return [{ text: context.words.text('alert.acknowledge'), url }];
}

/** The incident, which has the evidence, else the component; and what to do. */
function linksOf({ incident, page, runbook }: AlertDetails, words: Words): Link[] {
  return [
    ...(incident === null ? [] : [{ text: words.text('alert.evidence'), url: incident }]),
    { text: words.text('alert.page'), url: page },
    ...(runbook === null ? [] : [{ text: words.text('alert.runbook'), url: runbook }]),
  ];
}

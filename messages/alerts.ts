import { ailmentOf } from '../model/ailment.ts';
import { type Alert, alertEnd, isOwnSilence, isUnseenEnd } from '../model/alert.ts';
import type { Configuration } from '../model/configuration.ts';
import { readExpiry, type ToldExpiry } from '../model/expiry.ts';
import { failsBelowHttp } from '../model/incident/change.ts';
import type { BadTime } from '../model/ledger.ts';
import { lineName, systemName } from '../model/names.ts';
import { ownTroubleOf } from '../model/own-trouble.ts';
import { type ComponentId, functionOf, type State, systemOf } from '../model/vocabulary.ts';
import { disturbedText, wasDisturbedText } from './incidents.ts';
import { whyNotJudged } from './notes.ts';
import { ownDetailText } from './own-detail.ts';
import { ownTroubleName, ownTroubleText } from './own-trouble.ts';
import { claimText, isMaybeOurLine } from './why.ts';
import type { Words } from './words.ts';

/** Context for rendering alerts. */
export interface AlertWords {
  words: Words;
  configuration: Pick<Configuration, 'systems' | 'lines'>;
  /** What is published of components by then: of what is not known, an alert says that it was. */
  states?: ReadonlyMap<ComponentId, State> | undefined;
}

/**
 * Title and sentence for an alert in its current state, because messages may be read late.
 * `bad_time`: what the ledger says of a state that is over.
 */
export function alertText(
  alert: Alert,
  context: AlertWords,
  bad_time: BadTime | null = null,
): { title: string; body: string } {
  const { words } = context;
  const is_over = alert.resolved_at !== null;
  if (alert.kind === 'channel') {
    const channel = alert.subject;
    const ended = isUnseenEnd(alert) ? 'alert.channel_removed_body' : 'alert.channel_ended_body';
    const body = is_over ? ended : 'alert.channel_body';
    return {
      title: words.text('alert.channel_title', { channel }),
      body: words.text(body, { channel }),
    };
  }
  if (alert.kind === 'own') return ownText(alert, context);
  if (alert.kind === 'neutral') {
    const name = words.name(systemName(alert.subject, context.configuration));
    const ended = isUnseenEnd(alert) ? 'alert.unseen_end_body' : 'alert.neutral_ended_body';
    return {
      title: words.text('alert.neutral_title', { name }),
      body: words.text(is_over ? ended : 'alert.neutral_body', { name }),
    };
  }
  if (alert.kind === 'certificate') return certificateText(alert, context);
  if (alert.kind === 'domain') return domainText(alert, context);
  if (alert.kind === 'callback') return callbackText(alert, context);
  const title = alertedComponent(alert, context);
  if (isOwnSilence(alert)) {
    const body = is_over ? 'alert.own_silent_ended_body' : 'alert.own_silent_body';
    const silent = words.text('alert.own_silent_title', { title });
    return { title: silent, body: words.text(body, { title }) };
  }
  const not_judged = alert.notes.find((note) => note.code === 'not_judged');
  if (alert.kind === 'stale' && not_judged && !is_over) {
    const why = whyNotJudged(not_judged, words);
    return {
      title: words.text('alert.unjudged_title', { title, why }),
      body: words.text('alert.unjudged_body', { title }),
    };
  }
  if (alert.kind === 'stale') {
    const body = is_over ? 'alert.stale_ended_body' : 'alert.stale_body';
    return { title: words.text('alert.stale_title', { title }), body: words.text(body, { title }) };
  }
  return {
    title: claimText(stateTitle(alert, context, bad_time), caveats(alert, context), words),
    body: stateBody(alert, title, context),
  };
}

/** With the time of its end: by the time that it is told, it may be not known or maintained. */
function stateBody(alert: Alert, title: string, context: AlertWords): string {
  const { words } = context;
  if (isUnseenEnd(alert)) return words.text('alert.unmeasured_end_body', { title });
  const ended = alert.resolved_at === null ? null : alertEnd(alert);
  if (ended !== null) return words.text('alert.ended_body', { title, time: words.dateTime(ended) });
  const state = stateWord(alert, words);
  const then = unmeasuredNow(alert, context);
  return then === null
    ? words.text('alert.state_body', { title, state })
    : words.text('alert.then_body', { title, state, now: words.text(`state.${then}`) });
}

/** What it is now, where that is not measured, though an alert of its state is open; else null. */
export function unmeasuredNow(
  { kind, subject, resolved_at }: Alert,
  { states }: Pick<AlertWords, 'states'>,
): 'unknown' | 'under_maintenance' | null {
  const state = kind === 'state' && resolved_at === null ? states?.get(subject) : undefined;
  return state === 'unknown' || state === 'under_maintenance' ? state : null;
}

/** How the function is disturbed; once it is over, how it was at its worst, and for how long. */
function stateTitle(alert: Alert, context: AlertWords, bad_time: BadTime | null): string {
  const { words, configuration } = context;
  const { subject } = alert;
  const ailment = ailmentOfAlert(alert);
  const system = words.name(systemName(systemOf(subject), configuration));
  if (ailment === null) {
    const title = alertedComponent(alert, context);
    return words.text('title.in_state', { title, state: stateWord(alert, words) });
  }
  const was = () => wasDisturbedText(subject, { ailment, bad_time }, words);
  const whatNow = {
    unknown: () => words.text('incident.unclear', { was: was() }),
    under_maintenance: () => words.text('alert.then_maintained', { was: was() }),
    measured: () => disturbedText(subject, ailment, words),
  };
  const what =
    alert.resolved_at === null ? whatNow[unmeasuredNow(alert, context) ?? 'measured']() : was();
  return words.text('incident.title', { system, what });
}

function stateWord(alert: Alert, words: Words): string {
  const ailment = ailmentOfAlert(alert);
  return words.text(ailment === null ? `state.${alert.state ?? 'unknown'}` : `ailment.${ailment}`);
}

function ailmentOfAlert({ state, notes }: Alert) {
  return ailmentOf({ state: state ?? 'unknown', notes });
}

function ownText(alert: Alert, { words, configuration }: AlertWords) {
  const { kind, line } = ownTroubleOf(alert.subject);
  const trouble = { kind, line_name: lineName(line, configuration) };
  const what = ownTroubleName(trouble, words);
  if (alert.resolved_at === null) return { title: what, body: ownTroubleText(trouble, words) };
  return isUnseenEnd(alert)
    ? { title: words.text('alert.own_unseen', { what }), body: words.text('alert.unseen_end_body') }
    : { title: words.text('alert.own_ended', { what }), body: words.text('alert.own_ended_body') };
}

/** That a certificate ends soon, and by when it was measured; once it is over, what was then. */
function certificateText(alert: Alert, { words }: AlertWords): { title: string; body: string } {
  const { subject: host, resolved_at } = alert;
  const { told, detail } = expiryOf(alert, words);
  if (resolved_at === null) {
    const title = words.text('alert.certificate_title', { host, days: told.days_left });
    return { title, body: words.text('alert.certificate_body', { host, detail }) };
  }
  return isUnseenEnd(alert)
    ? {
        title: words.text('alert.certificate_gone', { host }),
        body: words.text('alert.certificate_gone_body', { host }),
      }
    : {
        title: words.text('alert.certificate_replaced', { host }),
        body: words.text('alert.certificate_replaced_body', { detail }),
      };
}

/** That a registration ends soon, or has ended; once it is over, until when it was renewed. */
function domainText(alert: Alert, { words }: AlertWords): { title: string; body: string } {
  const { subject: domain, resolved_at } = alert;
  const { told, detail } = expiryOf(alert, words);
  if (resolved_at === null) {
    const { days_left: days } = told;
    const title =
      days === 0
        ? words.text('alert.domain_expired', { domain })
        : words.text('alert.domain_title', { domain, days });
    return { title, body: words.text('alert.domain_body', { detail }) };
  }
  return isUnseenEnd(alert)
    ? {
        title: words.text('alert.domain_gone', { domain }),
        body: words.text('alert.domain_gone_body', { domain }),
      }
    : {
        title: words.text('alert.domain_renewed', { domain }),
        body: words.text('alert.domain_renewed_body', { detail }),
      };
}

/** That what a callback tells cannot be used; once it is over, that it can again. */
function callbackText(alert: Alert, { words }: AlertWords): { title: string; body: string } {
  const { subject: callback, resolved_at } = alert;
  const ended = isUnseenEnd(alert) ? 'alert.callback_gone_body' : 'alert.callback_ended_body';
  return {
    title: words.text('alert.callback_title', { callback }),
    body: words.text(resolved_at === null ? 'alert.callback_body' : ended, { callback }),
  };
}

/** What an alert of an end says of it, and the same in words. */
function expiryOf({ id, error }: Alert, words: Words): { told: ToldExpiry; detail: string } {
  const told = readExpiry(error);
  if (error === null || told === null) throw new Error(`alert ${id} does not say what ends`);
  return { told, detail: ownDetailText(error, words) };
}

/** That it may be our own line; and the line, if there is one and nothing answered. */
function caveats({ state, notes }: Alert, { words, configuration: { lines } }: AlertWords) {
  const [only, second] = lines;
  const is_seen_from = only !== undefined && second === undefined && failsBelowHttp(notes);
  return {
    maybe_our_line: state !== null && isMaybeOurLine({ state, notes }),
    seen_from: is_seen_from ? words.name(only.name) : null,
  };
}

/** 北京电子发票：下载 */
export function alertedComponent(
  { subject }: Pick<Alert, 'subject'>,
  { words, configuration }: AlertWords,
): string {
  return words.text('title.component', {
    system: words.name(systemName(systemOf(subject), configuration)),
    function: words.text(`function.${functionOf(subject)}`),
  });
}

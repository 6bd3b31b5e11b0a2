import { type Alert, alertKey, openedAlert } from '../../model/alert.ts';
import type { NoticeKind } from '../../model/notice.ts';
import {
  type LineCondition,
  type OwnTrouble,
  ownSubject,
  ownTroubleOf,
} from '../../model/own-trouble.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import type { JudgingContext } from './evaluation.ts';

/** What is wrong with ourselves, or no more: of this installation (line null), or of a line. */
export interface OwnCondition extends Omit<OwnTrouble, 'since' | 'until' | 'is_end_unseen'> {
  is_failing: boolean;
  at: EpochMs;
}

/** How something is known to be over: by what was measured, or it is not known any more. */
type Ending = Pick<OwnTrouble, 'is_end_unseen'>;
const SEEN: Ending = {};
const NOT_SEEN: Ending = { is_end_unseen: true };

type OwnRecording = Required<Pick<Recording, 'own_troubles' | 'alerts' | 'notices' | 'changes'>>;

const NOTHING: OwnRecording = { own_troubles: [], alerts: [], notices: [], changes: [] };

/** What a line reports of itself: own trouble, or a neutral host, which only operators are told. */
export function recordingOfLine(
  context: JudgingContext,
  { kind, line, neutral, is_failing, at, detail }: LineCondition,
): OwnRecording {
  if (kind !== 'neutral') return recordingOfOwn(context, { kind, line, is_failing, at, detail });
  if (neutral === null) return NOTHING;
  const subject = { kind: 'neutral', subject: neutral, error: detail, is_failing } as const;
  return { ...NOTHING, ...alerted(context, subject, at, SEEN) };
}

/** Whether what a callback tells can be used. */
export interface CallbackCondition {
  /** Its id. */
  callback: string;
  is_failing: boolean;
  at: EpochMs;
  /** For operators: a code with its values (own-detail.ts). */
  detail: string;
}

/** That a callback tells what cannot be used, or what can again; only operators are told. */
export function recordingOfCallback(
  context: JudgingContext,
  { callback, is_failing, at, detail }: CallbackCondition,
): OwnRecording {
  const subject = { kind: 'callback', subject: callback, error: detail, is_failing } as const;
  return { ...NOTHING, ...alerted(context, subject, at, SEEN) };
}

/** Own trouble that begins or ends, with its alert; nothing when that is known already. */
export function recordingOfOwn(
  context: JudgingContext,
  { is_failing, at, kind, line, detail }: OwnCondition,
  ending = SEEN,
): OwnRecording {
  const key = ownSubject({ kind, line });
  const open = context.live.own_troubles.get(key);
  if (open && is_failing && kind === 'ledger') return renewed(context, { ...open, detail });
  if (open && is_failing && key === 'clock') return steppedAgain(context, { ...open, detail }, at);
  if (is_failing === (open !== undefined)) return NOTHING;
  const trouble: OwnTrouble = open
    ? { ...open, until: Math.max(open.since, at), ...ending }
    : { kind, line, since: at, until: null, detail };
  return {
    own_troubles: [trouble],
    ...alerted(context, { kind: 'own', subject: key, error: detail, is_failing }, at, ending),
    changes: [{ kind: 'own_trouble', ref: key, at: context.now }],
  };
}

/** Every night it is known anew where the differences are. */
function renewed(context: JudgingContext, trouble: OwnTrouble): OwnRecording {
  const alert = context.live.open_alerts.get(
    alertKey({ kind: 'own', subject: ownSubject(trouble) }),
  );
  return {
    ...NOTHING,
    own_troubles: [trouble],
    alerts: alert ? [{ ...alert, error: trouble.detail }] : [],
  };
}

/** What is judged again later needs the instant and the length of each step of the clock. */
function steppedAgain(context: JudgingContext, trouble: OwnTrouble, at: EpochMs): OwnRecording {
  const open = context.live.own_troubles.get(ownSubject(trouble));
  const ended = open && open.since < at ? [{ ...open, until: at }] : [];
  const { own_troubles, ...told } = renewed(context, { ...trouble, since: at });
  return { ...told, own_troubles: [...ended, ...own_troubles] };
}

/**
 * Own trouble that is over when it can be recorded: told once, in the past tense; nothing when it
 * was part of one that is open.
 */
export function recordingOfPast(context: JudgingContext, trouble: OwnTrouble): OwnRecording {
  const { kind, line, since, until, detail } = trouble;
  const subject = ownSubject({ kind, line });
  if (context.live.own_troubles.has(subject)) return NOTHING;
  const about = { kind: 'own', subject, error: detail } as const;
  const is_told = context.live.open_alerts.has(alertKey(about));
  const alert: Alert = {
    ...newAlert(context, about, since),
    resolved_at: context.now,
    resolved_since: until,
  };
  return {
    own_troubles: [trouble],
    alerts: is_told ? [] : [alert],
    notices: is_told ? [] : [noticeOf(context, alert, 'alert_resolved')],
    changes: [{ kind: 'own_trouble', ref: about.subject, at: context.now }],
  };
}

/**
 * After a start: conditions are known of running lines only, so of what was wrong when we stopped
 * nobody saw the end. A line that still has trouble says so again. What the ledger says
 * wrongly it says after a start too.
 */
export function recordingsOfStart(context: JudgingContext, known_at: EpochMs): OwnRecording[] {
  const { own_troubles, open_alerts } = context.live;
  const passing = [...own_troubles.values()].filter((it) => !outlastsStart(ownSubject(it)));
  const troubles = passing.map(({ kind, line }) =>
    recordingOfOwn(context, { kind, line, is_failing: false, at: known_at, detail: '' }, NOT_SEEN),
  );
  const told = new Set(troubles.flatMap(({ alerts }) => alerts.map(({ id }) => id)));
  const alerts = [...open_alerts.values()].filter(
    ({ id, kind, subject }) =>
      (kind === 'neutral' || (kind === 'own' && !outlastsStart(subject))) && !told.has(id),
  );
  return [
    ...troubles,
    ...alerts.map((alert) => ({
      ...NOTHING,
      ...alerted(context, { ...alert, is_failing: false }, known_at, NOT_SEEN),
    })),
  ];
}

function outlastsStart(subject: string): boolean {
  return ownTroubleOf(subject).kind === 'ledger';
}

type AlertSubject = Pick<Alert, 'kind' | 'subject' | 'error'>;
type AlertCondition = AlertSubject & Pick<OwnCondition, 'is_failing'>;

function alerted(
  context: JudgingContext,
  { is_failing, ...subject }: AlertCondition,
  at: EpochMs,
  { is_end_unseen = false }: Ending,
): Pick<OwnRecording, 'alerts' | 'notices'> {
  const open = context.live.open_alerts.get(alertKey(subject));
  if (is_failing === (open !== undefined)) return { alerts: [], notices: [] };
  const alert: Alert = open ? { ...open, ...endOf(open) } : newAlert(context, subject, at);
  const kind = open ? 'alert_resolved' : 'alert_opened';
  return { alerts: [alert], notices: [noticeOf(context, alert, kind)] };

  function endOf({ since }: Alert) {
    return {
      resolved_at: context.now,
      resolved_since: is_end_unseen ? null : Math.max(since, at),
    };
  }
}

function newAlert({ newId, now }: JudgingContext, subject: AlertSubject, since: EpochMs): Alert {
  return openedAlert({ id: newId(), ...subject, since, opened_at: now });
}

function noticeOf({ newId, now }: JudgingContext, { id }: Alert, kind: NoticeKind) {
  return { id: newId(), kind, ref: id, update: null, created_at: now };
}

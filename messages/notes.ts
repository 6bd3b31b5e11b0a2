import { isSaidStill, type Note } from '../model/component.ts';
import { OWN_TRAFFIC_LINE } from '../model/configuration.ts';
import type { NoteNames } from '../model/overview.ts';
import { MINUTE } from '../model/time.ts';
import {
  type Checked,
  type FileReason,
  functionOf,
  isFileReason,
  OUTCOMES,
  type Reason,
  type State,
} from '../model/vocabulary.ts';
import type { PageWords } from './words.ts';

/** Of what some are affected. */
const SHARE_OF = {
  measured: 'note.some_users_affected',
  own_traffic: 'note.some_own_affected',
} as const;

/** Of rows of earlier versions, which did not store it. */
const SHARE_WINDOW_MS = 30 * MINUTE;

/**
 * A note as one sentence, with its full stop. `names` are the display names of checks and lines.
 */
export function noteSentence(note: Note, words: PageWords, names: NoteNames): string {
  const { text } = words;
  switch (note.code) {
    case 'checks_failing': {
      const reason = reasonText(note.reason, note.detail, words);
      const checks = checkNames(note.checks, names, words);
      if (isSaidStill(note))
        return checks
          ? text('note.still_maintained', { checks })
          : text('note.still_maintained_plain');
      if (note.reason === 'says_maintenance')
        return checks
          ? text('note.says_maintenance', { checks })
          : text('note.says_maintenance_plain');
      return checks
        ? text('note.checks_failing', { checks, reason })
        : text('note.checks_failing_plain', { reason });
    }
    case 'line_failing': {
      // What own traffic tells of says nothing of networks.
      const is_own = note.lines.includes(OWN_TRAFFIC_LINE);
      return text(is_own ? 'note.own_failing' : 'note.line_failing', {
        lines: words.list(note.lines.map((id) => lineName(id, names, words))),
        reason: reasonText(note.reason, note.detail ?? null, words),
      });
    }
    case 'some_users_affected':
      return text(SHARE_OF[note.source ?? 'measured'], {
        bad: note.bad,
        n: note.n,
        window: words.duration(note.window_ms ?? SHARE_WINDOW_MS),
      });
    case 'slow': {
      const checks = checkNames(note.checks, names, words);
      return checks ? text('note.slow', { checks }) : text('note.slow_plain');
    }
    case 'degraded': {
      const checks = checkNames(note.checks, names, words);
      const reason = reasonText(note.reason, note.detail, words);
      return checks
        ? text('note.degraded', { checks, reason })
        : text('note.degraded_plain', { reason });
    }
    case 'not_known': {
      const checks = checkNames(note.checks, names, words);
      return checks ? text('note.not_known', { checks }) : text('note.not_known_plain');
    }
    case 'learning':
      return text('note.learning');
    case 'quiet':
      return text('note.quiet', { time: words.dateTime(note.last_at) });
    case 'sync_slow':
      return text('note.sync_slow', { n: note.n, limit: words.duration(note.limit_ms) });
    case 'stalled':
      return text('note.stalled', {
        waiting: note.waiting,
        time: words.dateTime(note.oldest_accepted_at),
      });
    case 'catching_up':
      return text('note.catching_up', { overdue: note.overdue });
    case 'part_lost':
      return text('note.part_lost', { n: note.n, missing: note.missing });
    case 'maybe_our_line':
      return text('note.maybe_our_line', { line: lineName(note.line, names, words) });
    case 'never_measured':
      return text('note.never_measured');
    case 'unconfirmed':
      return text('note.unconfirmed', {
        reason: reasonText(note.reason, note.detail, words),
        time: words.dateTime(note.ended_at),
      });
    case 'recovering':
      return text('note.recovering', { time: words.dateTime(note.ended_at) });
    case 'expired':
      return text('note.expired', { time: words.dateTime(note.last_slot_at) });
    case 'not_judged': {
      const time = words.dateTime(note.ended_at);
      const waited_for = neededName(note, names, words);
      if (waited_for !== null) return text('note.waits_for', { time, function: waited_for });
      const key = isAnswer(note) ? 'note.not_judged' : 'note.not_judged_unanswered';
      return text(key, { time, why: whyNotJudged(note, words) });
    }
    case 'look_unanswered':
      return note.last_answered_at === null
        ? text('note.look_unanswered_never')
        : text('note.look_unanswered', { time: words.dateTime(note.last_answered_at) });
    case 'nothing_to_follow':
      return note.last_answered_at === null
        ? text('note.nothing_to_follow_yet')
        : text('note.nothing_to_follow', { time: words.dateTime(note.last_answered_at) });
    case 'none_arrived':
      return text('note.none_arrived', { n: note.n });
    case 'self':
      return text('note.self', { reason: text(`reason.${note.reason}`) });
    case 'gap':
      return note.cause
        ? text('note.gap_because', {
            time: words.dateTime(note.from),
            cause: text(`gap.${note.cause}`),
          })
        : text('note.gap', { time: words.dateTime(note.from) });
    case 'maintenance':
      return text(measuredKey(note.measured));
    case 'noticed': {
      const checks = checkNames(note.checks, names, words);
      const what = text(`noticed.${note.note}`);
      return checks ? text('note.noticed', { checks, what }) : text('note.noticed_plain', { what });
    }
    case 'files_checked': {
      const checks = checkNames(note.checks, names, words);
      const what = checkedText(note.checked, note.reason, words);
      return checks ? text('note.noticed', { checks, what }) : text('note.noticed_plain', { what });
    }
  }
}

/** A maintenance, with what is measured meanwhile. */
function measuredKey(measured: State | undefined) {
  if (measured === 'major_outage') return 'note.maintenance_down';
  if (measured === 'partial_outage') return 'note.maintenance_partly';
  const is_up = measured === 'operational' || measured === 'degraded_performance';
  return is_up ? 'note.maintenance_up' : 'note.maintenance';
}

/** What a verdict on a file rests on: 内容未变；未能检查（文件已加密）. */
export function checkedText(
  checked: Checked,
  reason: FileReason | null,
  { text }: PageWords,
): string {
  return checked === 'none' && reason !== null
    ? text('text.with_aside', { text: text('checked.none'), aside: text(`reason.${reason}`) })
    : text(`checked.${checked}`);
}

/** Reasons that say more than the outcome why a result could not be judged. */
const TELLING: readonly Reason[] = [
  'blocked',
  'maybe_blocked',
  'link_refused',
  'waits_for_login',
  'waits_for_query',
  'waits_for_other',
  'needed_unknown',
  'unreadable_http',
  'unknown_charset',
  'unknown_coding',
  'address_family_missing',
  'resolves_elsewhere',
];

type NotJudged = Extract<Note, { code: 'not_judged' }>;

/** Whether the system itself answered, though not with anything that could be judged. */
function isAnswer({ outcome, reason }: NotJudged): boolean {
  return outcome !== 'self' && outcome !== 'prerequisite' && reason !== 'maybe_blocked';
}

/** In a few words why a result could not be judged: 被限流. */
export function whyNotJudged({ outcome, reason }: NotJudged, { text }: PageWords): string {
  if (reason === null) return text(`outcome.${outcome}`);
  if (TELLING.includes(reason)) return text(`reason.${reason}`);
  return outcome === 'self'
    ? text('text.with_aside', { text: text('outcome.self'), aside: text(`reason.${reason}`) })
    : text(`outcome.${outcome}`);
}

/**
 * Reasons whose detail adds information to the message: a status, a code, a location in a file.
 * Details of others only repeat it in English.
 */
function hasUsefulDetail(reason: Reason): boolean {
  return reason === 'http_status' || reason === 'error_code' || isFileReason(reason);
}

/**
 * The text of a reason, with its detail in brackets where useful: 对方报错（HTTP 503）. Own traffic
 * that names no code gives its outcome: 超时.
 */
export function reasonText(reason: Reason | null, detail: string | null, words: PageWords): string {
  if (reason === null) {
    const outcome = OUTCOMES.find((it) => it === detail);
    if (outcome !== undefined) return words.text(`outcome.${outcome}`);
    return detail ?? words.text('note.no_reason');
  }
  const text = words.text(`reason.${reason}`);
  return detail !== null && hasUsefulDetail(reason)
    ? words.text('text.with_aside', { text, aside: detail })
    : text;
}

function neededName({ waits_for }: NotJudged, names: NoteNames, words: PageWords): string | null {
  const system = waits_for === undefined ? undefined : names.needed?.[waits_for];
  if (waits_for === undefined || system === undefined) return null;
  return words.text('verdict.of_system', {
    system: words.name(system),
    function: words.text(`function.${functionOf(waits_for)}`),
  });
}

function checkNames(checks: string[], names: NoteNames, words: PageWords): string {
  return words.list(checks.flatMap((check) => names.checks[check] ?? []));
}

function lineName(id: string, names: NoteNames, words: PageWords): string {
  if (id === OWN_TRAFFIC_LINE) return words.text('note.own_traffic');
  const name = names.lines[id];
  return name ? words.name(name) : id;
}

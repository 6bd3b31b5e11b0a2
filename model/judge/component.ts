import type { ComponentStatus, Note } from '../component.ts';
import type { Policy } from '../configuration.ts';
import { NUMBERS } from '../numbers.ts';
import { latest } from '../time.ts';
import type { EpochMs, State } from '../vocabulary.ts';
import {
  asides,
  checksDegraded,
  checksFailing,
  checksSlow,
  linesFailing,
  maybeOurs,
  perhapsOurs,
  quietSince,
  whyUnknown,
} from './component-notes.ts';
import { type BadShare, isValid } from './judgement.ts';
import { ailingOf } from './lapsed.ts';
import {
  isOwnTrafficLine,
  type JudgedCheck,
  knownChecks,
  type LineVerdict,
  liveLines,
  unheardOf,
} from './line.ts';
import type { Share } from './share.ts';
import { coveredUntil } from './validity.ts';

export interface ComponentInput {
  checks: readonly JudgedCheck[];
  now: EpochMs;
  policy: Policy;
  share: Share;
  /** The announced window that covers the component now. */
  window: { maintenance: string; from: EpochMs } | null;
  /** A maintenance was announced for it and covers it no longer, but is not completed. */
  is_after_window: boolean;
  /** No slow limit is set, and what is usual at this hour is not known yet. */
  is_learning: boolean;
}

/** The judged state of a component and the reasons; the caller adds `since`. */
export type ComponentVerdict = Pick<
  ComponentStatus,
  'state' | 'notes' | 'measured_at' | 'valid_until'
>;

/**
 * The state of a component from its checks. All live lines fail: major outage. At least the quorum,
 * or own traffic, or some checks of a line: partial outage. Fewer lines: unchanged, with a note. No
 * check fails but too many single results do: partial outage. Degraded or slow on the quorum:
 * degraded. No live line, or nothing bad but a check, or own traffic, of which only is known that
 * it failed: unknown.
 * An announced window overrides all of these, and says beside it what is measured.
 */
export function judgeComponent(input: ComponentInput): ComponentVerdict {
  const { now, window } = input;
  const lines = liveLines(input.checks, now);
  const judged = stateOf(input, lines);
  const known = knownChecks(input.checks, now).map((it) => it.judgement);
  const beside = isMeasured(judged.state)
    ? asides(notKnownIn(input, lines), known, input.is_learning)
    : [];
  const aside = judged.state === 'unknown' ? [] : [...quietSince(input.checks, now), ...beside];
  const measured_until = latest(input.checks.map((it) => it.judgement.valid_until));
  return {
    measured_at: latest(input.checks.map((it) => it.judgement.last_ended_at)),
    valid_until: window
      ? coveredUntil(now, whileWatched(input, measured_until))
      : whileWatched(input, stateUntil(input, judged.state)),
    state: judged.state,
    notes: [...judged.notes.map((it) => (input.is_after_window ? asAnnounced(it) : it)), ...aside],
  };
}

/**
 * How long the state lasts without further results: until a check expires on which it rests, which
 * need not be the last one. On one line that is a check that ails, or the last one that is known:
 * others leave what is said of those as it is.
 */
function stateUntil(input: ComponentInput, state: State): EpochMs | null {
  const { checks, now } = input;
  const is_one_line = new Set(checks.map(({ line }) => line)).size === 1;
  const rests_on = checks.filter(({ judgement }) => !is_one_line || ailingOf(judgement) !== null);
  const known_until = latest(
    knownChecks(checks, now).map(({ judgement }) => judgement.valid_until),
  );
  const ends = [...rests_on.map(({ judgement }) => judgement.valid_until), known_until].filter(
    (it) => it !== null,
  );
  const coming = [...new Set(ends)].filter((it) => it >= now).sort((a, b) => a - b);
  const end = coming.find((until) => {
    const later = { ...input, now: until + 1 };
    return stateOf(later, liveLines(later.checks, later.now)).state !== state;
  });
  return end ?? latest(checks.map(({ judgement }) => judgement.valid_until));
}

/**
 * Of own traffic alone, how long it may be silent is no time in which anything is measured: it is
 * said for a minute at a time, while somebody watches.
 */
function whileWatched({ checks, now }: ComponentInput, until: EpochMs | null): EpochMs | null {
  if (until === null || !checks.every(isOwnTrafficLine)) return until;
  const last_at = latest(checks.map(({ judgement }) => judgement.last_slot_at)) ?? now;
  return Math.min(until, Math.max(last_at + NUMBERS.traffic.quiet_ms, coveredUntil(now, null)));
}

interface StateAndNotes {
  state: State;
  notes: Note[];
}

/** The state alone, and its reasons, without what is said beside it. */
export function stateOfComponent(input: ComponentInput): StateAndNotes {
  return stateOf(input, liveLines(input.checks, input.now));
}

function stateOf(input: ComponentInput, lines: LineVerdict[]): StateAndNotes {
  if (input.window) {
    const measured = stateOf({ ...input, window: null }, lines).state;
    const { maintenance: maintenance_id } = input.window;
    return {
      state: 'under_maintenance',
      notes: [{ code: 'maintenance', maintenance_id, measured }],
    };
  }
  if (lines.length === 0) return stateOfNoLine(input);

  const failing = lines.filter((it) => it.verdict === 'failing');
  const partly = lines.filter((it) => it.verdict === 'partly_failing');
  const degraded = lines.filter((it) => it.degraded.length > 0 || it.slow.length > 0);
  // The share is above 0, so that it is one line at least.
  const quorum = Math.ceil(lines.length * input.policy.quorum);

  if (failing.length === lines.length)
    return { state: 'major_outage', notes: [...checksFailing(failing), ...perhapsOurs(failing)] };
  const told: Note[] = [...linesFailing(failing, lines), ...perhapsOurs(failing)];
  // What all fails of the company's own cannot be less than what some of it does.
  if (failing.length >= quorum || failing.some(isOwnTrafficLine))
    return { state: 'partial_outage', notes: told };
  if (partly.length > 0)
    return {
      state: 'partial_outage',
      notes: [...checksFailing([...partly, ...failing]), ...perhapsOurs([...partly, ...failing])],
    };

  const some = lines.flatMap((it) => it.some_failing).flatMap(({ share }) => share ?? []);
  if (some.length > 0)
    return {
      state: 'partial_outage',
      notes: [...some.map(someOfTraffic), ...told],
    };
  if (failing.length === 0 && input.share.affected_since !== null)
    return someAffected(
      input.share,
      lines.map(({ line }) => line),
    );
  if (degraded.length >= quorum)
    return {
      state: 'degraded_performance',
      notes: [...checksDegraded(degraded), ...checksSlow(degraded), ...told],
    };
  const lost = notKnownIn(input, lines).filter((it) => ailingOf(it) !== null);
  if (lost.length > 0) return { state: 'unknown', notes: [whyUnknown(lost, input.now), ...told] };
  return { state: 'operational', notes: told };
}

/** Checks of which nothing is known, of live lines and of own traffic. */
function notKnownIn({ checks, now }: ComponentInput, lines: readonly LineVerdict[]) {
  const own = unheardOf(checks, now);
  return [...new Set([...lines.flatMap((it) => it.unknown), ...own])];
}

/**
 * Unknown, with the reason. But a share of bad results goes on with the first judged result after a
 * time without any, although that decides no check yet.
 */
function stateOfNoLine({ checks, share, now }: ComponentInput): StateAndNotes {
  const measured = checks.filter(({ judgement }) => isValid(judgement, now));
  const is_share = share.affected_since !== null && measured.length > 0;
  if (is_share && measured.every(({ judgement }) => ailingOf(judgement) === null))
    return someAffected(share, [...new Set(measured.map(({ line }) => line))]);
  const judgements = checks.map((it) => it.judgement);
  return { state: 'unknown', notes: [whyUnknown(judgements, now)] };
}

/** Of the invoices of own traffic too many failed. */
function someOfTraffic({ bad, n, window_ms }: BadShare): Note {
  return { code: 'some_users_affected', bad, n, window_ms, source: 'own_traffic' };
}

/** Some users are affected, as measured from these lines. */
function someAffected(share: Share, lines: readonly string[]): StateAndNotes {
  const { n, bad, window_ms, is_perhaps_ours } = share;
  const told: Note = { code: 'some_users_affected', bad, n, window_ms };
  return {
    state: 'partial_outage',
    notes: [told, ...(is_perhaps_ours ? lines.map(maybeOurs) : [])],
  };
}

/** Of a system that says it is maintained: that this was announced. */
function asAnnounced(note: Note): Note {
  const is_failing = note.code === 'checks_failing' || note.code === 'line_failing';
  return is_failing && note.reason === 'says_maintenance' ? { ...note, was_announced: true } : note;
}

function isMeasured(state: State): boolean {
  return state !== 'unknown' && state !== 'under_maintenance';
}

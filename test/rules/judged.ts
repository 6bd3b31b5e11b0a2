import { gradeAfter, judgeCheck } from '../../model/judge/check.ts';
import { historyAfter } from '../../model/judge/counted.ts';
import { cleared, type History } from '../../model/judge/history.ts';
import { type CheckJudgement, freshJudgement } from '../../model/judge/judgement.ts';
import { NO_SHARE, type Share, shareAfter } from '../../model/judge/share.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import type { Result } from '../../model/result.ts';
import { SECOND } from '../../model/time.ts';
import { bad, result, T0 } from '../model/builders.ts';

export const EVERY = 15 * SECOND;
export const DEADLINE_MS = 8 * SECOND;

export interface JudgedSequence {
  judgement: CheckJudgement;
  history: History | null;
  share: Share;
}

export interface Judging {
  every_ms?: number;
  confirmations?: number;
  slow_ms?: number;
  /** Slots from here on lie in an announced maintenance, until `open_from`. */
  covered_from?: number;
  open_from?: number;
}

/**
 * Judges letters, one a slot: `g`ood, `s`low, `u`ntimed, `b`ad, `p`erhaps of our line, `d`egraded,
 * `m`aintenance, `o`verlap, `-` not judged (throttled), `.` no result.
 */
export function judgedLetters(letters: string, judging: Judging = {}): JudgedSequence {
  const { every_ms = EVERY } = judging;
  const results = [...letters].flatMap((letter, i) => resultOf(letter, T0 + i * every_ms));
  return judgedResults(results, judging);
}

export function judgedResults(results: readonly Result[], judging: Judging = {}): JudgedSequence {
  const { every_ms = EVERY, confirmations = 3, slow_ms = 1_000 } = judging;
  let known: JudgedSequence = { judgement: freshJudgement('c'), history: null, share: NO_SHARE };
  for (const it of results) {
    const { slot_at } = it;
    const in_window =
      slot_at >= (judging.covered_from ?? Number.POSITIVE_INFINITY) &&
      slot_at < (judging.open_from ?? Number.POSITIVE_INFINITY);
    const rules = {
      policy: { ...DEFAULT_POLICY, slow_ms },
      in_window,
      valid_until: slot_at + 2 * every_ms + DEADLINE_MS,
      next_slot_at: slot_at + every_ms,
      confirmations,
      is_perhaps_ours: it.reason === 'timeout_connect',
    };
    const before = known.judgement;
    const grade = gradeAfter(before, it, rules);
    const judgement = judgeCheck(before, it, rules);
    const seen = { result: it, grade, in_window, before, after: judgement };
    const history = historyAfter(known.history, seen);
    const is_bad = grade === 'bad' && !in_window;
    const share =
      grade === 'unjudged' || history === null
        ? known.share
        : shareAfter(known.share, [history], { slot_at, is_bad });
    const is_over = known.share.affected_since !== null && share.affected_since === null;
    known = { judgement, history: history && is_over ? cleared(history) : history, share };
  }
  return known;
}

const LETTERS: Record<string, (slot_at: number) => Result> = {
  g: (slot_at) => result(slot_at),
  s: (slot_at) => result(slot_at, { duration_ms: 1_500 }),
  u: (slot_at) => result(slot_at, { duration_ms: 1_500, notes: ['our_delay'] }),
  b: (slot_at) => bad(slot_at),
  p: (slot_at) => bad(slot_at, { outcome: 'timeout', reason: 'timeout_connect' }),
  d: (slot_at) => bad(slot_at, { outcome: 'degraded', reason: 'error_code' }),
  m: (slot_at) => bad(slot_at, { outcome: 'maintenance', reason: 'says_maintenance' }),
  o: (slot_at) => bad(slot_at, { outcome: 'timeout', reason: 'overlap', duration_ms: 0 }),
  '-': (slot_at) => result(slot_at, { outcome: 'throttled', reason: 'error_code' }),
};

function resultOf(letter: string, slot_at: number): Result[] {
  const made = LETTERS[letter];
  return made ? [made(slot_at)] : [];
}

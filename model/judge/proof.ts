import { NUMBERS } from '../numbers.ts';
import type { Proof } from '../proof.ts';
import type { Result } from '../result.ts';
import type { Reason } from '../vocabulary.ts';
import { isBad } from './bad.ts';

/** A result after it was asked whose fault it is. */
export interface ProvenResult {
  /** The same, or attributed to us (`self`), or to their guard (`throttled`). */
  result: Result;
  /**
   * It is laid at the system although nothing proves our line: said with every sentence about it.
   */
  is_perhaps_ours: boolean;
}

/**
 * Whose fault a bad result is, by its proof (docs/judging.md, Proof). A result that is not bad, and
 * one without a proof, stays what it is; judging twice changes nothing.
 */
export function judgeProof(result: Result, deadline_ms: number): ProvenResult {
  const { proof } = result;
  if (!isBad(result.outcome) || proof === null) return theirs(result);
  if (isStarved(result, proof, deadline_ms)) return ours(result, 'starved');
  const { reach, resolver_differs, misled = false, no_route = false } = proof.contact;
  if (misled) return ours(result, 'name_misled');
  if (isClockWrong(proof)) return ours(result, 'clock_wrong');
  if (proof.is_local || reach === 'answered') return theirs(result);
  if (resolver_differs || resolverFails(proof)) return ours(result, 'resolver_differs');
  if (no_route) return ours(result, 'no_route');
  if (neutralsFail(proof) && !lineWorks(proof)) return ours(result, 'neutral_host_failed');
  const is_proven =
    (reach === 'unresolved' ? proof.control === 'resolved' : lineWorks(proof)) &&
    isClockProven(proof);
  if (!is_proven && lineFails(proof)) return ours(result, 'line_failed');
  if (mayBlockUs(proof)) return blocked(result);
  if (is_proven) return theirs(result);
  return isTheOneBlamed(proof) ? { result, is_perhaps_ours: true } : ours(result, 'unproven');
}

/**
 * How much of what we waited for a result our late start and the delays of our event loop may be,
 * in ms; 0 unless it is enough to be noticed in a delay.
 */
export function ourDelayMs(result: Result, loop_delay_ms: number): number {
  const ours_ms = Math.max(0, result.started_at - result.slot_at) + loop_delay_ms;
  return ours_ms >= NUMBERS.proof.starved_from_ms ? ours_ms : 0;
}

/**
 * How much of a run our own event loop delayed, in ms; 0 unless it was enough to make a silent run
 * ours.
 */
function starvedMs(loop_delay_ms: number, deadline_ms: number): number {
  const { starved_from_ms, starved_share_of_deadline } = NUMBERS.proof;
  const enough_ms = Math.max(starved_from_ms, starved_share_of_deadline * deadline_ms);
  return loop_delay_ms >= enough_ms ? loop_delay_ms : 0;
}

/**
 * Silent only because we were not listening: without our delay the run would have been in time. A
 * server also gives up on a client that stands still, by a reset, a broken protocol or a 408.
 */
function isStarved(result: Result, proof: Proof, deadline_ms: number): boolean {
  const starved_ms = starvedMs(proof.loop_delay_ms, deadline_ms);
  if (starved_ms === 0) return false;
  const is_silent = result.outcome === 'timeout' || proof.contact.reach === 'silent';
  if (is_silent) return result.duration_ms - starved_ms < deadline_ms;
  return (
    result.reason === 'connection_reset' ||
    result.reason === 'protocol_error' ||
    result.http_status === 408
  );
}

/** All of at least two neutral hosts fail. */
function neutralsFail({ neutrals }: Proof): boolean {
  return neutrals.length >= NUMBERS.proof.neutrals && neutrals.every((it) => !it.answered);
}

/**
 * A neutral host answers now, or another host of the line did about then. What anybody between may
 * have sent, over plain HTTP, is believed beside a neutral host only.
 */
function lineWorks({ contact, neutrals, other_answer }: Proof): boolean {
  if (neutrals.some((it) => it.answered)) return true;
  if (contact.reach === 'redirected' || other_answer === null) return false;
  return Math.abs(other_answer.after_ms) <= NUMBERS.proof.answer_within_ms;
}

/**
 * Names of several owners fail at once, and none resolves but the control name: whoever answers us
 * knows that one only.
 */
function resolverFails({ contact, names }: Proof): boolean {
  if (contact.reach !== 'unresolved' || names === undefined || names.resolved > 0) return false;
  return names.lost >= NUMBERS.proof.lost_names || names.failed >= NUMBERS.proof.line_hosts;
}

/** A certificate is not valid by our clock, by which others go wrong too. */
function isClockWrong({ dates }: Proof): boolean {
  if (dates === undefined) return false;
  const { agreeing, differing, invalid } = dates;
  if (agreeing === 0) return differing + invalid > 0;
  return agreeing < differing;
}

/** Nothing is measured by our clock, or others say that it is right. */
function isClockProven({ dates }: Proof): boolean {
  return dates === undefined || dates.agreeing > 0;
}

/** Without neutral hosts that decide: several hosts of the line failed and none answered. */
function lineFails({ line }: Proof): boolean {
  return line.failed >= NUMBERS.proof.line_hosts && line.answered === 0;
}

function mayBlockUs({ contact, refused_us_ms_ago }: Proof): boolean {
  const is_cut = contact.reach === 'silent' || contact.reach === 'refused';
  return (
    is_cut &&
    refused_us_ms_ago !== undefined &&
    refused_us_ms_ago <= NUMBERS.proof.refused_us_within_ms
  );
}

/**
 * One host in all is blamed without proof. A name is not: without a control name nothing is known;
 * nor what was asked for by IPv6 alone, which many lines lack without knowing.
 */
function isTheOneBlamed({ contact, line }: Proof): boolean {
  if (contact.reach === 'unresolved' || contact.family === 6) return false;
  return line.blamed === null || line.blamed === contact.host;
}

function theirs(result: Result): ProvenResult {
  return { result, is_perhaps_ours: false };
}

function ours(result: Result, reason: Reason): ProvenResult {
  return theirs({ ...result, outcome: 'self', reason });
}

function blocked(result: Result): ProvenResult {
  return theirs({ ...result, outcome: 'throttled', reason: 'maybe_blocked' });
}

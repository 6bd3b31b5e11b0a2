import { MINUTE, SECOND } from '../../../model/time.ts';
import { askForState, type EmbedAnswer, type EmbedFailure } from './answer.ts';
import type { EmbeddedState } from './wire.ts';

/** What may be said now. */
export interface EmbedReading {
  /** Of its state, only by `told`. */
  kind: 'asking' | 'told' | 'expired' | EmbedFailure;
  /** What was answered last; null: nothing yet. */
  told: EmbeddedState | null;
  measured_ago_ms: number | null;
}

/** After which an answer is not waited for any more. */
const ANSWER_MS = 8 * SECOND;
/** Bounds of the time between two answers, within the validity of the first. */
const SHORTEST_WAIT_MS = 5 * SECOND;
const LONGEST_WAIT_MS = MINUTE;
/** How long it is believed that nothing is known. */
const UNKNOWN_MS = 2 * MINUTE;

/**
 * Follows the state at an address while the page is seen, and calls `onReading` at least once a
 * second. What is no longer valid is not told, whatever the clock of the browser says.
 */
export function followState(url: string, onReading: (reading: EmbedReading) => void): () => void {
  let answer: EmbedAnswer | null = null;
  let failure: EmbedFailure | null = null;
  let failures = 0;
  let asked_at: number | null = null;
  let wait_ms = 0;
  let asking: AbortController | null = null;
  let ticking: ReturnType<typeof setInterval> | undefined;

  async function ask() {
    const own = new AbortController();
    asking = own;
    asked_at = performance.now();
    const timer = setTimeout(() => own.abort(), ANSWER_MS);
    const given = await askForState(url, own.signal);
    clearTimeout(timer);
    if (asking !== own) return;
    asking = null;
    if (typeof given === 'string') {
      failure = given;
      failures += 1;
      wait_ms = spread(Math.min(SHORTEST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS));
    } else {
      [answer, failure, failures] = [given, null, 0];
      const left_ms = validMs(given);
      wait_ms = spread(Math.min(Math.max(left_ms * 0.8, SHORTEST_WAIT_MS), LONGEST_WAIT_MS));
    }
    onReading(reading(answer, failure));
  }

  function tick() {
    const is_due = asked_at === null || performance.now() - asked_at >= wait_ms;
    if (asking === null && is_due) void ask();
    onReading(reading(answer, failure));
  }

  function followVisibility() {
    clearInterval(ticking);
    if (document.hidden) return;
    ticking = setInterval(tick, SECOND);
    // After a sleep it may be anything.
    if (answer !== null && validMs(answer) <= 0) wait_ms = 0;
    tick();
  }

  document.addEventListener('visibilitychange', followVisibility);
  followVisibility();
  return () => {
    document.removeEventListener('visibilitychange', followVisibility);
    clearInterval(ticking);
    asking?.abort();
    asking = null;
  };
}

function reading(answer: EmbedAnswer | null, failure: EmbedFailure | null): EmbedReading {
  const kind = kindOf(answer, failure);
  if (answer === null) return { kind, told: null, measured_ago_ms: null };
  const { told, serverNow } = answer;
  const measured_at = told.measured_at === null ? null : Date.parse(told.measured_at);
  const measured_ago_ms = measured_at === null ? null : Math.max(0, serverNow() - measured_at);
  return { kind, told, measured_ago_ms };
}

function kindOf(answer: EmbedAnswer | null, failure: EmbedFailure | null): EmbedReading['kind'] {
  if (failure === 'missing') return 'missing';
  if (answer === null) return failure ?? 'asking';
  return validMs(answer) > 0 ? 'told' : (failure ?? 'expired');
}

/** How much longer it may be told. */
function validMs({ told, serverNow, ageMs }: EmbedAnswer): number {
  return told.valid_until === null
    ? UNKNOWN_MS - ageMs()
    : Date.parse(told.valid_until) - serverNow();
}

/** Somewhat earlier, so that readers do not all ask at once. */
function spread(ms: number): number {
  return ms * (1 - Math.random() / 4);
}

import { NUMBERS } from '../../../model/numbers.ts';

export interface UndelayedParts<T> {
  ask: () => Promise<T>;
  isGood: (answer: T) => boolean;
  monotonic: () => number;
}

const TICK_MS = 50;
const TIMES = 2;

/**
 * The answer to a question, asked once more if it was bad and our own thread stood still meanwhile:
 * what came then was not heard in time. Null: it stood still again, and nothing is known.
 */
export async function undelayed<T>(parts: UndelayedParts<T>): Promise<{ answer: T } | null> {
  for (let time = 0; time < TIMES; time += 1) {
    const delays = watchDelays(parts.monotonic);
    const answer = await parts.ask().finally(delays.stop);
    const stood_still = delays.longestMs() >= NUMBERS.proof.starved_from_ms;
    if (parts.isGood(answer) || !stood_still) return { answer };
  }
  return null;
}

/** The longest delay of a timer: many short ones keep no answer from being heard. */
function watchDelays(monotonic: () => number) {
  let longest_ms = 0;
  let due_at = monotonic() + TICK_MS;
  const timer = setInterval(tick, TICK_MS);

  function tick(): void {
    longest_ms = Math.max(longest_ms, monotonic() - due_at);
    due_at = monotonic() + TICK_MS;
  }

  return {
    stop() {
      clearInterval(timer);
      tick();
    },
    longestMs: () => longest_ms,
  };
}

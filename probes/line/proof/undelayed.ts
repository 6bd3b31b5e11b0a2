import { starvedMs } from '../../../model/judge/proof.ts';
import { SECOND } from '../../../model/time.ts';

export interface UndelayedParts<T> {
  ask: () => Promise<T>;
  isGood: (answer: T) => boolean;
  monotonic: () => number;
}

const TICK_MS = 50;
const NOTICED_FROM_MS = 20;
const TIMES = 2;

/**
 * The answer to a question, asked once more if it was bad and our own thread stood still meanwhile:
 * what came then was not heard in time. Null: it stood still again, and nothing is known.
 */
export async function undelayed<T>(parts: UndelayedParts<T>): Promise<{ answer: T } | null> {
  for (let time = 0; time < TIMES; time += 1) {
    const delays = watchDelays(parts.monotonic);
    const answer = await parts.ask().finally(delays.stop);
    if (parts.isGood(answer) || starvedMs(delays.sumMs(), SECOND) === 0) return { answer };
  }
  return null;
}

/** The sum of the delays of a timer, as that of a run (model/proof.ts). */
function watchDelays(monotonic: () => number) {
  let sum_ms = 0;
  let due_at = monotonic() + TICK_MS;
  const timer = setInterval(tick, TICK_MS);

  function tick(): void {
    const late_ms = monotonic() - due_at;
    if (late_ms > NOTICED_FROM_MS) sum_ms += late_ms;
    due_at = monotonic() + TICK_MS;
  }

  return {
    stop() {
      clearInterval(timer);
      tick();
    },
    sumMs: () => sum_ms,
  };
}

import { NUMBERS } from '../../../model/numbers.ts';
import { SECOND } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import type { CarriedClock } from './wall-clock.ts';

/** Watches this thread and the clocks of this machine. */
export interface OwnWatch {
  /**
   * The sum of the delays of this thread so far, the present one included: those above 20 ms of a
   * timer of 50 ms. Only differences are meaningful.
   */
  delayMs(): number;
  /** How long the machine slept so far, in ms, as noticed now. Only differences are meaningful. */
  sleptMs(): number;
  /** Notices a pause or a change of the clock at once. For timers, which fire in any order. */
  look(): void;
  stop(): void;
}

/** Receives what was noticed, when it is over and the carried clock has followed. */
export interface WatchEvents {
  /** This thread did not run, or the machine slept, for 10 s or more. */
  suspended(from: EpochMs, to: EpochMs): void;
  /** The wall clock was set by more than 1 s. */
  stepped(at: EpochMs, by_ms: number): void;
  /** Slots passed unattended: this thread did not run, or the machine slept. */
  resumed(): void;
  /** The delays of the last 10 s. */
  delayed(by: Delays): void;
}

/** Delays of this thread in a span. */
export interface Delays {
  sum_ms: number;
  /** When the longest began. */
  longest_from: EpochMs;
}

const COMPARED_EVERY_MS = SECOND;
const RESUMED_FROM_MS = SECOND;

export function startWatch(clock: CarriedClock, events: WatchEvents): OwnWatch {
  let ticked = clock.monotonic();
  let compared = ticked;
  let summed = ticked;
  let delays_ms = 0;
  let all_slept_ms = 0;
  let summed_delays_ms = 0;
  let longest = { ms: 0, from: clock.now() };
  const timer = setInterval(tick, NUMBERS.own.timer_ms);

  return {
    delayMs: () => delays_ms + presentDelay(),
    sleptMs() {
      look();
      return all_slept_ms;
    },
    look,
    stop: () => clearInterval(timer),
  };

  function look(): void {
    if (presentDelay() > 0 || clock.differs()) tick();
  }

  function presentDelay(): number {
    const late_ms = clock.monotonic() - ticked - NUMBERS.own.timer_ms;
    return late_ms > NUMBERS.own.usual_delay_ms ? late_ms : 0;
  }

  function tick(): void {
    const paused_ms = presentDelay();
    ticked = clock.monotonic();
    delays_ms += paused_ms;
    const paused_until = clock.now();
    if (paused_ms >= longest.ms) longest = { ms: paused_ms, from: paused_until - paused_ms };
    const { slept_ms, stepped_ms } = compareWhenDue();
    all_slept_ms += slept_ms;
    // After a step back the time of the pause does not exist any more.
    if (stepped_ms < 0) events.stepped(clock.now(), stepped_ms);
    const to = stepped_ms < 0 ? clock.now() : paused_until + slept_ms;
    const away_ms = Math.round(paused_ms + slept_ms);
    if (away_ms >= NUMBERS.own.gap_from_ms) events.suspended(to - away_ms, to);
    if (stepped_ms > 0) events.stepped(clock.now(), stepped_ms);
    if (slept_ms > 0 || paused_ms >= RESUMED_FROM_MS) events.resumed();
    if (ticked - summed >= NUMBERS.own.starved_of_ms) sum();
  }

  function compareWhenDue() {
    if (ticked - compared < COMPARED_EVERY_MS && !clock.differs())
      return { slept_ms: 0, stepped_ms: 0 };
    compared = ticked;
    return clock.compare();
  }

  function sum(): void {
    summed = ticked;
    const sum_ms = Math.round(delays_ms - summed_delays_ms);
    events.delayed({ sum_ms, longest_from: Math.round(longest.from) });
    summed_delays_ms = delays_ms;
    longest = { ms: 0, from: clock.now() };
  }
}

import type { FollowingCheck } from '../model/configuration.ts';
import type { Journey } from '../model/journey.ts';
import type { Clock, Log } from '../model/ports.ts';
import { settledWithin } from '../model/settled-within.ts';
import { MINUTE } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { LineRunner } from '../probes/line/line.ts';
import type { Recorder } from './recorder.ts';
import { type LiveState, syncMemoryOf } from './state/live-state.ts';
import { followedComponent, type Site } from './state/site.ts';

/** Looks for the invoices of waiting journeys. */
export interface JourneyLooks {
  /**
   * Starts all due looks, within the budget, unless they could not be recorded. To be called every
   * second.
   */
  tick(): void;
  /**
   * Starts no more looks and waits for pending ones, at most `limit_ms`. Later ones are not
   * recorded.
   */
  drain(limit_ms: number): Promise<void>;
}

/** Burst capacity of an unused budget. */
const BURST_SECONDS = 10;

export interface JourneyLooksParts {
  site: Site;
  live: LiveState;
  line: Pick<LineRunner, 'look'>;
  recorder: Pick<Recorder, 'look' | 'outage'>;
  clock: Clock;
  log: Log;
}

export function createJourneyLooks(parts: JourneyLooksParts): JourneyLooks {
  const { site, live, line, recorder, clock, log } = parts;
  const under_way = new Map<string, Promise<void>>();
  const budgets = [...site.followers.values()]
    .flat()
    .map((check) => ({ check, budget: createBudget(check.looks_per_minute, clock) }));
  let draining = false;
  let drained = false;

  return {
    tick() {
      if (draining || recorder.outage() !== null) return;
      for (const { check, budget } of budgets) {
        for (const journey of dueJourneys(check, clock.now())) {
          if (under_way.has(journey.id)) continue;
          if (!budget.take()) break;
          under_way.set(journey.id, lookAt(journey));
        }
      }
    },
    async drain(limit_ms) {
      draining = true;
      await settledWithin([...under_way.values()], limit_ms);
      drained = true;
    },
  };

  /** The journeys of a check whose next look is due, most overdue first. */
  function dueJourneys(check: FollowingCheck, now: EpochMs): Journey[] {
    const { waiting } = syncMemoryOf(live, followedComponent(site, check));
    const dueAt = (journey: Journey) => journey.next_look_at ?? Number.POSITIVE_INFINITY;
    return [...waiting.values()]
      .filter((journey) => journey.check === check.id && dueAt(journey) <= now)
      .sort((a, b) => dueAt(a) - dueAt(b));
  }

  function lookAt({ id, check, number, issued }: Journey): Promise<void> {
    if (number === null) return Promise.resolve();
    return line
      .look({ check, number, issued })
      .then((report) => (drained ? undefined : recorder.look({ id, check }, report)))
      .catch((err) => log.error({ err, check }, 'look not recorded'))
      .finally(() => under_way.delete(id));
  }
}

/** A token bucket of `per_minute` tokens per minute, which enforces the agreed rate limit. */
function createBudget(per_minute: number, clock: Clock): { take(): boolean } {
  const most = Math.max(1, (per_minute * BURST_SECONDS) / 60);
  let left = most;
  let filled_at = clock.monotonic();
  return {
    take() {
      const now = clock.monotonic();
      left = Math.min(most, left + ((now - filled_at) * per_minute) / MINUTE);
      filled_at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

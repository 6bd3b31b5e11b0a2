import type { Clock } from '../../../model/ports.ts';
import { DAY, MINUTE, SECOND } from '../../../model/time.ts';
import { type Attempt, failed, succeeded } from '../../exchange/failure.ts';
import type { HttpSettings } from './settings/shape.ts';

/** Counts the requests to a system, of checks and looks together. */
export interface RequestBudget {
  /** Takes one, if no limit is reached; else nothing is to be sent, which is our own doing. */
  take(clock: Pick<Clock, 'monotonic'>): Attempt<null>;
}

/** A limit of the settings, and the time in which it counts. */
export interface BudgetUnit {
  name: 'per_second' | 'per_minute' | 'per_day';
  ms: number;
  words: string;
}

export const BUDGET_UNITS: readonly BudgetUnit[] = [
  { name: 'per_second', ms: SECOND, words: 'a second' },
  { name: 'per_minute', ms: MINUTE, words: 'a minute' },
  { name: 'per_day', ms: DAY, words: 'a day' },
];

/** In any second, minute and day, by the monotonic clock; a restart forgets what was sent. */
export function createBudget(limits: HttpSettings['budgets'] = {}): RequestBudget {
  const given = BUDGET_UNITS.flatMap((unit) => {
    const most = limits[unit.name];
    return most === undefined ? [] : [{ ...unit, most }];
  });
  const longest_ms = Math.max(0, ...given.map(({ ms }) => ms));
  /** When requests were sent, oldest first: at most as many as the longest limit allows. */
  const sent: number[] = [];
  return {
    take({ monotonic }) {
      const now = monotonic();
      while (sent.length > 0 && now - (sent[0] ?? now) >= longest_ms) sent.shift();
      for (const { most, ms, words } of given) {
        const nth_last = sent.at(-most);
        if (sent.length >= most && nth_last !== undefined && now - nth_last < ms) {
          return failed('self', 'budget_used_up', `${most} requests ${words}`);
        }
      }
      if (given.length > 0) sent.push(now);
      return succeeded(null);
    },
  };
}

import type { Clock } from '../../../model/ports.ts';
import { DAY, MINUTE, SECOND } from '../../../model/time.ts';
import { type Attempt, failed, succeeded } from '../../exchange/failure.ts';
import type { HttpSettings } from './settings/shape.ts';

/** Counts the requests to a system, of checks and looks together. */
export interface RequestBudget {
  /** Takes one, if no limit is reached; else nothing is to be sent, which is our own doing. */
  take(clock: Pick<Clock, 'monotonic'>): Attempt<null>;
}

const UNITS = [
  ['per_second', SECOND],
  ['per_minute', MINUTE],
  ['per_day', DAY],
] as const;

/** In any second, minute and day, by the monotonic clock; a restart forgets what was sent. */
export function createBudget(limits: HttpSettings['budgets'] = {}): RequestBudget {
  const given = UNITS.flatMap(([name, ms]) => {
    const most = limits[name];
    return most === undefined ? [] : [{ most, ms, unit: name.replace('_', ' ') }];
  });
  const longest_ms = Math.max(0, ...given.map(({ ms }) => ms));
  /** When requests were sent, oldest first: at most as many as the longest limit allows. */
  const sent: number[] = [];
  return {
    take({ monotonic }) {
      const now = monotonic();
      while (sent.length > 0 && now - (sent[0] ?? now) >= longest_ms) sent.shift();
      for (const { most, ms, unit } of given) {
        const nth_last = sent.at(-most);
        if (sent.length >= most && nth_last !== undefined && now - nth_last < ms) {
          return failed('self', 'probe_error', `our budget of ${most} requests ${unit} is used up`);
        }
      }
      if (given.length > 0) sent.push(now);
      return succeeded(null);
    },
  };
}

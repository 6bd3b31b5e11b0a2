import { HOUR, MINUTE, SECOND } from '../../model/time.ts';

/** What happened to one invoice, and when it is posted. */
export interface CompanyEvent {
  posted_at: number;
  at: number;
  function: 'issue' | 'deliver';
  outcome: 'ok' | 'system' | 'timeout' | 'user_data';
  duration_ms: number;
  line: Record<string, unknown>;
}

export const INVOICES = 10_000;
/** In which half of what is issued fails, by hour and minute of the day. */
export const HALF_FAILS = [10 * HOUR + 7 * MINUTE, 10 * HOUR + 29 * MINUTE] as const;
/** In which all fails. */
export const ALL_FAILS = [17 * HOUR + 11 * MINUTE, 17 * HOUR + 40 * MINUTE] as const;
/** In which nothing is delivered: all of it comes afterwards. */
export const STALL = [13 * HOUR, 15 * HOUR] as const;
/** Failures of the night that are posted 25 hours later: too late for any state. */
export const FORGOTTEN = [1 * HOUR, 1 * HOUR + 5 * MINUTE] as const;

/**
 * A day from midnight: nobody works from 0 to 7, most from 8 to 20. 3 % of what is issued fails, by
 * code; 2 % of the events are posted up to 3 hours late, 1 % twice.
 */
export function companyDay(midnight: number, random: () => number): CompanyEvent[] {
  const events = Array.from({ length: INVOICES }, (_, i) => {
    const asked = (random() < 0.97 ? 8 + random() * 12 : 7 + random() * 16.9) * HOUR;
    const took = latency(random, 900);
    const issued = asked + took;
    const failure = failureAt(issued, random);
    const issue = eventOf('issue', `i${i}`, issued, took, failure);
    if (failure !== null) return [issue];
    const wait = latency(random, 20 * SECOND);
    const is_stalled = issued + wait >= STALL[0] && issued + wait < STALL[1];
    const came = is_stalled ? STALL[1] + random() * 10 * MINUTE : issued + wait;
    return [issue, eventOf('deliver', `d${i}`, came, came - issued, null)];
  }).flat();
  const [from, to] = FORGOTTEN;
  const forgotten = Array.from({ length: 25 }, (_, i) => {
    const at = from + (i * (to - from)) / 25;
    const failed = eventOf('issue', `f${i}`, at, 900, { outcome: 'system', code: 'SYS-1' });
    return { ...failed, posted_at: midnight + at + 25 * HOUR };
  });
  const posted = [...events, ...forgotten].filter(({ at }) => at < midnight + 24 * HOUR);
  const again = posted
    .filter(() => random() < 0.01)
    .map((it) => ({ ...it, posted_at: it.posted_at + 5 * MINUTE }));
  return [...posted, ...again].sort((a, b) => a.posted_at - b.posted_at);

  function eventOf(
    fn: CompanyEvent['function'],
    key: string,
    since_midnight: number,
    took: number,
    failure: { outcome: 'system' | 'timeout' | 'user_data'; code: string } | null,
  ): CompanyEvent {
    const at = midnight + Math.round(since_midnight);
    const duration_ms = Math.round(took);
    const late = random() < 0.02 ? random() * 3 * HOUR : random() * 20 * SECOND;
    const stage = { issue: 'issued', deliver: 'delivered' }[fn];
    const what = failure === null ? { type: stage } : { type: 'failed', function: fn, ...failure };
    const line = { key, system: 'shop', at: new Date(at).toISOString(), duration_ms, ...what };
    const outcome = failure?.outcome ?? 'ok';
    return { posted_at: at + late, at, function: fn, outcome, duration_ms, line };
  }
}

/**
 * How many are issued, and as many delivered, in each hour of four weeks before the day: nobody
 * works in the night, and few on weekends and the National Day.
 */
export function weeksBefore(midnight: number): { from: number; n: number }[] {
  return Array.from({ length: 28 * 24 }, (_, i) => {
    const from = midnight - (28 * 24 - i) * HOUR;
    const [day = '', time = ''] = new Date(from + 8 * HOUR).toISOString().split('T');
    const is_off = [0, 6].includes(new Date(day).getUTCDay()) || day < '2026-10-08';
    const hour = Number(time.slice(0, 2));
    const busy = is_off ? 40 : 760 + ((Number(day.slice(8)) * 37) % 90);
    return { from, n: hour < 7 ? 0 : hour >= 8 && hour < 20 ? busy : 18 };
  }).slice(7);
}

/** Log-normal, as waiting is. */
function latency(random: () => number, median_ms: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median_ms * Math.exp(0.6 * normal);
}

function failureAt(at: number, random: () => number) {
  const within = ([from, to]: readonly [number, number]) => from <= at && at < to;
  const drawn = random();
  if (within(ALL_FAILS)) return { outcome: 'system', code: 'SYS-500' } as const;
  if (within(HALF_FAILS) && drawn < 0.5) return { outcome: 'timeout', code: 'T-408' } as const;
  if (drawn < 0.015) return { outcome: 'system', code: 'SYS-500' } as const;
  if (drawn < 0.025) return { outcome: 'timeout', code: 'T-408' } as const;
  return drawn < 0.03 ? ({ outcome: 'user_data', code: 'TAXID' } as const) : null;
}

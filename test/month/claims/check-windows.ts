import { MINUTE_MS } from '../site.ts';
import type { MaintenanceWord } from './claim.ts';
import { type Checks, type Context, fullNames, isIn, scopeOf, type WindowThen } from './reading.ts';

/** When a maintenance is, was and was to be. */
export const WINDOW_CHECKS: Checks = {
  announced: ({ at }, { window }) =>
    window === null || isIn(at, window.announced_at) ? null : 'not then',
  maintained_until: ({ at }, { window }) => wrongEnd(at, window),
  recovers: ({ at }, { window }) => wrongEnd(at, window),
  planned: ({ from, to }, { window }) =>
    window === null || (isIn(from, window.from) && isIn(to, window.until)) ? null : 'not then',
  period: ({ from, to }, { window }) => {
    if (window === null) return null;
    const { ended_at, until } = window;
    // It is begun by the next look at time.
    const begins = [window.from, window.from + MINUTE_MS].some((it) => isIn(from, it));
    const ends = [until, ended_at ?? until].some((it) => isIn(to, it));
    return begins && ends ? null : 'not then';
  },
  maintenance: ({ status }, context) => wrongMaintenance(status, context),
  scope: ({ of }, context) => {
    const { incident, window, placed } = context;
    const expected = incident?.components ?? window?.components ?? scopeOf(context);
    const said = of.flatMap((it) => fullNames(it, placed, incident));
    const is_same = expected.length === said.length && expected.every((it) => said.includes(it));
    return is_same ? null : `${said}, not ${expected}`;
  },
};

function wrongEnd(at: Parameters<typeof isIn>[0], window: WindowThen | null): string | null {
  return window === null || isIn(at, window.until) ? null : 'not then';
}

function wrongMaintenance(
  status: MaintenanceWord,
  { window, instant: { at }, is_now, placed }: Context,
): string | null {
  if (window === null || (!is_now && placed.place !== 'calendar')) return null;
  // What is due is done within a minute.
  const is_just_due = [window.from, window.until].some((it) => at >= it && at < it + MINUTE_MS);
  const expected = statusesAt(window, at);
  return is_just_due || expected.includes(status) ? null : `${status}, not ${expected}`;
}

function statusesAt({ from, until, ended_at }: WindowThen, at: number): MaintenanceWord[] {
  if (ended_at !== null) return ['verifying', 'completed'];
  if (at < from) return ['scheduled', 'reminded'];
  return at < until ? ['under_way'] : ['overrun', 'passed'];
}

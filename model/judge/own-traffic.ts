import { NUMBERS } from '../numbers.ts';
import { HOUR, MINUTE, SECOND } from '../time.ts';
import { type Traffic, type TrafficWindow, trafficUntil } from '../traffic.ts';
import { silenceAfter, type UsualTraffic } from '../usual-traffic.ts';
import type { EpochMs } from '../vocabulary.ts';
import { wilsonLowerBound } from '../wilson.ts';
import type { WorkingDays } from '../working-days.ts';
import {
  type BadCauses,
  type Because,
  becauseOfMost,
  causesIn,
  NO_CAUSE,
  NO_CAUSES,
  withCause,
} from './bad-causes.ts';
import {
  type AilingVerdict,
  type BadShare,
  type CheckJudgement,
  type CheckVerdict,
  freshJudgement,
} from './judgement.ts';
import { lapsedOf } from './lapsed.ts';
import { type Spell, type Spells, turned, withoutOldSpells } from './spells.ts';

export interface TrafficParts {
  check: string;
  traffic: Traffic;
  now: EpochMs;
  /** What is known of longer ago is forgotten. */
  kept_from: EpochMs;
  /** How it ailed before the first of the traffic, and was not well since; null: it did not. */
  ailed_before: AilingVerdict | null;
  /** When the last event before that happened, if it was well; null: it was not, or none did. */
  well_at: EpochMs | null;
  /** How many are usual, oldest first. */
  usual: readonly UsualTraffic[];
  calendar: WorkingDays;
}

export interface JudgedTraffic {
  spells: Spells;
  judgement: CheckJudgement;
}

/**
 * What own traffic says of a function, by the times of its events alone, in whichever order they
 * came: judged by the second, and by the share of bad ones in windows of 5 minutes, lengthened
 * backwards until there are 20, and not across a time of which nothing is known.
 */
export function judgeTraffic(parts: TrafficParts): JudgedTraffic {
  const traffic = trafficUntil(parts.traffic, parts.now);
  const usual = usualShares(traffic);
  const course = createCourse(parts);
  for (const [i, window] of traffic.entries()) {
    const heard_from = course.takeSeconds(window);
    if (window.from + NUMBERS.traffic.window_ms > parts.now) continue;
    const full = fullWindow(traffic, i, heard_from);
    if (full !== null) course.takeWindow(full, isTooMuch(full, usual(window.from)));
  }
  return course.end();
}

/** A window, with those before it that it takes to have enough. */
interface FullWindow extends BadShare {
  first_bad_at: EpochMs | null;
  /** The first event of the window itself, and of all of them. */
  last_from_at: EpochMs;
  first_at: EpochMs;
  windows: Traffic;
}

function fullWindow(traffic: Traffic, last: number, heard_from: EpochMs): FullWindow | null {
  const { window_ms, results } = NUMBERS.traffic;
  const end = (traffic[last]?.from ?? 0) + window_ms;
  const full = { n: 0, bad: 0, first_bad_at: null as EpochMs | null };
  for (let i = last; i >= 0; i -= 1) {
    const window = traffic[i];
    if (window === undefined || window.first_at < heard_from) return null;
    full.n += window.n;
    full.bad += window.n_bad;
    full.first_bad_at = window.first_bad_at ?? full.first_bad_at;
    if (full.n < results) continue;
    const last_from_at = traffic[last]?.first_at ?? end;
    const windows = traffic.slice(i, last + 1);
    const { first_at } = window;
    return { ...full, window_ms: end - window.from, first_at, last_from_at, windows };
  }
  return null;
}

/** Above what is tolerated, or a multiple of what is usual, by the Wilson lower bound. */
function isTooMuch({ n, bad }: BadShare, usual: number): boolean {
  const { tolerated, times_usual, usual_at_most } = NUMBERS.traffic;
  const limit = Math.max(tolerated, times_usual * Math.min(usual, usual_at_most));
  return wilsonLowerBound(bad, n) > limit;
}

/** The usual share before an instant: the median of the hours of the day before it; else 0. */
function usualShares(traffic: Traffic): (at: EpochMs) => number {
  const hours = new Map<number, { n: number; bad: number }>();
  for (const { from, n, n_bad } of traffic) {
    const hour = Math.floor(from / HOUR);
    const known = hours.get(hour) ?? { n: 0, bad: 0 };
    hours.set(hour, { n: known.n + n, bad: known.bad + n_bad });
  }
  const usual = new Map<number, number>();
  return (at) => {
    const hour = Math.floor(at / HOUR);
    const share = usual.get(hour) ?? medianShare(hours, hour);
    usual.set(hour, share);
    return share;
  };
}

function medianShare(hours: Map<number, { n: number; bad: number }>, before: number): number {
  const { results, usual_hours, usual_of_hours } = NUMBERS.traffic;
  const shares: number[] = [];
  for (let hour = before - usual_of_hours; hour < before; hour += 1) {
    const { n, bad } = hours.get(hour) ?? { n: 0, bad: 0 };
    if (n >= results) shares.push(bad / n);
  }
  if (shares.length < usual_hours) return 0;
  return shares.sort((a, b) => a - b)[Math.floor((shares.length - 1) / 2)] ?? 0;
}

interface Course {
  /** Returns since when there has been traffic without a long pause. */
  takeSeconds(window: TrafficWindow): EpochMs;
  takeWindow(full: FullWindow, is_too_much: boolean): void;
  end(): JudgedTraffic;
}

/** Seconds in a row in which all events were bad. */
interface BadRun {
  first_at: EpochMs;
  last_at: EpochMs;
  n: number;
  /** Until it decided something. */
  causes: BadCauses;
}

/** What is known while the windows are taken one after the other. */
function createCourse(parts: TrafficParts): Course {
  const { check, kept_from, ailed_before, well_at, calendar } = parts;
  const usual = parts.usual.filter(({ from }) => from <= parts.now);
  let verdict: CheckVerdict = 'undecided';
  let since: EpochMs = 0;
  let ailed = ailed_before;
  let share: BadShare | null = null;
  let because = NO_CAUSE;
  let run: BadRun | null = null;
  let last_at: EpochMs | null = null;
  let heard_from: EpochMs = 0;
  let well_from: EpochMs = 0;
  let spells: Spells = ailed_before === null ? [] : [spell(0, false)];
  if (well_at !== null && well_at < (parts.traffic[0]?.first_at ?? parts.now)) {
    last_at = well_at;
    decide('well', well_at, NO_CAUSE);
  }

  return { takeSeconds, takeWindow, end };

  function takeSeconds(window: TrafficWindow): EpochMs {
    hear(window.first_at);
    last_at = window.last_at;
    if (window.n_bad === 0 && verdict !== 'failing') {
      run = null;
      return heard_from;
    }
    for (const [second, bad] of window.bad.entries()) {
      const good = window.good[second] ?? 0;
      if (good + bad > 0) takeSecond(window, second, { good, bad });
    }
    return heard_from;
  }

  /** The first, or after a pause: what failed before it says nothing of what fails now. */
  function hear(at: EpochMs): void {
    const before = last_at;
    if (before !== null && at - before <= NUMBERS.traffic.missing_after_ms) return;
    const silence = before === null ? null : silenceNow(before);
    if (silence !== null && at > silence.known_until) {
      if (verdict !== 'undecided') ailed = verdict === 'well' ? null : verdict;
      verdict = 'undecided';
      spells = turned(spells, spell(silence.unknown_from, false));
    } else if (before !== null && at - before <= NUMBERS.traffic.quiet_ms) return;
    run = null;
    heard_from = at;
    if (verdict === 'undecided') spells = turned(spells, spell(at, true));
  }

  /** What silence after the last event makes of it: no outage goes on by it. */
  function silenceNow(after: EpochMs): { known_until: EpochMs; unknown_from: EpochMs } {
    const { due_at, missing_at } = silenceAfter(after, usual, calendar);
    if (verdict === 'well') return { known_until: missing_at, unknown_from: due_at };
    const known_until = Math.min(missing_at, after + NUMBERS.traffic.quiet_ms);
    return { known_until, unknown_from: after + SECOND };
  }

  function takeSecond(
    window: TrafficWindow,
    second: number,
    { good, bad }: { good: number; bad: number },
  ): void {
    const at = window.from + second * SECOND;
    if (good > 0) {
      if (verdict === 'failing') decideSome(at, good, bad);
      run = null;
      return;
    }
    const causes = run?.causes ?? NO_CAUSES;
    run = {
      first_at: run?.first_at ?? at,
      last_at: at,
      n: (run?.n ?? 0) + bad,
      causes: verdict === 'failing' ? causes : withCause(causes, window.causes.get(second), bad),
    };
    const { last, last_over_ms } = NUMBERS.traffic;
    const is_long = run.last_at - run.first_at >= last_over_ms;
    if (verdict === 'failing' || run.n < last || !is_long) return;
    decide('failing', run.first_at, becauseOfMost(run.causes));
  }

  /** They do not all fail any more; whether it is over says the next window. */
  function decideSome(at: EpochMs, good: number, bad: number): void {
    const failed = run?.n ?? 0;
    const window_ms = Math.ceil((at + SECOND - (run?.first_at ?? at)) / MINUTE) * MINUTE;
    share = { n: failed + good + bad, bad: failed + bad, window_ms };
    decide('some_failing', at, because);
  }

  function takeWindow(full: FullWindow, is_too_much: boolean): void {
    share = { n: full.n, bad: full.bad, window_ms: full.window_ms };
    if (verdict === 'failing') return;
    if (is_too_much) {
      const first_bad_at = full.first_bad_at ?? full.last_from_at;
      if (verdict !== 'some_failing') {
        const why = becauseOfMost(causesIn(full.windows));
        decide('some_failing', Math.max(first_bad_at, well_from), why);
      }
    } else if (verdict === 'some_failing') {
      well_from = Math.max(full.last_from_at, since);
      decide('well', well_from, NO_CAUSE);
    } else if (verdict === 'undecided') decide('well', full.first_at, NO_CAUSE);
  }

  function decide(found: CheckVerdict, at: EpochMs, why: Because): void {
    verdict = found;
    since = at;
    ailed = null;
    because = why;
    spells = turned(spells, spell(at, true));
  }

  function spell(from: EpochMs, is_measured: boolean): Spell {
    return { from, verdict, ailed, is_measured, ...because, share };
  }

  function end(): JudgedTraffic {
    const fresh = { ...freshJudgement(check), share };
    if (last_at === null) {
      const lapsed = ailed === null ? null : lapsedOf(ailed, 0);
      return { spells, judgement: { ...fresh, lapsed } };
    }
    const is_undecided = verdict === 'undecided';
    const { known_until, unknown_from } = silenceNow(last_at);
    return {
      spells: withoutOldSpells(spells, kept_from),
      judgement: {
        ...fresh,
        ...(is_undecided && run !== null ? becauseOfMost(run.causes) : because),
        verdict,
        since,
        lapsed: ailed === null ? null : lapsedOf(ailed, last_at),
        bad_run: is_undecided && run !== null ? run.n : 0,
        good_run: is_undecided && run === null ? 1 : 0,
        last_slot_at: last_at,
        last_ended_at: last_at,
        next_slot_at: unknown_from,
        valid_until: known_until,
      },
    };
  }
}

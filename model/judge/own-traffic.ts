import { NUMBERS } from '../numbers.ts';
import { HOUR, MINUTE, SECOND } from '../time.ts';
import { type Traffic, type TrafficWindow, trafficUntil } from '../traffic.ts';
import { silenceAfter, type UsualTraffic } from '../usual-traffic.ts';
import type { EpochMs } from '../vocabulary.ts';
import { wilsonLowerBound } from '../wilson.ts';
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
  /** What the last bad event said. */
  reason: CheckJudgement['reason'];
  detail: string | null;
  /** How many are usual, oldest first, by the hours of this zone. */
  usual: readonly UsualTraffic[];
  zone: string;
  /** Of a function that was well: its last event, where the traffic begins later. */
  well_at: EpochMs | null;
}

export interface JudgedTraffic {
  spells: Spells;
  judgement: CheckJudgement;
}

/**
 * What own traffic says of a function, by the times of its events alone, in whichever order they
 * came: judged by the second, and by the share of bad ones in windows of 5 minutes, lengthened
 * backwards until there are 20.
 */
export function judgeTraffic(parts: TrafficParts): JudgedTraffic {
  const traffic = trafficUntil(parts.traffic, parts.now);
  const usual = usualShares(traffic);
  const course = createCourse(parts);
  for (const [i, window] of traffic.entries()) {
    course.takeSeconds(window);
    if (window.from + NUMBERS.traffic.window_ms > parts.now) continue;
    const full = fullWindow(traffic, i);
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
}

function fullWindow(traffic: Traffic, last: number): FullWindow | null {
  const { window_ms, results, longest_ms } = NUMBERS.traffic;
  const end = (traffic[last]?.from ?? 0) + window_ms;
  const full = { n: 0, bad: 0, first_bad_at: null as EpochMs | null };
  for (let i = last; i >= 0; i -= 1) {
    const window = traffic[i];
    if (window === undefined || end - window.from > longest_ms) return null;
    full.n += window.n;
    full.bad += window.n_bad;
    full.first_bad_at = window.first_bad_at ?? full.first_bad_at;
    if (full.n < results) continue;
    const last_from_at = traffic[last]?.first_at ?? end;
    return { ...full, window_ms: end - window.from, first_at: window.first_at, last_from_at };
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
  takeSeconds(window: TrafficWindow): void;
  takeWindow(full: FullWindow, is_too_much: boolean): void;
  end(): JudgedTraffic;
}

/** Seconds in a row in which all events were bad. */
interface BadRun {
  first_at: EpochMs;
  last_at: EpochMs;
  n: number;
}

/** What is known while the windows are taken one after the other. */
function createCourse(parts: TrafficParts): Course {
  const { check, kept_from, reason, detail, well_at, zone } = parts;
  const usual = parts.usual.filter(({ from }) => from <= parts.now);
  let spells: Spells = [];
  let verdict: CheckVerdict = 'undecided';
  let since: EpochMs = 0;
  let ailed: AilingVerdict | null = null;
  let share: BadShare | null = null;
  let run: BadRun | null = null;
  let last_at: EpochMs | null = null;
  /** Since when there has been traffic without a long pause, and since when it is well again. */
  let heard_from: EpochMs = 0;
  let well_from: EpochMs = 0;
  if (well_at !== null && well_at < (parts.traffic[0]?.first_at ?? parts.now)) {
    last_at = well_at;
    decide('well', well_at);
  }

  return { takeSeconds, takeWindow, end };

  function takeSeconds(window: TrafficWindow): void {
    hear(window.first_at);
    last_at = window.last_at;
    if (window.n_bad === 0 && verdict !== 'failing') {
      run = null;
      return;
    }
    for (const [second, bad] of window.bad.entries()) {
      const good = window.good[second] ?? 0;
      if (good + bad > 0) takeSecond(window.from + second * SECOND, good, bad);
    }
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
    const { due_at, missing_at } = silenceAfter(after, usual, zone);
    if (verdict === 'well') return { known_until: missing_at, unknown_from: due_at };
    const known_until = Math.min(missing_at, after + NUMBERS.traffic.quiet_ms);
    return { known_until, unknown_from: after + SECOND };
  }

  function takeSecond(at: EpochMs, good: number, bad: number): void {
    if (good > 0) {
      if (verdict === 'failing') decideSome(at, good, bad);
      run = null;
      return;
    }
    run = { first_at: run?.first_at ?? at, last_at: at, n: (run?.n ?? 0) + bad };
    const { last, last_over_ms } = NUMBERS.traffic;
    const is_long = run.last_at - run.first_at >= last_over_ms;
    if (verdict === 'failing' || run.n < last || !is_long) return;
    decide('failing', run.first_at);
  }

  /** They do not all fail any more; whether it is over says the next window. */
  function decideSome(at: EpochMs, good: number, bad: number): void {
    const failed = run?.n ?? 0;
    const window_ms = Math.ceil((at + SECOND - (run?.first_at ?? at)) / MINUTE) * MINUTE;
    share = { n: failed + good + bad, bad: failed + bad, window_ms };
    decide('some_failing', at);
  }

  function takeWindow(full: FullWindow, is_too_much: boolean): void {
    share = { n: full.n, bad: full.bad, window_ms: full.window_ms };
    if (verdict === 'failing') return;
    if (is_too_much) {
      const first_bad_at = full.first_bad_at ?? full.last_from_at;
      if (verdict !== 'some_failing')
        decide('some_failing', Math.max(first_bad_at, heard_from, well_from));
    } else if (verdict === 'some_failing') {
      well_from = Math.max(full.last_from_at, since);
      decide('well', well_from);
    } else if (verdict === 'undecided') decide('well', Math.max(full.first_at, heard_from));
  }

  function decide(found: CheckVerdict, at: EpochMs): void {
    verdict = found;
    since = at;
    ailed = null;
    spells = turned(spells, spell(at, true));
  }

  function spell(from: EpochMs, is_measured: boolean): Spell {
    return { from, verdict, ailed, is_measured, reason, detail, share };
  }

  function end(): JudgedTraffic {
    const judgement: CheckJudgement = { ...freshJudgement(check), reason, detail, share };
    if (last_at === null) return { spells, judgement };
    const is_undecided = verdict === 'undecided';
    const { known_until, unknown_from } = silenceNow(last_at);
    return {
      spells: withoutOldSpells(spells, kept_from),
      judgement: {
        ...judgement,
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

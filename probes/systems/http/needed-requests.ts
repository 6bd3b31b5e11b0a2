import nodeCron from 'node-cron';
import type { ScheduledCheck } from '../../../model/configuration.ts';
import { DAY, HOUR } from '../../../model/time.ts';
import { instantsOfDay, instantsOfHour, shortestDistanceMs } from '../../../model/times-of-day.ts';
import { slotOffsetMs } from '../../line/schedule/plan.ts';
import { BUDGET_UNITS, type BudgetUnit } from './budget.ts';
import { busiestSpan, type PlannedRun, type SurelySent } from './busiest-span.ts';
import type { HttpSettings, StepFunction } from './settings/shape.ts';

/** A schedule that cannot be kept. */
export interface ScheduleProblem {
  check: string;
  problem: string;
}

/**
 * The schedules by which more requests would be sent to a system than its budgets allow, each check
 * at its own slots. It is the least that they need: waiting, tokens, looks and confirming slots
 * come on top.
 */
export function beyondBudgets(
  checks: readonly ScheduledCheck[],
  settings: HttpSettings,
): ScheduleProblem[] {
  return BUDGET_UNITS.flatMap((unit) => {
    const most = settings.budgets?.[unit.name];
    if (most === undefined) return [];
    const planned = checks.map((check) => plannedRuns(check, settings));
    const needed = meeting(planned.filter(({ requests }) => requests > 0))
      .flatMap((together) => neededWithin(unit, together))
      .reduce((a, b) => (aUnit(b) > aUnit(a) ? b : a), { units: 1, sent: [] });
    if (aUnit(needed) <= most) return [];
    const by_check = checks.map(({ id }) => ({
      check: id,
      requests: sum(needed.sent.filter(({ check }) => check === id)),
    }));
    const sent = by_check.filter(({ requests }) => requests > 0);
    return [problemOf({ ...needed, sent }, unit, most)];
  });
}

/** The runs of a check. */
interface PlannedRuns {
  check: string;
  /** Of times of day. */
  times: ReturnType<typeof nodeCron.parse>;
  offset_ms: number;
  zone: string;
  /** The fields of its days. */
  days: string;
  /** Of one run. */
  requests: number;
  deadline_ms: number;
}

const EVERY_DAY = '* * *';

function plannedRuns(check: ScheduledCheck, settings: HttpSettings): PlannedRuns {
  const { id, schedule, zone, deadline_ms } = check;
  const times = nodeCron.parse(schedule);
  return {
    check: id,
    times,
    offset_ms: slotOffsetMs(id, shortestDistanceMs(times)),
    zone,
    days: schedule.trim().split(/\s+/).slice(3).join(' '),
    requests: requestsOf(check, settings),
    deadline_ms,
  };
}

/** A page that is opened without steps does not count. */
function requestsOf({ function: fn }: ScheduledCheck, settings: HttpSettings): number {
  const steps = settings[fn as StepFunction]?.length ?? 0;
  const asks_for_both = fn === 'query' || fn === 'verify';
  return asks_for_both ? 2 * steps : steps;
}

/** Those that run on the same days; whether others ever meet, their fields do not tell. */
function meeting(planned: readonly PlannedRuns[]): PlannedRuns[][] {
  const groups = Map.groupBy(planned, ({ zone, days }) => `${zone} ${days}`);
  return [...groups.values()].map((group) => {
    const [{ zone, days } = { zone: '', days: '' }] = group;
    const daily = planned.filter((it) => it.zone === zone && it.days === EVERY_DAY);
    return days === EVERY_DAY ? daily : [...group, ...daily];
  });
}

/** What is surely sent within so many units. */
interface NeededRequests {
  units: number;
  sent: SurelySent;
}

/** What is sent in the busiest spans of several lengths, of a day that repeats. */
function neededWithin({ ms }: BudgetUnit, planned: readonly PlannedRuns[]): NeededRequests[] {
  if (ms === DAY)
    return [{ units: 1, sent: planned.flatMap((it) => runsOf(it, instantsOfDay(it.times))) }];
  const is_hourly = planned.every(({ times }) => new Set(times.hour).size === 24);
  const [instants, cycle_ms] = is_hourly ? [instantsOfHour, HOUR] : [instantsOfDay, DAY];
  const once = planned.flatMap((it) => runsOf(it, instants(it.times)));
  const again = once.map((it) => ({ ...it, at: it.at + cycle_ms }));
  const all = [...once, ...again].sort((a, b) => a.at - b.at);
  return lengths(cycle_ms / ms).map((units) => ({ units, sent: busiestSpan(all, units * ms) }));
}

/** 1, 2, 4 … up to the longest: what may be sent late in one unit is sent in several. */
function lengths(longest: number): number[] {
  const doublings = Math.floor(Math.log2(longest));
  return [...Array.from({ length: doublings + 1 }, (_, n) => 2 ** n), longest];
}

function runsOf(
  { check, offset_ms, requests, deadline_ms }: PlannedRuns,
  instants: number[],
): PlannedRun[] {
  return instants.map((it) => ({ check, at: it + offset_ms, requests, deadline_ms }));
}

/** In one of the units at least. */
function aUnit({ units, sent }: NeededRequests): number {
  return Math.ceil(sum(sent) / units);
}

function sum(sent: SurelySent): number {
  return sent.reduce((total, { requests }) => total + requests, 0);
}

/** Told of the check that needs most. */
function problemOf(
  needed: NeededRequests,
  { name, words }: BudgetUnit,
  most: number,
): ScheduleProblem {
  const by_need = needed.sent.toSorted((a, b) => b.requests - a.requests);
  const each = by_need.map(({ check, requests }) => `${check} ${requests}`).join(', ');
  const within = needed.units === 1 ? '' : ` in ${needed.units} ${words.replace('a ', '')}s`;
  return {
    check: by_need[0]?.check ?? '',
    problem:
      `needs more than budgets.${name} of its system, which is ${most}: at least ` +
      `${aUnit(needed)} requests ${words} are sent (${each}${within})`,
  };
}

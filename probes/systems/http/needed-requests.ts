import nodeCron from 'node-cron';
import type { ScheduledCheck } from '../../../model/configuration.ts';
import { DAY, HOUR } from '../../../model/time.ts';
import { instantsOfDay, instantsOfHour, shortestDistanceMs } from '../../../model/times-of-day.ts';
import { slotOffsetMs } from '../../line/schedule/plan.ts';
import { BUDGET_UNITS, type BudgetUnit } from './budget.ts';
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
    const planned = checks.map((check) => plannedRuns(check, settings, unit));
    const needed = meeting(planned.filter(({ requests }) => requests > 0))
      .map((together) => neededWithin(unit, together))
      .reduce((a, b) => (sum(b) > sum(a) ? b : a), []);
    if (sum(needed) <= most) return [];
    const by_check = Map.groupBy(needed, ({ check }) => check);
    const each = checks.flatMap(({ id }) => {
      const its = by_check.get(id);
      return its === undefined ? [] : [{ check: id, requests: sum(its) }];
    });
    return [problemOf(each, unit, most)];
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
  /** Of one run, as far as they are sent within the unit. */
  requests: number;
}

const EVERY_DAY = '* * *';

function plannedRuns(check: ScheduledCheck, settings: HttpSettings, unit: BudgetUnit): PlannedRuns {
  const { id, schedule, zone, deadline_ms } = check;
  const times = nodeCron.parse(schedule);
  const requests = requestsOf(check, settings);
  return {
    check: id,
    times,
    offset_ms: slotOffsetMs(id, shortestDistanceMs(times)),
    zone,
    days: schedule.trim().split(/\s+/).slice(3).join(' '),
    // Later steps may be sent long after the first.
    requests: deadline_ms <= unit.ms ? requests : Math.min(1, requests),
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

/** Requests of a check. */
interface Requests {
  check: string;
  at: number;
  requests: number;
}

/** What is sent in the busiest window of such a length, of a day that repeats. */
function neededWithin({ ms }: BudgetUnit, planned: readonly PlannedRuns[]): Requests[] {
  if (ms === DAY) return planned.flatMap((it) => runsOf(it, instantsOfDay(it.times)));
  const is_hourly = planned.every(({ times }) => new Set(times.hour).size === 24);
  const [instants, cycle_ms] = is_hourly ? [instantsOfHour, HOUR] : [instantsOfDay, DAY];
  const once = planned.flatMap((it) => runsOf(it, instants(it.times)));
  const again = once.map((it) => ({ ...it, at: it.at + cycle_ms }));
  const all = [...once, ...again].sort((a, b) => a.at - b.at);
  let [first, requests, most] = [0, 0, 0];
  let busiest: [from: number, to: number] = [0, 0];
  for (const [last, run] of all.entries()) {
    requests += run.requests;
    for (let head = all[first]; head && run.at - head.at >= ms; head = all[first]) {
      requests -= head.requests;
      first += 1;
    }
    if (requests > most) busiest = [first, last + 1];
    most = Math.max(most, requests);
  }
  return all.slice(...busiest);
}

function runsOf({ check, offset_ms, requests }: PlannedRuns, instants: number[]): Requests[] {
  return instants.map((it) => ({ check, at: it + offset_ms, requests }));
}

function sum(all: readonly Pick<Requests, 'requests'>[]): number {
  return all.reduce((total, { requests }) => total + requests, 0);
}

/** Told of the check that needs most. */
function problemOf(
  needed: readonly Omit<Requests, 'at'>[],
  { name, words }: BudgetUnit,
  most: number,
): ScheduleProblem {
  const by_need = needed.toSorted((a, b) => b.requests - a.requests);
  const each = by_need.map(({ check, requests }) => `${check} ${requests}`).join(', ');
  return {
    check: by_need[0]?.check ?? '',
    problem:
      `needs more than budgets.${name} of its system, which is ${most}: at least ` +
      `${sum(needed)} requests ${words} are sent (${each})`,
  };
}

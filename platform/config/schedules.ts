import { type Check, isScheduled, type System } from '../../model/configuration.ts';
import type { DriverSchemas } from './drivers.ts';
import type { Report } from './report.ts';

/** Reports schedules of a system that its driver cannot keep with these settings. */
export function requireKeptSchedules(
  checks: readonly Check[],
  systems: readonly System[],
  drivers: DriverSchemas,
  report: Report,
) {
  for (const { id, driver, settings } of systems) {
    const its = checks.filter(isScheduled).filter(({ system }) => system === id);
    const problems = settings ? (drivers[driver]?.beyondBudgets?.(its, settings) ?? []) : [];
    for (const { check, problem } of problems)
      report.problem(['checks', check, 'schedule'], problem);
  }
}

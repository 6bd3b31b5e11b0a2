import {
  ANNOUNCED_YEARS,
  type AnnouncedYears,
  daysIn,
  isWeekend,
} from '../../model/working-days.ts';
import type { Report } from './report.ts';
import type { WorkingDaysEntry } from './schema.ts';
import type { Entries } from './sections.ts';

/** Years by their number, beside those that are known or in their place; null: there are none. */
export function readWorkingDays(
  entries: Entries<WorkingDaysEntry>,
  report: Report,
): AnnouncedYears | null {
  const years = new Set([...Object.keys(ANNOUNCED_YEARS), ...entries.keys()]);
  const first = Object.keys(ANNOUNCED_YEARS)[0] ?? '';
  for (const [year, entry] of entries) {
    const follows = year === first || years.has(String(Number(year) - 1));
    if (!/^20\d\d$/.test(year) || year < first || !follows) {
      const problem = `expected a year from ${first} on, of which the year before is known too`;
      report.problem(['working_days', year], problem);
    } else if (entry !== null) requireDays(year, entry, report);
  }
  const sound = [...entries].flatMap(([year, it]) => (it === null ? [] : [[year, it] as const]));
  return sound.length === 0 ? null : Object.fromEntries(sound);
}

function requireDays(year: string, entry: WorkingDaysEntry, report: Report): void {
  for (const key of ['off', 'worked'] as const)
    for (const [i, span] of entry[key].entries()) {
      const days = daysIn(Number(year), [span]);
      const place = ['working_days', year, key, i];
      if (days.length === 0 || days.some(Number.isNaN))
        report.problem(place, 'expected days that exist, the first one first');
      else if (key === 'worked' && !days.every(isWeekend))
        report.problem(place, 'expected a Saturday or a Sunday: other days are worked anyway');
    }
}

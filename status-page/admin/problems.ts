import type { Words } from '../../messages/index.ts';
import { maintenanceProblemText } from '../../messages/problems.ts';
import type { MaintenanceProblem } from '../../model/maintenance/problems.ts';
import type { MaintenanceStatus } from '../../model/maintenance.ts';
import { fieldTimeText } from './times.ts';
import type { ProblemTexts } from './view-models.ts';

/** The message of the first problem of each field, with times in the form's zone. */
export function problemTexts(
  problems: readonly MaintenanceProblem[],
  words: Words,
  zone: string,
): ProblemTexts {
  const wording = {
    text: words.text,
    time: (at: number) => fieldTimeText(zone, at, words),
    status: (status: MaintenanceStatus) => words.text(`maintenance_status.${status}`),
    list: words.list,
  };
  const texts: ProblemTexts = {};
  for (const problem of problems) texts[problem.field] ??= maintenanceProblemText(problem, wording);
  return texts;
}

import { maintenanceProblemText } from '../../../messages/problems.ts';
import { toLocalTime } from '../../../model/local-time.ts';
import type { MaintenanceProblem } from '../../../model/maintenance/problems.ts';
import type { MaintenanceStatus } from '../../../model/maintenance.ts';
import type { Clock } from '../../../model/ports.ts';
import type { Maintenances } from '../../commands/maintenances.ts';
import type { ScopeGroup } from '../scope.ts';
import type { Session } from '../session.ts';
import type { Language } from '../views/language.ts';
import type { Desk, DeskContext } from './desk.ts';

/** What the routes for those who have signed in work with. */
export interface AdminContext {
  desk: Desk;
  maintenances: Maintenances;
  groups: ScopeGroup[];
  zone: string;
  clock: Clock;
}

/** Of a route behind `requireSession`. */
export function sessionOf(c: DeskContext): Session {
  const { session } = c.var;
  if (session === null) throw new Error('the route does not require a session');
  return session;
}

/** The first problem of each field, in words, with times as the form writes them. */
export function problemsByField(
  problems: readonly MaintenanceProblem[],
  { words }: Language,
  zone: string,
): Record<string, string> {
  const wording = {
    text: words.text,
    time: (at: number) => toLocalTime(zone, at).replace('T', ' '),
    status: (status: MaintenanceStatus) => words.text(`maintenance_status.${status}`),
    list: words.list,
  };
  const texts: Record<string, string> = {};
  for (const problem of problems) texts[problem.field] ??= maintenanceProblemText(problem, wording);
  return texts;
}

/** A hidden field's number; null when it is none. */
export function numberFrom(text: string): number | null {
  return /^\d{1,16}$/.test(text) ? Number(text) : null;
}

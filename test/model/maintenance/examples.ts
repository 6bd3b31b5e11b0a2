import { applyCommand, createMaintenance } from '../../../model/maintenance/apply-command.ts';
import type { MaintenanceChange } from '../../../model/maintenance/change.ts';
import type { ChangeCommand, CommandContext } from '../../../model/maintenance/commands.ts';
import { advanceMaintenance } from '../../../model/maintenance/events.ts';
import { type MaintenancePlan, planOf } from '../../../model/maintenance/plan.ts';
import { isRefused, type MaintenanceProblem } from '../../../model/maintenance/problems.ts';
import type { MaintenanceStatus, MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import { MINUTE } from '../../../model/time.ts';
import { carriedOut, maintenance, T0 } from '../builders.ts';

/** In two days, from then for two hours. */
export const plan: MaintenancePlan = planOf(maintenance());
export const FROM = plan.announced_from;
export const UNTIL = plan.announced_until;
export const TEXT = { 'zh-CN': '请注意', en: 'Please note' };

let ids = 0;
const newId = () => `id${++ids}`;

/** Of a command at the instant. */
export function at(now: number): CommandContext {
  const components = new Set(['beijing.query', 'beijing.download', 'beijing.sync']);
  return { now, newId, components };
}

/** With the update of the change after those before. */
export function after(
  before: Pick<MaintenanceWithUpdates, 'updates'>,
  change: MaintenanceChange,
): MaintenanceWithUpdates {
  const told = change.update ? [change.update] : [];
  return { ...change.maintenance, updates: [...before.updates, ...told] };
}

export function create(name: 'create' | 'announce', now = T0): MaintenanceWithUpdates {
  return after({ updates: [] }, carriedOut(createMaintenance({ name, plan }, at(now))));
}

export function order(
  before: MaintenanceWithUpdates,
  command: ChangeCommand,
  now: number,
): MaintenanceWithUpdates {
  return after(before, carriedOut(applyCommand(before, command, at(now))));
}

/** What happens by itself at the instant; null: nothing. */
export function tick(before: MaintenanceWithUpdates, now: number, works = false) {
  const { updates: _, ...known } = before;
  return advanceMaintenance(known, { now, newId, scopeWorks: () => works });
}

export function ticked(before: MaintenanceWithUpdates, now: number, works = false) {
  return after(before, carriedOut(tick(before, now, works)));
}

export function problemsOf(decided: object | null): MaintenanceProblem[] {
  return decided !== null && isRefused(decided) ? decided.problems : [];
}

const scheduled = create('announce');
const in_progress = ticked(scheduled, FROM);
const verifying = order(in_progress, { name: 'end' }, UNTIL - MINUTE);

/** One in each status. */
export const each: Record<MaintenanceStatus, MaintenanceWithUpdates> = {
  draft: create('create'),
  scheduled,
  in_progress,
  overrun: ticked(in_progress, UNTIL),
  verifying,
  completed: ticked(verifying, UNTIL, true),
  cancelled: order(scheduled, { name: 'cancel' }, T0 + 1),
};

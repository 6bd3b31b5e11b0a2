import { randomId } from '../../model/ids.ts';
import type { MaintenancePlan, Problems } from '../../model/maintenance/plan.ts';
import {
  announce,
  type CommandContext,
  isRefused,
  type MaintenanceStep,
  noticeKindOf,
} from '../../model/maintenance/rules.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import type { ComponentId } from '../../model/vocabulary.ts';
import type { Store } from '../../store/store.ts';

type Command = (before: Maintenance, context: CommandContext) => MaintenanceStep | Problems;

/**
 * Somebody who announces maintenance and sees it through, in rows only, as the page process does.
 */
export function anAdministrator({ store, now }: { store: Store; now: () => number }) {
  const context = (): CommandContext => ({
    now: now(),
    newId: randomId,
    components: new Set(['shop.upload', 'bureau.query', 'bureau.sync']),
  });

  async function write(before: Maintenance | null, step: MaintenanceStep | Problems) {
    if (isRefused(step)) throw new Error(JSON.stringify(step.problems));
    const { maintenance, update } = step;
    const created_at = now();
    await store.record({
      maintenances: [{ maintenance, expected_updated_at: before?.updated_at ?? null }],
      ...(update && {
        maintenance_updates: [update],
        notices: [
          {
            id: randomId(),
            kind: noticeKindOf(update),
            ref: maintenance.id,
            update: update.id,
            created_at,
          },
        ],
        changes: [{ kind: 'maintenance', ref: maintenance.id, at: created_at }],
      }),
    });
    return maintenance.id;
  }

  return {
    announce: (plan: MaintenancePlan) => write(null, announce(null, plan, context())),
    async command(id: string, command: Command) {
      const before = await store.maintenance(id);
      if (before === null) throw new Error(`There is no ${id}`);
      await write(before, command(before, context()));
    },
  };
}

export function aPlan(
  components: ComponentId[],
  announced_from: number,
  announced_until: number,
): MaintenancePlan {
  const text = { 'zh-CN': '系统升级', en: 'Upgrade' };
  return {
    components,
    texts: { title: text, description: text, stays_open: null, workaround: null },
    announced_from,
    announced_until,
    expected_recovery_at: announced_until,
  };
}

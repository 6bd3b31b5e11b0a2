import { randomId } from '../../model/ids.ts';
import { applyCommand, createMaintenance } from '../../model/maintenance/apply-command.ts';
import { type MaintenanceChange, maintenanceNotice } from '../../model/maintenance/change.ts';
import type { ChangeCommand, CommandContext } from '../../model/maintenance/commands.ts';
import type { MaintenancePlan } from '../../model/maintenance/plan.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { Store } from '../../store/store.ts';
import { carriedOut } from '../model/builders.ts';

/**
 * Somebody who announces maintenance and sees it through, in rows only, as the page process does.
 */
export function anAdministrator({ store, now }: { store: Store; now: () => number }) {
  const context = (): CommandContext => ({
    now: now(),
    newId: randomId,
    components: new Set(['shop.upload', 'bureau.query', 'bureau.sync']),
  });

  async function write({ maintenance, update }: MaintenanceChange, read_at: EpochMs | null) {
    await store.record({
      maintenances: [{ maintenance, expected_updated_at: read_at }],
      ...(update && {
        maintenance_updates: [update],
        notices: [maintenanceNotice(update, randomId()) ?? []].flat(),
        changes: [{ kind: 'maintenance', ref: maintenance.id, at: now() }],
      }),
    });
    return maintenance.id;
  }

  return {
    announce: (plan: MaintenancePlan) =>
      write(carriedOut(createMaintenance({ name: 'announce', plan }, context())), null),
    async command(id: string, command: ChangeCommand) {
      const before = await store.maintenance(id);
      if (before === null) throw new Error(`There is no ${id}`);
      await write(carriedOut(applyCommand(before, command, context())), before.updated_at);
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

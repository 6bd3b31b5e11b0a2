import { randomId } from '../../model/ids.ts';
import { applyCommand, createMaintenance } from '../../model/maintenance/apply-command.ts';
import { type MaintenanceChange, maintenanceNotice } from '../../model/maintenance/change.ts';
import type { CommandContext } from '../../model/maintenance/commands.ts';
import type { ComponentId } from '../../model/vocabulary.ts';
import type { Store } from '../../store/store.ts';
import { aPlan } from '../collector/administrator.ts';
import { carriedOut } from '../model/builders.ts';
import { COMPONENTS_OF_MONTH } from './site.ts';
import type { AnnouncedWindow } from './truth.ts';

/** A window as it was lived, by the wall clock. */
export interface LivedWindow extends AnnouncedWindow {
  id: string;
  /** Whether somebody has ended it. */
  is_over: boolean;
}

interface WindowsParts {
  store: Store;
  now: () => number;
  windows: readonly AnnouncedWindow[];
}

/** An administrator who announces the windows and ends them, in rows only. */
export function createWindows({ store, now, windows }: WindowsParts) {
  const waiting = [...windows];
  const lived: LivedWindow[] = [];
  return { act, lived };

  /** Does what is due now. */
  async function act(): Promise<void> {
    for (const it of waiting.filter(({ announced_at }) => announced_at <= now())) {
      waiting.splice(waiting.indexOf(it), 1);
      const plan = aPlan(it.components as ComponentId[], it.from, it.until);
      const at = Math.min(now(), it.announced_at);
      const change = carriedOut(createMaintenance({ name: 'announce', plan }, context(at)));
      lived.push({ ...it, id: await write(change, null, at), is_over: false });
    }
    for (const it of lived) if (!it.is_over && it.to <= now()) await end(it);
  }

  async function end(it: LivedWindow): Promise<void> {
    const before = await store.maintenance(it.id);
    if (before?.status !== 'in_progress' && before?.status !== 'overrun') return;
    it.to = now();
    it.is_over = true;
    const change = carriedOut(applyCommand(before, { name: 'end' }, context(it.to)));
    await write(change, before.updated_at, it.to);
  }

  async function write(
    { maintenance, update }: MaintenanceChange,
    read_at: number | null,
    at: number,
  ): Promise<string> {
    await store.record({
      maintenances: [{ maintenance, expected_updated_at: read_at }],
      ...(update && {
        maintenance_updates: [update],
        notices: [maintenanceNotice(update, randomId()) ?? []].flat(),
        changes: [{ kind: 'maintenance', ref: maintenance.id, at }],
      }),
    });
    return maintenance.id;
  }
}

function context(at: number): CommandContext {
  const components = new Set(COMPONENTS_OF_MONTH.map((it) => it.component as ComponentId));
  return { now: at, newId: randomId, components };
}

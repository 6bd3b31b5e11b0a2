import { expect, it } from 'vitest';
import { applyCommand } from '../../../model/maintenance/apply-command.ts';
import type { ChangeCommand } from '../../../model/maintenance/commands.ts';
import type { MaintenanceEvent } from '../../../model/maintenance/life-cycle.ts';
import { isRefused } from '../../../model/maintenance/problems.ts';
import type { MaintenanceUpdateCode, MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import { HOUR, MINUTE } from '../../../model/time.ts';
import { createRandom } from '../../random.ts';
import { T0 } from '../builders.ts';
import { CELLS } from './cells.ts';
import { after, at, create, tick } from './examples.ts';
import { randomCommand } from './random-command.ts';

/** What people are told of each event. */
const EVENTS: Partial<Record<MaintenanceUpdateCode, MaintenanceEvent>> = {
  started: 'start_reached',
  reminder: 'reminder_due',
  overrun: 'end_reached',
  completed: 'scope_works',
  passed: 'window_passed',
  found_well: 'passed_scope_works',
};

/** Announcing with a plan what is not a draft any more revises it. */
function triggerOf({ status }: MaintenanceWithUpdates, command: ChangeCommand) {
  const announces = command.name === 'announce' && command.plan !== undefined;
  return announces && status !== 'draft' ? 'revise' : command.name;
}

it('no sequence of commands and times does what the table does not say', () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = createRandom(seed);
    let now = T0;
    let maintenance = create(random() < 0.5 ? 'create' : 'announce', now);
    for (let step = 0; step < 80; step += 1) {
      now += Math.round(random() * (random() < 0.5 ? 10 * MINUTE : 5 * HOUR));
      maintenance = random() < 0.5 ? afterTime(maintenance) : afterCommand(maintenance, random);
    }

    function afterTime(before: MaintenanceWithUpdates): MaintenanceWithUpdates {
      const change = tick(before, now, random() < 0.5);
      if (change === null) return before;
      const event = change.update ? EVENTS[change.update.code] : undefined;
      if (event === undefined) throw new Error('nothing is told');
      expectCell(before, event, `${change.maintenance.status} ${change.update?.code}`);
      return after(before, change);
    }

    function afterCommand(before: MaintenanceWithUpdates, random: () => number) {
      const command = randomCommand(before, now, random);
      const trigger = triggerOf(before, command);
      const change = applyCommand(before, command, at(now));
      if (change === null) {
        if (trigger !== 'revise' && trigger !== 'extend') expectCell(before, trigger, 'done');
        return before;
      }
      if (isRefused(change)) {
        if (change.problems.some(({ code }) => code === 'wrong_status'))
          expectCell(before, trigger, 'refused');
        return before;
      }
      const told = change.update?.code ?? 'untold';
      expectCell(before, trigger, `${change.maintenance.status} ${told}`);
      const result = after(before, change);
      expectDone(result, command);
      return result;
    }

    function expectCell(
      { status }: MaintenanceWithUpdates,
      trigger: MaintenanceEvent | ChangeCommand['name'],
      happened: string,
    ): void {
      expect([seed, status, trigger, happened]).toEqual([
        seed,
        status,
        trigger,
        CELLS[status][trigger],
      ]);
      seen.add(`${status} × ${trigger}`);
    }

    /** Words are new each time they are said; everything else is done once. */
    function expectDone(result: MaintenanceWithUpdates, command: ChangeCommand): void {
      const revises = triggerOf(result, command) === 'revise';
      const said = result.status !== 'draft' && revises && command.text;
      if (said || command.name === 'comment') return;
      expect([seed, command.name, applyCommand(result, command, at(now))]).toEqual([
        seed,
        command.name,
        null,
      ]);
    }
  }

  const cells = Object.entries(CELLS).flatMap(([status, row]) =>
    Object.entries(row).flatMap(([trigger, expected]) =>
      status === 'none' || trigger === 'create' || expected === 'never'
        ? []
        : `${status} × ${trigger}`,
    ),
  );
  expect([...seen].toSorted()).toEqual(cells.toSorted());
});

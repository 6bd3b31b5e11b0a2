import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../../model/maintenance/apply-command.ts';
import type { ChangeCommand } from '../../../model/maintenance/commands.ts';
import {
  actionsOf,
  allows,
  isStartFixed,
  MAINTENANCE_COMMANDS,
  MAINTENANCE_EVENTS,
  MAINTENANCE_LIFE_CYCLE,
  MAINTENANCE_NOTICES,
  MAINTENANCE_PHASES,
} from '../../../model/maintenance/life-cycle.ts';
import { planOf } from '../../../model/maintenance/plan.ts';
import { isRefused } from '../../../model/maintenance/problems.ts';
import { MAINTENANCE_STATUSES, type MaintenanceStatus } from '../../../model/maintenance.ts';
import { HOUR, MINUTE } from '../../../model/time.ts';
import { T0 } from '../builders.ts';
import { CELLS } from './cells.ts';
import { at, each, FROM, plan, TEXT, UNTIL } from './examples.ts';

const TRIGGERS = [...MAINTENANCE_COMMANDS, ...MAINTENANCE_EVENTS];

describe('the table', () => {
  const cells = (['none', ...MAINTENANCE_STATUSES] as const).flatMap((status) =>
    TRIGGERS.map((trigger) => ({ status, trigger, expected: CELLS[status][trigger] })),
  );

  it.each(cells)('$status × $trigger: $expected', ({ status, trigger, expected }) => {
    const cell = MAINTENANCE_LIFE_CYCLE[status][trigger];
    if (expected === 'done') expect(cell).toEqual({ done_if: 'always' });
    else if (expected === 'refused' || expected === 'never') expect(cell?.next).toBeUndefined();
    else expect(`${cell?.next} ${cell?.update ?? 'untold'}`).toBe(expected);
  });

  it.each<[MaintenanceStatus, string[], boolean, string]>([
    ['draft', ['announce', 'cancel'], true, 'draft'],
    ['scheduled', ['start', 'cancel'], true, 'announced'],
    ['in_progress', ['end', 'extend'], true, 'under_way'],
    ['overrun', ['end', 'extend'], true, 'under_way'],
    ['verifying', [], false, 'under_way'],
    ['completed', [], false, 'over'],
    ['cancelled', [], false, 'over'],
  ])('%s offers the buttons %j', (status, buttons, editable, phase) => {
    expect(actionsOf(status)).toEqual(buttons);
    expect(allows(status, 'revise')).toBe(editable);
    expect(MAINTENANCE_PHASES[status]).toBe(phase);
  });

  it('keeps the announced start of what has begun', () => {
    expect(MAINTENANCE_STATUSES.filter(isStartFixed)).toEqual(['in_progress', 'overrun']);
  });

  it('tells every update as a notice, and what passed unseen once', () => {
    expect(MAINTENANCE_NOTICES).toEqual({
      announced: 'maintenance_announced',
      revised: 'maintenance_updated',
      reminder: 'maintenance_reminder',
      started: 'maintenance_started',
      extended: 'maintenance_updated',
      overrun: 'maintenance_updated',
      ended: 'maintenance_updated',
      completed: 'maintenance_ended',
      passed: 'maintenance_ended',
      found_well: null,
      cancelled: 'maintenance_cancelled',
      text: 'maintenance_updated',
    });
  });
});

describe('commands do what the table says', () => {
  /** Of a plan that could be published: two days before the start, or a minute before the end. */
  const soon = at(T0);
  const late = at(UNTIL - MINUTE);
  const revised = { ...plan, components: ['beijing.query'] };
  const orders = [
    [{ name: 'announce' }, soon],
    [{ name: 'revise', plan: revised }, soon],
    [{ name: 'start' }, late],
    [{ name: 'extend', announced_until: UNTIL + HOUR }, late],
    [{ name: 'end' }, late],
    [{ name: 'cancel' }, late],
    [{ name: 'comment', text: TEXT }, late],
  ] as const satisfies [ChangeCommand, object][];

  const cases = MAINTENANCE_STATUSES.flatMap((status) =>
    orders.map(([command, context]) => ({
      status,
      command,
      context,
      name: command.name,
      expected: CELLS[status][command.name],
    })),
  );

  it.each(cases)('$name of one that is $status: $expected', (given) => {
    const { status, command, context, expected } = given;
    const before = each[status];
    const change = applyCommand(before, command, context);
    if (change === null) return expect('done').toBe(expected);
    if (isRefused(change)) {
      expect('refused').toBe(expected);
      const wrong = { field: 'status', code: 'wrong_status', status };
      return expect(change.problems).toEqual([expect.objectContaining(wrong)]);
    }
    const { maintenance, update } = change;
    expect(`${maintenance.status} ${update?.code ?? 'untold'}`).toBe(expected);
    expect(maintenance.updated_at).toBeGreaterThan(before.updated_at);
    if (update)
      expect(update).toMatchObject({ maintenance: maintenance.id, status: maintenance.status });
  });

  it.each<[ChangeCommand['name'], MaintenanceStatus[]]>([
    ['announce', ['draft']],
    ['revise', ['draft', 'scheduled', 'in_progress', 'overrun']],
    ['start', ['scheduled']],
    ['extend', ['in_progress', 'overrun']],
    ['end', ['in_progress', 'overrun']],
    ['cancel', ['draft', 'scheduled']],
    ['comment', ['scheduled', 'in_progress', 'overrun', 'verifying', 'completed']],
  ])('%s, refused, names where it is allowed: %j', (name, expected) => {
    const refused = cases.filter((it) => it.name === name && it.expected === 'refused');
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, command, context } of refused)
      expect(applyCommand(each[status], command, context)).toEqual({
        problems: [{ field: 'status', code: 'wrong_status', status, expected }],
      });
  });

  it.each(MAINTENANCE_STATUSES)('revising to what is so already is done: %s', (status) => {
    const before = each[status];
    const same = { ...planOf(before), components: before.components.toReversed() };
    expect(applyCommand(before, { name: 'revise', plan: same }, at(T0))).toBeNull();
    const blank = { 'zh-CN': ' ', en: '' };
    const unsaid = { name: 'revise', plan: same, text: blank } as const;
    expect(applyCommand(before, unsaid, at(T0))).toBeNull();
    const said = applyCommand(before, { name: 'revise', plan: same, text: TEXT }, at(T0));
    // Words on a draft are told to nobody, so that they change nothing.
    if (status === 'draft') expect(said).toBeNull();
    else expect(said).not.toBeNull();
  });

  it('extending twice to the same end is done, but only after it was extended', () => {
    const again = { name: 'extend', announced_until: UNTIL + HOUR } as const;
    const extended = {
      ...each.in_progress,
      announced_until: UNTIL + HOUR,
      expected_recovery_at: UNTIL + HOUR,
    };
    expect(applyCommand(extended, again, at(FROM))).toMatchObject({
      problems: [{ code: 'not_later' }],
    });
    const [update] = extended.updates;
    if (!update) throw new Error('nothing was told of it');
    const told = { ...extended, updates: [{ ...update, code: 'extended' as const }] };
    expect(applyCommand(told, again, at(FROM))).toBeNull();
    const later = { ...again, expected_recovery_at: UNTIL + 2 * HOUR };
    expect(applyCommand(told, later, at(FROM))).not.toBeNull();
    expect(applyCommand({ ...told, status: 'overrun' }, again, at(FROM))).not.toBeNull();
  });
});

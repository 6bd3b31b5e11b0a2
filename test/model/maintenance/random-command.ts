import type { ChangeCommand } from '../../../model/maintenance/commands.ts';
import { planOf } from '../../../model/maintenance/plan.ts';
import type { Maintenance } from '../../../model/maintenance.ts';
import { HOUR, MINUTE } from '../../../model/time.ts';
import { TEXT } from './examples.ts';

/** Any command, often one that its guard lets pass. */
export function randomCommand(
  before: Maintenance,
  now: number,
  random: () => number,
): ChangeCommand {
  const oneOf = <T>(...items: T[]) => items[Math.floor(random() * items.length)] as T;
  const words = oneOf({}, {}, { text: null }, { text: TEXT });
  const name = oneOf('announce', 'revise', 'start', 'extend', 'end', 'cancel', 'comment' as const);
  const announced_until = oneOf(
    before.announced_until,
    Math.max(before.announced_until, now) + HOUR,
  );
  switch (name) {
    case 'announce':
    case 'revise': {
      const announced_from = oneOf(before.announced_from, now + 30 * MINUTE, now - MINUTE);
      const moved = {
        ...planOf(before),
        announced_from,
        announced_until: Math.max(announced_from + 2 * HOUR, announced_until),
        expected_recovery_at: Math.max(announced_from, announced_until) + 3 * HOUR,
      };
      const planned = { plan: oneOf(planOf(before), moved, moved) };
      if (name === 'announce')
        return oneOf<ChangeCommand>({ ...words, name }, { ...words, name, ...planned });
      return { ...words, name, ...planned };
    }
    case 'extend':
      return { ...words, name, announced_until };
    case 'comment':
      return { name, text: TEXT };
    default:
      return { ...words, name };
  }
}

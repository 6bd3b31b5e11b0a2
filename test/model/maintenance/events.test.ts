import { describe, expect, it } from 'vitest';
import type { MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import { HOUR, MINUTE } from '../../../model/time.ts';
import { create, each, FROM, order, plan, tick, ticked, UNTIL } from './examples.ts';

const { draft, scheduled, in_progress, overrun, verifying, completed, cancelled } = each;

const passed = ticked(scheduled, UNTIL);

describe('time', () => {
  it.each<[string, MaintenanceWithUpdates, number, boolean, string | null]>([
    ['a draft stays', draft, FROM + HOUR, true, null],
    ['nothing before the first reminder', scheduled, FROM - 24 * HOUR - 1, true, null],
    ['the first reminder', scheduled, FROM - 24 * HOUR, true, 'scheduled reminder'],
    ['one reminder for both that are due', scheduled, FROM - 1, true, 'scheduled reminder'],
    ['the announced start', scheduled, FROM, true, 'in_progress started'],
    ['noticed at the last moment', scheduled, UNTIL - 1, true, 'in_progress started'],
    ['M4: it passed while nobody was there', scheduled, UNTIL, true, 'verifying passed'],
    ['what passed, while the scope fails', passed, UNTIL + HOUR, false, null],
    ['what passed, once the scope works', passed, UNTIL + HOUR, true, 'completed found_well'],
    ['it runs until it is ended', in_progress, UNTIL - 1, true, null],
    ['the announced end', in_progress, UNTIL, true, 'overrun overrun'],
    ['overrun until it is ended', overrun, UNTIL + 100 * HOUR, true, null],
    ['verifying while the scope fails', verifying, UNTIL + HOUR, false, null],
    ['the scope works again', verifying, UNTIL, true, 'completed completed'],
    ['completed stays', completed, UNTIL + HOUR, true, null],
    ['cancelled stays', cancelled, FROM + HOUR, true, null],
  ])('%s', (_, before, now, operational, expected) => {
    const change = tick(before, now, operational);
    expect(change && `${change.maintenance.status} ${change.update?.code}`).toBe(expected);
    if (change) expect(change.update).toMatchObject({ created_at: now, text: null });
  });

  it('counts from the announced start, however late it is noticed', () => {
    expect(ticked(scheduled, FROM + 30 * MINUTE).actual_from).toBe(FROM);
  });

  it('M4: says no time of what nobody saw', () => {
    for (const it of [passed, ticked(passed, UNTIL + HOUR, true)])
      expect([it.actual_from, it.actual_until]).toEqual([null, null]);
  });

  it('reminds once a day and once an hour before, and not of what was just announced', () => {
    const codes = (before: MaintenanceWithUpdates, ...times: number[]) => {
      let now = before;
      return times.map((time) => {
        const change = tick(now, FROM - time);
        now = { ...now, ...change?.maintenance };
        return change?.update?.code ?? null;
      });
    };
    expect(codes(scheduled, 25 * HOUR, 24 * HOUR, 23 * HOUR, HOUR, MINUTE)).toEqual([
      null,
      'reminder',
      null,
      'reminder',
      null,
    ]);
    const short = create('announce', FROM - 3 * HOUR);
    expect(codes(short, 2 * HOUR, HOUR)).toEqual([null, 'reminder']);
    const late = create('announce', FROM - 10 * MINUTE);
    expect(codes(late, 9 * MINUTE)).toEqual([null]);
    // Moved a day later, it is reminded of anew.
    const reminded = ticked(scheduled, FROM - HOUR);
    const moved = {
      ...plan,
      announced_from: FROM + 48 * HOUR,
      announced_until: UNTIL + 48 * HOUR,
      expected_recovery_at: UNTIL + 48 * HOUR,
    };
    expect(order(reminded, { name: 'revise', plan: moved }, FROM - HOUR).reminded).toEqual([]);
  });
});

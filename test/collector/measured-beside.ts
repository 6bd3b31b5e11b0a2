import type { ScheduledCheck } from '../../model/configuration.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { LineResult } from '../../probes/line/batch.ts';
import { regularSlots } from '../../probes/line/schedule/regular.ts';
import { result } from '../model/builders.ts';

/** A check of the shop that is measured well every 5 minutes, beside its own traffic. */
export function measuredBeside(fn: ScheduledCheck['function']) {
  const check: ScheduledCheck = {
    ...{ id: `shop-${fn}`, system: 'shop', function: fn, line: 'local', options: {} },
    ...{ schedule: '0 */5 * * * *', zone: 'Asia/Shanghai', deadline_ms: 5 * SECOND },
  };
  const slotAfter = regularSlots([check]);
  let measured_until: number | null = null;
  return {
    check,
    /** The results since those before, as the line hands them over. */
    resultsUntil(now: number): LineResult[] {
      const results: LineResult[] = [];
      let slot_at = slotAfter(check.id, measured_until ?? now - 5 * MINUTE);
      while (slot_at <= now - SECOND) {
        const next_slot_at = slotAfter(check.id, slot_at);
        const valid_until = slotAfter(check.id, next_slot_at) + check.deadline_ms;
        results.push({ result: result(slot_at, { check: check.id }), next_slot_at, valid_until });
        measured_until = slot_at;
        slot_at = next_slot_at;
      }
      return results;
    },
  };
}

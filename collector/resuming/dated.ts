import { isScheduled, type ScheduledCheck } from '../../model/configuration.ts';
import type { Result } from '../../model/result.ts';
import type { LineResult } from '../../probes/line/batch.ts';
import { regularSlots } from '../../probes/line/schedule/regular.ts';
import type { ShortResult } from '../../store/ports/results.ts';
import type { Site } from '../state/site.ts';

/** Results of what is measured now, as a line hands them over. */
export function datedBy(site: Site): (short: ShortResult) => LineResult | null {
  const scheduled = [...site.checks.values()].filter((it): it is ScheduledCheck => isScheduled(it));
  const slotAfter = regularSlots(scheduled);
  const measuring = new Map(scheduled.map((check) => [check.id, check]));
  return (short) => {
    const check = measuring.get(short.check);
    if (!check || !site.measured_by.has(short.check)) return null;
    const next_slot_at = slotAfter(short.check, short.slot_at);
    const valid_until = slotAfter(short.check, next_slot_at) + check.deadline_ms;
    return { result: fullResult(short), next_slot_at, valid_until };
  };
}

/** With what is not needed to judge it left empty. */
function fullResult(short: ShortResult): Result {
  return {
    ...short,
    detail: null,
    phases: {},
    bytes: 0,
    http_status: null,
    certificate_expires_at: null,
    integrity: null,
    file: null,
    accepted: null,
    contact: null,
    simulated: false,
  };
}

import type { Result } from '../../model/result.ts';
import { nothingSent } from '../probe.ts';
import type { LineRun } from './line.ts';
import type { Slot } from './schedule/schedule.ts';

/** Why nothing was run at a slot. */
type NotRun = Pick<Result, 'outcome' | 'reason'>;

/**
 * The previous run still hangs: a user at this slot would have waited too (coordinated omission).
 */
export const OVERLAP = { outcome: 'timeout', reason: 'overlap' } as const satisfies NotRun;
/** This thread was too busy. */
export const MISSED_SLOT = { outcome: 'self', reason: 'missed_slot' } as const satisfies NotRun;
/** The thread died that ran it. */
export const LOST = { outcome: 'self', reason: 'worker_died' } as const satisfies NotRun;

type Nothing = typeof OVERLAP | typeof MISSED_SLOT | typeof LOST;

/** The result of a slot: of its run, or of none. */
export function resultOf({ check, slot_at, confirming }: Slot, found: LineRun | Nothing): Result {
  const run = 'started_at' in found ? found : notRun(found, slot_at);
  return { ...run, check: check.id, slot_at, confirming, simulated: false, proof: null };
}

function notRun(why: Nothing, slot_at: number): LineRun {
  const nothing = nothingSent({ ...why, detail: '' });
  return { ...nothing, detail: null, started_at: slot_at, duration_ms: 0 };
}

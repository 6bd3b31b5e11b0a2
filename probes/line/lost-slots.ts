import type { Gap } from '../../model/component.ts';
import type { ScheduledCheck } from '../../model/configuration.ts';
import { NUMBERS } from '../../model/numbers.ts';
import type { Result } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { gapSince, type HandedOver } from './handed-over.ts';
import type { Schedule, Slot } from './schedule/schedule.ts';
import { LOST, resultOf } from './slot-result.ts';

interface LostSlotsParts {
  checks: readonly ScheduledCheck[];
  schedule: Pick<Schedule, 'slotAfter'>;
  started_at: EpochMs;
  handed_over: HandedOver;
}

/** What runners that died left unmeasured until the start of the next one. */
export interface Lost {
  slots: { slot: Slot; result: Result }[];
  /** After these slots; null: it did not take long. */
  gap: Gap | null;
}

/** Each regular slot since the last ones that were handed over is a result or lies in a gap. */
export function lostSlots(parts: LostSlotsParts): Lost {
  const { checks, schedule, started_at, handed_over } = parts;
  const { known_until } = handed_over;
  const is_long = started_at - known_until > NUMBERS.own.thread_away_ms;
  const gap = is_long ? gapSince(known_until, started_at) : null;
  const until = gap?.from ?? started_at;
  const slots = checks.flatMap((check) => {
    const next = (at: EpochMs) => schedule.slotAfter(check.id, at, 1);
    const lost: Lost['slots'] = [];
    let slot_at = next(handed_over.slots.get(check.id) ?? until);
    while (slot_at <= until) {
      const within = gapOver(handed_over.gaps, slot_at);
      const slot = { check, slot_at, confirming: false };
      if (within === undefined) lost.push({ slot, result: resultOf(slot, LOST) });
      slot_at = next(within?.to ?? slot_at);
    }
    return lost;
  });
  return { slots, gap };
}

function gapOver(gaps: readonly Gap[], slot_at: EpochMs): Gap | undefined {
  return gaps.find(({ from, to }) => from < slot_at && slot_at <= to);
}

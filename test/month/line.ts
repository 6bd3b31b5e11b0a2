import type { LineResult } from '../../probes/line/batch.ts';
import { createConfirming } from '../../probes/line/confirming.ts';
import { confirmingSlot } from '../../probes/line/schedule/plan.ts';
import { type Answer, resultOfAnswer } from './answers.ts';
import { slotAfter } from './oracle/check.ts';
import { type CheckFacts, SET } from './oracle/facts.ts';

export interface LineParts {
  checks: readonly { component: string; facts: CheckFacts }[];
  /** The wall clock, and what happens when it will say so. */
  now: () => number;
  at: (wall: number, happen: () => Promise<void>) => void;
  answer: (component: string, check: string) => Answer;
  /** In the order of the slots of a check. */
  handOver: (result: LineResult, answer: Answer) => Promise<void>;
  confirmations: ReadonlyMap<string, number>;
}

/** Measures at regular and confirming slots, as the line runner does, until it is stopped. */
export function startMonthLine(parts: LineParts) {
  const confirming = createConfirming(parts.confirmations, () => SET.confirm_distance_ms);
  /** Until when what came before is held. */
  const held_until = new Map<string, number>();
  let generation = 0;
  begin();

  return {
    setConfirmations: confirming.setConfirmations,
    /** The wall clock was set: slots are planned anew; what is under way comes to nothing. */
    restart() {
      confirming.forget();
      begin();
    },
    stop() {
      generation += 1;
    },
  };

  function begin(): void {
    generation += 1;
    held_until.clear();
    for (const { component, facts } of parts.checks)
      plan(component, facts, slotAfter(facts, parts.now()), true);
  }

  function plan(component: string, facts: CheckFacts, slot_at: number, is_regular: boolean): void {
    const planned_in = generation;
    parts.at(slot_at, async () => {
      if (planned_in !== generation) return;
      if (is_regular) plan(component, facts, slotAfter(facts, slot_at), true);
      run(component, facts, slot_at);
    });
  }

  function run(component: string, facts: CheckFacts, slot_at: number): void {
    const answer = parts.answer(component, facts.check);
    const run_in = generation;
    parts.at(slot_at + answer.duration_ms, async () => {
      if (run_in !== generation) return;
      const result = resultOfAnswer(facts.check, slot_at, answer);
      const next_slot_at = slotAfter(facts, slot_at);
      const valid_until = slotAfter(facts, next_slot_at) + facts.deadline_ms;
      if (confirming.note(result).is_open) confirm(component, facts, slot_at);
      const known_at = Math.max(parts.now() + answer.held_ms, held_until.get(facts.check) ?? 0);
      held_until.set(facts.check, known_at);
      parts.at(known_at, async () => {
        if (run_in !== generation) return;
        await parts.handOver({ result, valid_until, next_slot_at }, answer);
      });
    });
  }

  function confirm(component: string, facts: CheckFacts, bad_slot_at: number): void {
    const now = parts.now();
    const next_regular_at = slotAfter(facts, now);
    const distance_ms = SET.confirm_distance_ms;
    const slot_at = confirmingSlot({ bad_slot_at, distance_ms, now, next_regular_at });
    if (slot_at !== null) plan(component, facts, slot_at, false);
  }
}

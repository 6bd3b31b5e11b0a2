import type { Gap } from '../../model/component.ts';
import { NUMBERS } from '../../model/numbers.ts';
import type { LineCondition } from '../../model/own-trouble.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LineBatch } from './batch.ts';

/** What the threads of a line handed over so far, by which the next one knows what is missing. */
export interface HandedOver {
  /** By check, the last slot; of a check that had none, when the first thread was ready. */
  slots: ReadonlyMap<string, EpochMs>;
  /** Those that end after the oldest of these slots. */
  gaps: readonly Gap[];
  /** The last word of a thread that was ready, or the end of a gap that was told since. */
  known_until: EpochMs;
}

/** Keeps it beside the threads, which die. */
export interface HandOvers {
  /** A thread that is ready said something. */
  heard(at: EpochMs): void;
  note(batch: LineBatch): void;
  /** null before the first word. */
  soFar(): HandedOver | null;
  /** The gap from there until an instant when nobody was there, if it is so long; noted. */
  away(until: EpochMs, at_least_ms?: number): Gap | null;
  /** What lasted when the last thread died, as over since its last word; from then on forgotten. */
  endConditions(): LineCondition[];
}

export function createHandOvers(checks: readonly string[]): HandOvers {
  const slots = new Map<string, EpochMs>();
  const lasting = new Map<string, LineCondition>();
  let gaps: readonly Gap[] = [];
  let heard_at: EpochMs | null = null;
  let known_until: EpochMs | null = null;

  return {
    heard(at) {
      if (heard_at === null) for (const check of checks) slots.set(check, at);
      heard_at = at;
      known_until = at;
    },
    note(batch) {
      for (const { at, by_ms } of batch.steps) if (by_ms < 0) forgetAfter(at);
      for (const { result } of batch.results) slots.set(result.check, result.slot_at);
      for (const it of batch.conditions) {
        const key = `${it.kind} ${it.neutral}`;
        if (it.is_failing) lasting.set(key, it);
        else lasting.delete(key);
      }
      noteGaps(batch.gaps);
    },
    soFar: () => (known_until === null ? null : { slots, gaps, known_until }),
    away(until, at_least_ms = 0) {
      if (known_until === null) return null;
      if (until < known_until) setBackTo(until);
      if (until - known_until < at_least_ms) return null;
      const gap = gapSince(known_until, until);
      if (gap === null) return null;
      known_until = until;
      noteGaps([gap]);
      return gap;
    },
    endConditions() {
      const at = heard_at ?? 0;
      const ended = [...lasting.values()].map((it) => ({
        ...it,
        is_failing: false,
        at: Math.max(at, it.at),
        detail: '',
      }));
      lasting.clear();
      return ended;
    },
  };

  function noteGaps(more: readonly Gap[]): void {
    if (more.length === 0) return;
    const oldest = Math.min(...slots.values());
    gaps = [...gaps, ...more].filter(({ to }) => to > oldest);
  }

  /** Nobody was there to tell of it. */
  function setBackTo(at: EpochMs): void {
    known_until = at;
    forgetAfter(at);
  }

  /** The clock was set back: what lies after this instant comes again. */
  function forgetAfter(at: EpochMs): void {
    for (const [check, slot_at] of slots) slots.set(check, Math.min(slot_at, at));
    gaps = gaps
      .filter(({ from }) => from < at)
      .map((gap) => ({ ...gap, to: Math.min(gap.to, at) }));
  }
}

/** The time without a thread as a gap; null: it is too short to be one. */
export function gapSince(from: EpochMs, to: EpochMs): Gap | null {
  return to - from < NUMBERS.own.gap_from_ms ? null : { from, to, cause: 'restart' };
}

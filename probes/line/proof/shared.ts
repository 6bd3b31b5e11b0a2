import { MINUTE, SECOND } from '../../../model/time.ts';

/** A question that several runs share. */
export interface Shared<T> {
  /**
   * The answer of now, at most a second old, or a minute old while it was bad. Null: our own thread
   * stood still, and nothing is known.
   */
  ask(): Promise<T | null>;
  /** A bad answer is not kept any longer: something has changed since. */
  doubt(): void;
}

export interface SharedParts<T> {
  /** Never rejects. */
  ask: () => Promise<T | null>;
  isGood: (answer: T) => boolean;
  /** How long an answer that is not good is kept. */
  keep_bad_ms?: number;
  monotonic: () => number;
}

export function shared<T>(parts: SharedParts<T>): Shared<T> {
  const { keep_bad_ms = MINUTE, monotonic } = parts;
  let last: Asking<T> | null = null;

  function isFresh(): boolean {
    if (last === null) return false;
    const age_ms = monotonic() - last.asked_at;
    if (last.answer === null || age_ms < SECOND) return true;
    if (last.answer.value === null) return false;
    return !last.is_doubted && !parts.isGood(last.answer.value) && age_ms < keep_bad_ms;
  }

  return {
    ask() {
      if (last !== null && isFresh()) return last.asked;
      const asking: Asking<T> = {
        asked: parts.ask(),
        asked_at: monotonic(),
        answer: null,
        is_doubted: false,
      };
      last = asking;
      void asking.asked.then((value) => {
        asking.answer = { value };
      });
      return asking.asked;
    },
    doubt() {
      if (last !== null) last.is_doubted = true;
    },
  };
}

interface Asking<T> {
  asked: Promise<T | null>;
  asked_at: number;
  /** Null while it is awaited. */
  answer: { value: T | null } | null;
  is_doubted: boolean;
}

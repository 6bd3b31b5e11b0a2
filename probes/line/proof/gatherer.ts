import type { ScheduledCheck } from '../../../model/configuration.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import type { Clock } from '../../../model/ports.ts';
import type { Proof } from '../../../model/proof.ts';
import type { Result } from '../../../model/result.ts';

/** A run that has ended. */
export interface EndedRun {
  check: ScheduledCheck;
  /** As measured, without a proof. */
  result: Result;
  /** When it ended, by the monotonic clock. */
  ended_at_ms: number;
  /** The sum of the delays above 20 ms of a timer of 50 ms from its start to its end. */
  loop_delay_ms: number;
}

/** Knows who answered and who failed on a line, and gathers what it takes to blame a host. */
export interface ProofGatherer {
  /** Notes a run of the line, at its end and before its proof is asked for. */
  note(run: EndedRun): void;
  /**
   * What is known of our own side of a bad run; null where nothing was sent. Resolves within 10 s,
   * never rejects.
   */
  proofFor(run: EndedRun): Promise<Proof | null>;
  stop(): void;
}

export interface ProofGathererParts {
  clock: Clock;
  /** Receives the changes of the condition of the line and of its neutral hosts. */
  changed: (condition: LineCondition) => void;
}

/** Knows nothing but whether this thread was delayed. */
export function createProofGatherer(_: ProofGathererParts): ProofGatherer {
  return {
    note() {},
    async proofFor({ result, loop_delay_ms }) {
      const { contact } = result;
      if (contact === null) return null;
      return {
        contact,
        is_local: true,
        loop_delay_ms,
        other_answer: null,
        neutrals: [],
        control: null,
        line: { failed: 0, answered: 0, blamed: null },
      };
    },
    stop() {},
  };
}

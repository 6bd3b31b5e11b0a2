import type { EndedRun, ProofGatherer } from './gatherer.ts';

/** Proofs where every host is this machine: nothing but the delay of its thread counts. */
export const ON_THIS_MACHINE: ProofGatherer = {
  note: () => false,
  async proofFor({ result: { contact }, loop_delay_ms }: EndedRun) {
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
};

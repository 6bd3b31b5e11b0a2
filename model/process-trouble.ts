import type { EpochMs } from './vocabulary.ts';

/** What is wrong with a process of ours, as its supervisor sees it. */
export interface ProcessTrouble {
  /** `collector`, `page`, `notifier` or `simulators`. */
  process: string;
  /** `crashing`: it ends again and again; `not_ready`: it runs, but does not do its work. */
  kind: 'crashing' | 'not_ready';
  since: EpochMs;
  /** Evidence for operators: "exit code 1", "the database is locked". Never translated. */
  detail: string;
}

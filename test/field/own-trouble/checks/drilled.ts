import type { Sample } from '../page.ts';
import type { Phase } from '../phases.ts';
import type { Blindness } from '../troubles/trouble.ts';
import type { Written } from './ledger.ts';

/** What happened in one drill, and what was said of it: the truth on one side, the rest beside. */
export interface Drilled {
  trouble: string;
  phase: Phase;
  slot_ms: number;
  deadline_ms: number;
  /** In how long an outage is to be told once nothing of ours is in the way. */
  told_within_ms: number;
  /** The same of a name that hangs: its proof takes time too. */
  hung_told_within_ms: number;
  blind: Blindness;
  /** By how far the wall clock jumped over time that never was, or was slept through, in ms. */
  jumped_ms: number;
  /** The cause of the gap that this trouble must leave; null when it need not leave one. */
  leaves: string | null;
  /** Every slot is to be a result, or to lie in a gap. */
  keeps_slots: boolean;
  /** How many results of each healthy system may be judged that were ours. */
  misjudged_at_most: number;
  healthy: readonly string[];
  broken: string;
  hung: readonly string[];
  /** Instants: when the trouble began and ended, when the outage began, when all was quiet. */
  struck_at: number;
  ended_at: number;
  broken_at: number;
  settled_at: number;
  /** How often healthy systems answered badly, as the world saw it. */
  stumbles: number;
  /** What is known to have gone wrong beside: not well again, … */
  problems: readonly string[];
  samples: readonly Sample[];
  written: Written;
}

/** What a drill comes to. */
export interface DrillVerdict {
  trouble: string;
  phase: Phase;
  /** Every word against a healthy system. */
  blamed: string[];
  /** The longest time that the page knew nothing of a healthy system, and the longest allowed. */
  unknown_ms: number;
  unknown_allowed_ms: number;
  /** From when it could be told until it was; null when it never was. */
  told_ms: number | null;
  told_allowed_ms: number;
  problems: string[];
  /** Of a drill that does not hold: its results and gaps, for whoever looks into it. */
  story: string[];
}

/** Whether nothing false was said and nothing hidden. */
export function holds(it: Omit<DrillVerdict, 'story'>): boolean {
  return (
    it.blamed.length === 0 &&
    it.unknown_ms <= it.unknown_allowed_ms &&
    it.told_ms !== null &&
    it.told_ms <= it.told_allowed_ms &&
    it.problems.length === 0
  );
}

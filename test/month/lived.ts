import type { Meters } from './metrics.ts';
import type { Finding, SetBack, Stretch } from './oracle/facts.ts';
import type { Read, Sent } from './reader.ts';
import type { LivedWindow } from './windows.ts';

/** What was published at an instant. */
export interface Sample {
  /** By the clock of the truth, and by the wall clock. */
  true_at: number;
  at: number;
  states: ReadonlyMap<string, string>;
  /** By the metrics; null while no collector runs or can record. */
  metrics: ReadonlyMap<string, string> | null;
}

/** A result, and when it was recorded and made void, by the clock of the truth. */
export interface LivedFinding extends Finding {
  duration_ms: number;
  known_at: number;
  void_at: number | null;
}

export interface Lived {
  path: string;
  findings: LivedFinding[];
  windows: LivedWindow[];
  /** When the wall clock was set back, by itself, and by the clock of the truth. */
  set_back: (SetBack & { true_at: number })[];
  /** When we were truly blind, by the wall clock. */
  blind: Stretch[];
  /** When nothing could be recorded, though it was measured. */
  unwritable: Stretch[];
  samples: Sample[];
  reads: readonly Read[];
  /** Messages to everyone and to operators. */
  sent: readonly Sent[];
  /** Of each life of the collector, as it was left. */
  meters: readonly Meters[];
  /** The wall clock at the end. */
  ended_at: number;
  /** The wall clock at an instant of the truth. */
  wallAt: (at: number) => number;
  errors: object[];
}

/**
 * While nobody judges, or what is judged is not recorded, a state that has run out is unknown,
 * whatever is still known of a part.
 */
export function isUnjudged({ blind, unwritable }: Lived, at: number): boolean {
  return [...blind, ...unwritable].some(({ from, to }) => from <= at && at < to);
}

import type { EpochMs } from '../../../model/vocabulary.ts';
import { shuffled } from '../../random.ts';

/** A step of a process's work, and what is done there. */
export interface Pair {
  /** Whose step it is; of receivers, one that they see. */
  process: 'collector' | 'status-page' | 'notify' | 'receivers';
  /** A place of injury.ts: `before commit result`. */
  step: string;
  /** `kill`: kill -9; `stop`: SIGSTOP, then SIGCONT; `full`: no byte is left on the disk. */
  action: 'kill' | 'stop' | 'full';
  /** Who is killed or stopped: the process, or the main process that watches it. */
  victim: 'itself' | 'main';
}

/** A pair in its turn. */
export interface Injury extends Pair {
  /** At the n-th time from now, or sooner where the step is seldom. */
  nth: number;
  /** How long it is stopped, or its disk is full. */
  for_ms: number;
}

export interface OrderedInjury extends Injury {
  /** After that it is not carried out, however late the process looks. */
  until: EpochMs;
}

const ACTIONS: readonly Pair['action'][] = ['kill', 'stop', 'full'];
/** The main process writes nothing itself. */
const ACTIONS_ON_MAIN: readonly Pair['action'][] = ['kill', 'stop'];

type Whose = Pick<Pair, 'process'> & Partial<Pair>;

/** Each step with each thing that is done there. */
export function pairs(steps: readonly string[], whose: Whose): Pair[] {
  const actions = whose.victim === 'main' ? ACTIONS_ON_MAIN : ACTIONS;
  return steps.flatMap((step) =>
    actions.map((action) => ({ victim: 'itself', ...whose, step, action })),
  );
}

/** What is drawn for each pair. */
export interface Extent {
  most_nth: Readonly<Record<Pair['process'], number>>;
  for_ms: readonly number[];
}

/** An endless series: each pair has its turn before any comes again. */
export function* injuries(
  among: readonly Pair[],
  { most_nth, for_ms }: Extent,
  random: () => number,
): Generator<Injury, never> {
  const below = (limit: number) => Math.floor(random() * limit);
  for (;;) {
    for (const pair of shuffled(among, random)) {
      const nth = 1 + below(most_nth[pair.process]);
      yield { ...pair, nth, for_ms: for_ms[below(for_ms.length)] ?? 0 };
    }
  }
}

/** `collector, before commit result: kill main`. */
export function wordsOf({ process, step, action, victim }: Pair): string {
  return `${process}, ${step}: ${action}${victim === 'main' ? ' main' : ''}`;
}

export function neverStruck(among: readonly Pair[], struck: readonly Pair[]): Pair[] {
  const words = new Set(struck.map(wordsOf));
  return among.filter((pair) => !words.has(wordsOf(pair)));
}

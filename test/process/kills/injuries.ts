import type { EpochMs } from '../../../model/vocabulary.ts';
import { shuffled } from '../../random.ts';

/** A step of a process's writing, and what is done there. */
export interface Pair {
  /** Whose step it is. */
  process: 'collector' | 'status-page' | 'notify';
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

/**
 * Steps by what writes: recording and its consequences, upkeep, readers' and notifier's writes. A
 * commit is named by the first table that was written: for looks and events, `component_status`.
 */
const RECORDING = [
  'before begin',
  'after begin',
  'after insert result',
  'before commit result',
  'after commit result',
  'after insert component_status',
  'after insert transition',
  'after insert incident',
  'after insert notice',
  'after insert journey',
  'before commit component_status',
  'after commit component_status',
  'after insert look',
  'after insert ingested_event',
  'after update installation',
  'after commit installation',
];
const UPKEEP = [
  'before insert rollup',
  'before commit rollup',
  'after commit rollup',
  'before delete result',
  'after delete look',
  'after delete notice',
];
const PAGE = [
  'before begin',
  'after insert maintenance',
  'before commit maintenance',
  'after commit maintenance',
];
const NOTIFIER = [
  'before begin',
  'after insert delivery',
  'before commit delivery',
  'after commit delivery',
  'before update delivery',
  'after update delivery',
];

const ACTIONS: readonly Pair['action'][] = ['kill', 'stop', 'full'];
/** The main process writes nothing itself. */
const ACTIONS_ON_MAIN: readonly Pair['action'][] = ['kill', 'stop'];

export const PAIRS: readonly Pair[] = [
  ...pairs(RECORDING, { process: 'collector' }),
  ...pairs(UPKEEP, { process: 'collector' }),
  ...pairs(PAGE, { process: 'status-page' }),
  ...pairs(NOTIFIER, { process: 'notify' }),
  ...pairs(RECORDING, { process: 'collector', victim: 'main' }),
];

type Whose = Pick<Pair, 'process'> & Partial<Pair>;

function pairs(steps: readonly string[], whose: Whose): Pair[] {
  const actions = whose.victim === 'main' ? ACTIONS_ON_MAIN : ACTIONS;
  return steps.flatMap((step) =>
    actions.map((action) => ({ victim: 'itself', ...whose, step, action })),
  );
}

const MOST_NTH = { collector: 8, 'status-page': 2, notify: 2 };
const FOR_MS = [1_500, 4_000, 13_000];

/** An endless series: each pair has its turn before any comes again. */
export function* injuries(among: readonly Pair[], random: () => number): Generator<Injury, never> {
  const below = (limit: number) => Math.floor(random() * limit);
  for (;;) {
    for (const pair of shuffled(among, random)) {
      const nth = 1 + below(MOST_NTH[pair.process]);
      yield { ...pair, nth, for_ms: FOR_MS[below(FOR_MS.length)] ?? 0 };
    }
  }
}

/** `collector, before commit result: kill main`. */
export function wordsOf({ process, step, action, victim }: Pair): string {
  return `${process}, ${step}: ${action}${victim === 'main' ? ' main' : ''}`;
}

export function neverStruck(struck: readonly Pair[]): Pair[] {
  const words = new Set(struck.map(wordsOf));
  return PAIRS.filter((pair) => !words.has(wordsOf(pair)));
}

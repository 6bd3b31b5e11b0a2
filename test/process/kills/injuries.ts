/** What is done to a process, at which step of its writing. */
export interface Injury {
  /** Whose step it is. */
  process: 'collector' | 'status-page' | 'notify';
  /** A place of injury.ts: `before commit result`. */
  step: string;
  /** At the n-th time from now. */
  nth: number;
  /** `kill`: kill -9; `stop`: SIGSTOP, then SIGCONT; `full`: no byte is left on the disk. */
  action: 'kill' | 'stop' | 'full';
  /** Who is killed or stopped: the process, or the main process that watches it. */
  victim: 'itself' | 'main';
  /** Whether the step is one of upkeep, which runs once a minute. */
  of_upkeep: boolean;
  /** How long it is stopped, or its disk is full. */
  for_ms: number;
}

/** Steps by what writes: recording and its consequences, upkeep, readers' and notifier's writes. */
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
  'before commit journey',
  'after commit journey',
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

type Place = Pick<Injury, 'process' | 'step' | 'victim'>;

const places = (steps: string[], parts: Omit<Place, 'step'>): Place[] =>
  steps.map((step) => ({ ...parts, step }));

/** In turn, so that a short run has some of each. */
const GROUPS: readonly Place[][] = [
  places(RECORDING, { process: 'collector', victim: 'itself' }),
  places(PAGE, { process: 'status-page', victim: 'itself' }),
  places(NOTIFIER, { process: 'notify', victim: 'itself' }),
  places(RECORDING, { process: 'collector', victim: 'main' }),
  places(RECORDING, { process: 'collector', victim: 'itself' }),
];
const ACTIONS = ['kill', 'stop', 'full'] as const;
/** Upkeep runs once a minute, so it is waited for less often. */
const UPKEEP_EVERY = 15;

/** The n-th of an endless series of injuries. */
export function injuryOf(n: number, random: () => number): Injury {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const of_upkeep = n % UPKEEP_EVERY === UPKEEP_EVERY - 1;
  const group = of_upkeep
    ? places(UPKEEP, { process: 'collector', victim: 'itself' })
    : GROUPS[n % GROUPS.length];
  const place = pick(group ?? []);
  const action = ACTIONS[Math.floor(n / GROUPS.length + random()) % ACTIONS.length] ?? 'kill';
  return {
    ...place,
    // The main process writes nothing itself.
    action: place.victim === 'main' && action === 'full' ? 'kill' : action,
    nth: of_upkeep ? 1 : 1 + Math.floor(random() * (place.process === 'collector' ? 8 : 2)),
    of_upkeep,
    for_ms: pick([1_500, 4_000, 13_000]),
  };
}

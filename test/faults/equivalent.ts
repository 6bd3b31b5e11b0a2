import type { Fault } from './fault.ts';

/**
 * Faults that change nothing which anybody could see, each looked at by a person. A line is known
 * by its words, so that an entry ends with the line that it excuses.
 */
const EQUIVALENT: readonly { path: string; after: string; because: string }[] = [
  {
    path: 'model/judge/history.ts',
    after: 'const unproven = [...known.unproven, ...more].filter((at) => at >= forgotten);',
    because: 'what is kept although it has left every window is in no count',
  },
  {
    path: 'model/judge/history.ts',
    after:
      'cleared: cleared === null || cleared.index <= dropped ? null : moved(cleared, dropped),',
    because: 'what was cleared up to where the longest window begins is in no count',
  },
  {
    path: 'model/judge/history.ts',
    after: 'const is_new = before === null || slot_at - before.end.at >= LONGEST_DISTANCE_MS;',
    because: 'after so long nothing of before is in any window',
  },
  ...['4 ** 29', '2 ** 58'].map((distance) => ({
    path: 'model/judge/history-bytes.ts',
    after: `export const LONGEST_DISTANCE_MS = ${distance};`,
    because: 'after so long nothing of before is in any window',
  })),
  ...['distance_ms: 1, n: 0, bad: 0', 'distance_ms: 0, n: 1, bad: 0'].map((counts) => ({
    path: 'model/judge/history-bytes.ts',
    after: `const end = { index: 0, at: slot_at, ${counts} };`,
    because: 'only how much more there is later counts',
  })),
  {
    path: 'model/judge/share.ts',
    after: 'const bad_at_most = histories.reduce((sum, it) => sum + badAtMost(it), 1);',
    because: 'only whether it is worth while to count',
  },
  ...['since: 1,', 'maintenance_run: 1,'].map((after) => ({
    path: 'model/judge/judgement.ts',
    after,
    because: 'nobody asks since when nothing is known; a first result is never enough by itself',
  })),
  ...['1000', '250'].map((subscribers) => ({
    path: 'notify/dispatcher.ts',
    after: `const SUBSCRIBERS_AT_ONCE = ${subscribers};`,
    because: 'how many are told of at once; all are',
  })),
  {
    path: 'notify/direct-alerts.ts',
    after: '({ alert }) => now - (alert.resolved_at ?? now) <= REMEMBERED_MS,',
    because: 'how long it is remembered is no matter of 1 ms',
  },
  {
    path: 'model/judge/component.ts',
    after: 'const is_one_line = new Set(checks.map(({ line }) => line)).size === 0;',
    because: 'asked too, those that do not ail say that nothing changes with them',
  },
  ...['10000', '2500'].map((rows) => ({
    path: 'collector/upkeep/recount.ts',
    after: `const ROWS_AT_A_TIME = ${rows};`,
    because: 'how many rows are read at once; all are',
  })),
  ...['400', '100'].map((rows) => ({
    path: 'collector/upkeep/usual.ts',
    after: `const SLICE = ${rows};`,
    because: 'how many roll-ups are read at once; all are',
  })),
  ...['100', '25'].map((rows) => ({
    path: 'collector/upkeep/save-rollups.ts',
    after: `const SLICE = ${rows};`,
    because: 'how many roll-ups are written at once; all are',
  })),
  {
    path: 'collector/upkeep/recount.ts',
    after:
      'if (arrival !== null && arrival.at <= to && !isCounted(journey)) rollups.addAgain(arrival);',
    because: 'how far ahead a clock was wrong is no matter of 1 ms',
  },
  {
    path: 'collector/upkeep/rollups.ts',
    after: 'const is_kept = at > countable_from;',
    because: 'of the instant itself both branches say the same',
  },
  {
    path: 'collector/upkeep/upkeep.ts',
    after: 'return Math.max(1, ...[...measured_by.values()].map(({ policy }) => pick(policy)));',
    because: 'where nothing is measured, nothing is kept for 1 ms more',
  },
  {
    path: 'probes/line/line-runner.ts',
    after: 'let steps = 1;',
    because: 'only how many more they are at the end of a run than at its start counts',
  },
  {
    path: 'model/judge/history-bytes.ts',
    after: 'const MOST_BYTES = 10;',
    because: 'a copy with more room is made a few results earlier; no byte differs',
  },
  ...['revision: 0,', 'revision: 2,'].map((after) => ({
    path: 'collector/replay/windows.ts',
    after,
    because: 'a replay asks of a maintenance only what it covers, and since when',
  })),
  ...[
    'Math.ceil(used * 2.5) + 64',
    'Math.ceil(used * 1.25) + 128',
    'Math.ceil(used * 1.25) + 32',
  ].map((room) => ({
    path: 'model/judge/history-bytes.ts',
    after: `const roomy = new Uint8Array(${room});`,
    because: 'how much room a copy has; no byte that is used differs',
  })),
];

export function isEquivalent({ path, after }: Fault): boolean {
  return EQUIVALENT.some((it) => it.path === path && it.after === after);
}

/** Entries that no longer excuse anything. */
export function staleEntries(faults: readonly Fault[]): string[] {
  return EQUIVALENT.filter(
    ({ path, after }) => !faults.some((it) => it.path === path && it.after === after),
  ).map(({ path, after }) => `${path}: ${after}`);
}

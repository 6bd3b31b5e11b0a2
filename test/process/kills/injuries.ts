import { type Extent, type Pair, pairs } from '../injuring/injuries.ts';

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

export const PAIRS: readonly Pair[] = [
  ...pairs(RECORDING, { process: 'collector' }),
  ...pairs(UPKEEP, { process: 'collector' }),
  ...pairs(PAGE, { process: 'status-page' }),
  ...pairs(NOTIFIER, { process: 'notify' }),
  ...pairs(RECORDING, { process: 'collector', victim: 'main' }),
];

export const EXTENT: Extent = {
  most_nth: { collector: 8, 'status-page': 2, notify: 2, receivers: 1 },
  for_ms: [1_500, 4_000, 13_000],
};

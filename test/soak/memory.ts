import { type Figure, median } from '../../bench/figure.ts';
import { print } from '../../platform/console.ts';
import { besideFresh, type Pace, type Turn } from '../process/use/beside-fresh.ts';
import { type Used, withUsedInstallation } from '../process/use/long-use.ts';
import { LASTING, type Lasting } from '../process/use/memory.ts';
import type { SoakPart } from './part.ts';

const FIRST_REQUESTS = 10_000;
/** With 300 runs a second a collector has what its work takes after half of it. */
const FIRST_MINUTES = 1;
const REQUESTS = Number(process.env.REQUESTS ?? 1_000_000);
const STREAMS = Number(process.env.STREAMS ?? 5_000);
const RESULTS = Number(process.env.RESULTS ?? 1_000_000);
const MINUTES = Number(process.env.MINUTES ?? 60);
/** Short, because other work on a machine comes and goes. */
const TURNS = 25;
const SECONDS = 2;
const GROWS_TO = 1.5;
const AS_FAST = 0.95;

const many = (n: number) => n.toLocaleString('en');

export const memory: SoakPart = {
  name: 'memory',
  about:
    `For ${MINUTES} minutes an installation measures (${many(RESULTS)} results) and is asked ` +
    `(${many(REQUESTS)} requests of every kind, ${many(STREAMS)} streams come and gone), with an ` +
    `outage a minute. Memory is compared with that after the first ${many(FIRST_REQUESTS)} ` +
    'requests, in a minute before, medians of some seconds; then its page process with a fresh ' +
    `one on the same database: wrk with the same mix (one thread, 64 connections, ${SECONDS} s), ` +
    'by turns.',

  run: () => {
    const first = { first_requests: FIRST_REQUESTS, first_minutes: FIRST_MINUTES };
    const whole = { requests: REQUESTS, streams: STREAMS, results: RESULTS, minutes: MINUTES };
    const work = async (used: Used) => {
      const turns = await besideFresh(used, {
        turns: TURNS,
        seconds: SECONDS,
        warm_up: FIRST_REQUESTS,
      });
      for (const turn of turns) print(`  ${JSON.stringify(turn)}`);
      return [
        ...counts(used),
        ...LASTING.flatMap((name) => memoryFigures(used, name)),
        ...paceFigures(turns),
      ];
    };
    const tell = (words: string) => print(`  ${words}`);
    return withUsedInstallation({ ...first, ...whole }, work, tell);
  },
};

function counts({ counted, messages }: Used): Figure[] {
  const of = { unit: '', n: 1 };
  const { requests, results, open_streams } = counted;
  return [
    { ...of, what: 'requests answered', value: requests, budget: { at_least: REQUESTS } },
    { ...of, what: 'results recorded', value: results, budget: { at_least: RESULTS } },
    { ...of, what: 'messages taken by the operator', value: messages, budget: { at_least: 1 } },
    { ...of, what: 'streams still open', value: open_streams, n: STREAMS, budget: { at_most: 0 } },
  ];
}

function memoryFigures({ before, after }: Used, name: Lasting): Figure[] {
  const of = { unit: 'MB', n: 1, budget: null };
  const [first, last] = [before[name], after[name]];
  const kinds = ['rss', 'heap', 'external'] as const;
  return [
    ...kinds.flatMap((kind) => [
      { ...of, what: `${name}, ${kind} at first`, value: first[kind] },
      { ...of, what: `${name}, ${kind} at last`, value: last[kind] },
    ]),
    {
      ...of,
      what: `${name}, rss: last ÷ first`,
      value: last.rss / first.rss,
      unit: '×',
      budget: { at_most: GROWS_TO },
    },
  ];
}

/** Of each turn the quotient, because a machine may do other things in one and not in another. */
function paceFigures(turns: readonly Turn[]): Figure[] {
  const n = turns.length;
  const middle = (what: string, unit: string, of: (pace: Pace) => number): Figure[] => [
    {
      what: `old page, ${what}`,
      value: median(turns.map((it) => of(it.old))),
      unit,
      n,
      budget: null,
    },
    {
      what: `fresh page, ${what}`,
      value: median(turns.map((it) => of(it.fresh))),
      unit,
      n,
      budget: null,
    },
  ];
  const rate = (pace: Pace) => pace.per_second;
  return [
    ...middle('requests', '/s', rate),
    {
      what: 'old ÷ fresh page, requests/s',
      value: median(turns.map(({ old, fresh }) => rate(old) / rate(fresh))),
      unit: '×',
      n,
      budget: { at_least: AS_FAST },
    },
    ...middle('processor time of a request', 'µs', (it) => it.user_us),
    ...middle('system time of a request', 'µs', (it) => it.system_us),
  ];
}

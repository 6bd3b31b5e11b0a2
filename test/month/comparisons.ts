import { wrongClaims } from './compare-claims.ts';
import { otherwiseInJson, wrongDaysInCsv, wrongStatesInCsv } from './compare-history.ts';
import { wrongLengths } from './compare-lengths.ts';
import { untold, wrongDays } from './compare-published.ts';
import { wrongRollups } from './compare-quantiles.ts';
import { wrongTelling } from './compare-telling.ts';
import { readable } from './expected.ts';
import {
  falseSamples,
  farFromTruth,
  type LivedMonth,
  ledgerDifferences,
  replayDifferences,
  unknownAndBlind,
} from './lived-month.ts';
import { wrongCountsInMetrics, wrongStatesInMetrics } from './metrics.ts';
import type { Published } from './published.ts';
import { COMPONENTS_OF_MONTH } from './site.ts';

export type PublishedMonth = LivedMonth & { published: Published };

/** What was compared, and what of it is wrong, in sentences. */
interface Compared {
  n: number;
  wrong: readonly string[];
}

interface Comparison {
  what: string;
  compare(month: PublishedMonth): Compared | Promise<Compared>;
}

/** More than this share of the time in which we were blind must not be unknown. */
const UNKNOWN_PER_BLIND = 1.02;

/** By which a full disk is known that is none. */
const AS_IF = '(as if)';

/** States, lengths and figures of any month; `samples`: how many instants are compared. */
export function comparisons(samples: number): readonly Comparison[] {
  return [
    {
      what: 'the ledger is what the oracle reads from its results',
      compare: (month) => ({
        n: month.lived.findings.length,
        wrong: ledgerDifferences(month).map(readable),
      }),
    },
    {
      what: 'at every instant that is published which was known then',
      compare: (month) => ({
        n: Math.min(samples, month.lived.samples.length) * COMPONENTS_OF_MONTH.length,
        wrong: falseSamples(month, samples).map(readable),
      }),
    },
    {
      what: 'the judge says the same again of what was recorded',
      compare: async (month) => ({
        n: month.lived.findings.length,
        wrong: (await replayDifferences(month)).map(readable),
      }),
    },
    {
      what: 'outages begin and end within a slot of the truth',
      compare: (month) => {
        const { n, far } = farFromTruth(month);
        return { n, wrong: far.map((it) => JSON.stringify(it)) };
      },
    },
    {
      what: 'no more is unknown than we were blind',
      compare: (month) => {
        const { unknown_ms, blind_ms } = unknownAndBlind(month);
        const is_well = unknown_ms <= UNKNOWN_PER_BLIND * blind_ms;
        const said = `unknown for ${unknown_ms} ms, blind for ${blind_ms} ms`;
        return { n: blind_ms, wrong: is_well ? [] : [said] };
      },
    },
    {
      what: 'lengths are those of the oracle in list, page, v2, feed, mail, webhook and alert',
      compare: (month) => ({
        n: month.published.incidents.length + month.published.told.length,
        wrong: wrongLengths(month, month.published),
      }),
    },
    {
      what: 'every outage is in an incident, and the API tells the state at the end',
      compare: (month) => ({
        n: month.published.incidents.length,
        wrong: untold(month, month.published),
      }),
    },
    {
      what: 'the figures of the days are those of the oracle',
      compare: (month) => ({
        n: month.published.history.days.size,
        wrong: wrongDays(month, month.published),
      }),
    },
    {
      what: 'CSV tells the same states and days',
      compare: (month) => ({
        n: month.published.history.states.size,
        wrong: [
          ...wrongStatesInCsv(month, month.published).map(readable),
          ...wrongDaysInCsv(month, month.published),
        ],
      }),
    },
    {
      what: 'JSON hands out what CSV does',
      compare: ({ published }) => ({
        n: published.history.states.size,
        wrong: otherwiseInJson(published),
      }),
    },
    { what: 'metrics tell the same states', compare: wrongStatesInMetrics },
    {
      what: 'metrics count every result',
      compare: (month) => ({
        n: month.lived.findings.length,
        wrong: wrongCountsInMetrics(month),
      }),
    },
    {
      what: 'roll-ups have the n and the quantiles of the results behind them',
      compare: async (month) => {
        const { compared, wrong } = await wrongRollups(month);
        return { n: compared, wrong };
      },
    },
    {
      what: 'nothing failed but what was to',
      compare: ({ lived }) => ({
        n: lived.findings.length,
        wrong: lived.errors.map((it) => JSON.stringify(it)).filter((it) => !it.includes(AS_IF)),
      }),
    },
  ];
}

/** What is published in words: each text is read back into its claims, which are compared. */
export const TEXT_COMPARISONS: readonly Comparison[] = [
  { what: 'every text that was published can be read, and is so', compare: wrongClaims },
  { what: 'everyone is told of outages, and of what held for an hour', compare: wrongTelling },
];

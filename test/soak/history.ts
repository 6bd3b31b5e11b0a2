import type { Figure } from '../../bench/figure.ts';
import { print } from '../../platform/console.ts';
import { COMPONENTS, measureHistory } from '../store/measured-history.ts';
import type { SoakPart } from './part.ts';

const RAW_RESULTS = 50_000_000;
const ROUNDS = 50;
/** What a machine that is busy with other things may make of a flat line. */
const FLAT_RATIO = 1.5;

export const history: SoakPart = {
  name: 'history',
  about:
    `The overview of ${COMPONENTS} components with 90 days of history before and after ` +
    `${RAW_RESULTS.toLocaleString('en')} raw results are put behind it, and the CSV of a year of ` +
    'one of them; medians.',

  async run(seed) {
    const { overview, csv, written_per_s } = await measureHistory({
      raw_results: RAW_RESULTS,
      seed,
      rounds: ROUNDS,
      told: (written) => print(`  ${written.toLocaleString('en')} written`),
    });
    const { before, after } = overview;
    return [
      ...comparison('after a public change', before.changed_ms, after.changed_ms, 5),
      ...comparison('with nothing remembered', before.first_ms, after.first_ms, null),
      csvFigure('days', 1_000, csv.days),
      csvFigure('hours', 1_000, csv.hours),
      csvFigure('states', 1_000, csv.states),
      csvFigure('single results', null, csv.results),
      {
        what: 'raw results written',
        value: written_per_s,
        unit: '/s',
        n: RAW_RESULTS,
        budget: null,
      },
    ];
  },
};

function comparison(
  what: string,
  before_ms: number,
  after_ms: number,
  at_most: number | null,
): Figure[] {
  const of = { n: ROUNDS, budget: null };
  return [
    { ...of, what: `overview ${what}, no raw results`, value: before_ms, unit: 'ms' },
    {
      ...of,
      what: `overview ${what}, all raw results`,
      value: after_ms,
      unit: 'ms',
      budget: at_most === null ? null : { at_most },
    },
    {
      ...of,
      what: `overview ${what}, all ÷ none`,
      value: after_ms / before_ms,
      unit: '×',
      budget: { at_most: FLAT_RATIO },
    },
  ];
}

/** Of a year of one component, all raw results behind it. */
function csvFigure(
  what: string,
  at_most: number | null,
  { took_ms, rows }: { took_ms: number; rows: number },
): Figure {
  const budget = at_most === null ? null : { at_most };
  return { what: `CSV of a year: ${what}`, value: took_ms, unit: 'ms', n: rows, budget };
}

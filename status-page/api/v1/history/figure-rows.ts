import { PERIOD_COLUMNS, periodFigures } from '../../../../model/history/figures.ts';
import { eachPeriod, type HistoryGrain, type Period } from '../../../../model/history/periods.ts';
import type { StateSpan } from '../../../../model/ledger.ts';
import type { EpochMs } from '../../../../model/vocabulary.ts';
import { readSpans } from './ledger-spans.ts';
import { type ComponentQuery, type HistoryParts, type HistoryRow, ownChecksOf } from './parts.ts';
import { readRollups } from './period-rollups.ts';

export const FIGURE_COLUMNS = PERIOD_COLUMNS;

/** So many are read at a time: a few ms. */
const PERIODS_AT_A_TIME = { minute: 60, hour: 240, day: 240, month: 12, year: 1 };

/** The figures of the periods that have begun; of one that goes on, of what has passed of it. */
export async function* figureRows(
  parts: HistoryParts,
  query: ComponentQuery,
): AsyncGenerator<HistoryRow[]> {
  const { reader, configuration, inTurn } = parts;
  const { component, grain, now } = query;
  const { zone } = configuration.page;
  const is_sync = component.endsWith('.sync');
  const own_checks = ownChecksOf(parts, query);
  const begun = { from: query.from, to: Math.min(query.to, now) };
  const periods = eachPeriod(grain, begun, zone).map((it) => ({ ...it, to: Math.min(it.to, now) }));
  for (let slice = next(periods, grain); slice.length > 0; slice = next(periods, grain)) {
    const range = { from: slice[0]?.from ?? now, to: slice.at(-1)?.to ?? now };
    const spans = await inTurn(() => readSpans(reader, query, range));
    const excluded = (await reader.excludedTimes(range.from, range.to)).filter((it) =>
      it.components.includes(component),
    );
    await new Promise((resolve) => setImmediate(resolve));
    const rollupsOf = await readRollups(parts, query, slice);
    const within = cutter(spans);
    yield slice.map((period) => ({
      ...periodFigures({
        period,
        spans: within(period),
        excluded,
        rollups: rollupsOf(period),
        own_checks,
        is_sync,
      }),
      // What was slow is decided when it is recorded, and counted by the hour.
      ...(grain === 'minute' && { slow: null }),
    }));
  }
}

/** The next periods, and no more of them than take a few ms; `take` would end the others. */
function next(periods: Iterator<Period>, grain: HistoryGrain): Period[] {
  const slice: Period[] = [];
  while (slice.length < PERIODS_AT_A_TIME[grain]) {
    const { value, done } = periods.next();
    if (done) break;
    slice.push(value);
  }
  return slice;
}

/** Cuts out the parts of the spans that lie in a period; periods must be asked for in order. */
function cutter(spans: readonly StateSpan[]): (period: Period) => StateSpan[] {
  let first = 0;
  return ({ from, to }) => {
    const isOver = (at: EpochMs) => at <= from;
    while (first < spans.length && isOver(spans[first]?.to ?? from)) first += 1;
    const cut: StateSpan[] = [];
    for (let i = first; i < spans.length; i += 1) {
      const span = spans[i] as StateSpan;
      if (span.from >= to) break;
      cut.push({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) });
    }
    return cut;
  };
}

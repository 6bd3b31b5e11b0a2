import { availabilityFigure, type Figure, measuredSince, shareFigure } from '../model/figure.ts';
import type { ComponentHistory, DayView } from '../model/overview.ts';
import { valueText } from './figures.ts';
import type { PageWords } from './words.ts';

/**
 * The availability of all days with what it rests on: "10月1日 00:02 起可用 99.99%（1,234 次测量，成功
 * 99.51%，部分受影响 3 分钟）"; of a sync the share of due invoices that arrived as promised.
 */
export function availabilityText(history: ComponentHistory, words: PageWords): string {
  const { text } = words;
  const { promise, availability, n, ok, days } = history;
  const basis = { n, window: { days: days.length }, since: measuredSince(history) };
  if (promise !== null) {
    const figure = shareFigure(promise.arrived, basis, 'nothing_due');
    if (!figure.is_known) return text('figure.nothing_due');
    const overdue = shareFigure(promise.due - promise.arrived, basis);
    return withBasis(
      text('figure.promise', {
        since: sinceText(figure, words),
        within: words.duration(promise.within_ms),
        percent: valueText(figure, words),
      }),
      [
        text('figure.invoices', { n }),
        ...(promise.due > promise.arrived
          ? [text('figure.overdue', { share: valueText(overdue, words) })]
          : []),
      ],
      words,
    );
  }
  const figure = availabilityFigure(availability, basis);
  if (!figure.is_known)
    return text(figure.why === 'excused' ? 'figure.all_excused' : 'figure.unmeasured');
  const { partial_ms } = availability;
  return withBasis(
    text('figure.available', {
      since: sinceText(figure, words),
      percent: valueText(figure, words),
    }),
    [
      text(countedKey(history), { n, share: valueText(shareFigure(ok, basis), words) }),
      ...(partial_ms > 0 ? [text('figure.partly', { duration: words.duration(partial_ms) })] : []),
    ],
    words,
  );
}

/** What was counted: measurements, events of own traffic, or both. */
function countedKey({ n, told = 0 }: ComponentHistory) {
  if (told === 0) return 'figure.runs_good';
  return told === n ? 'figure.told_good' : 'figure.runs_told_good';
}

function sinceText({ since }: Figure, words: PageWords): string {
  return since === null ? '' : words.text('figure.since', { since: words.dateTime(since) });
}

function withBasis(figure: string, basis: readonly string[], words: PageWords): string {
  const { text } = words;
  return text('figure.of', { figure, basis: basis.join(text('figure.separator')) });
}

/**
 * Where announced maintenance excuses something, the figure that does not; null elsewhere, and
 * where there is none.
 */
export function unexcusedText(
  { availability, promise, n, days }: ComponentHistory,
  words: PageWords,
): string | null {
  const { excluded_ms, raw } = availability;
  if (excluded_ms === 0 || promise !== null) return null;
  const basis = { n, window: { days: days.length }, since: null };
  const unexcused = availabilityFigure({ ...raw, excluded_ms: 0 }, basis);
  if (!unexcused.is_known) return null;
  return words.text('figure.excused', {
    excluded: words.duration(excluded_ms),
    percent: valueText(unexcused, words),
  });
}

/** What is told of a day, or of some that are alike, in a table whose columns say what it is. */
export interface DayFigures {
  down: string;
  partly: string;
  available: string;
  count: string;
  good: string;
}

/**
 * How long it was down and some users were affected; its availability, and where it differs the one
 * in which nothing is excused, of a sync the share that arrived in time; n, how many of it own
 * traffic told of, and the share of it that was good.
 */
export function dayFigures(day: DayView, is_sync: boolean, words: PageWords): DayFigures {
  const { availability, n, ok, told = 0 } = day;
  const { down_ms, partial_ms } = availability;
  const length = (ms: number) => (ms > 0 ? words.duration(ms) : words.text('bars.down_none'));
  const good = valueText(shareFigure(ok, { ...ONE_DAY, n }, 'nothing_due'), words);
  return {
    down: length(down_ms),
    partly: length(partial_ms),
    available: is_sync ? good : availableText(day, words),
    count: told === 0 ? words.number(n) : words.text('bars.with_told', { n, told }),
    good,
  };
}

const ONE_DAY = { window: { days: 1 }, since: null };

function availableText({ availability, n }: DayView, words: PageWords): string {
  const basis = { ...ONE_DAY, n };
  const figure = valueText(availabilityFigure(availability, basis), words);
  const { excluded_ms, raw } = availability;
  const unexcused = availabilityFigure({ ...raw, excluded_ms: 0 }, basis);
  if (excluded_ms === 0 || !unexcused.is_known) return figure;
  return words.text('figure.day_excused', {
    percent: figure,
    raw: valueText(unexcused, words),
  });
}

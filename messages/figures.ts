import type { RecentDelays, SyncProgress, ToldDelays } from '../model/component.ts';
import { asRange, type MeasuredDelays } from '../model/delays.ts';
import {
  type Figure,
  type FigureWindow,
  medianFigure,
  p95Figure,
  shareFigure,
} from '../model/figure.ts';
import type { ComponentView, Headline } from '../model/overview.ts';
import { DAY, HOUR } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { PageWords } from './words.ts';

/**
 * Numbers of what was measured, with what they rest on. Here and in availability.ts only, so that
 * none is told without (test/tidy/figures.test.ts).
 */

/** Delays of a component with n and window: "中位 0.32 秒，95% 在 0.81 秒内", "过去 1 小时，n = 60". */
export function delaysText(
  recent: RecentDelays,
  until: EpochMs | null,
  words: PageWords,
): { figure: string; basis: string } {
  const window = { last_ms: recent.window_ms, until };
  const basis = [
    windowText(window, words),
    words.text('figure.n', { n: recent.n }),
    ...(recent.bad > 0 ? [words.text('figure.bad', { bad: recent.bad })] : []),
  ];
  return {
    figure: quantilesText(recent, window, words),
    basis: basis.join(words.text('figure.separator')),
  };
}

/** The same of own traffic, of which nothing was measured. */
export function toldDelaysText(
  told: ToldDelays,
  until: EpochMs | null,
  words: PageWords,
): { figure: string; basis: string } {
  const { basis } = delaysText(told, until, words);
  const window = { last_ms: told.window_ms, until };
  return {
    figure: quantilesText(told, window, words, 'figure.told_few'),
    basis: [words.text('note.own_traffic'), basis].join(words.text('figure.separator')),
  };
}

/** Without n and window, which stand beside it. */
function quantilesText(
  delays: MeasuredDelays,
  window: FigureWindow,
  words: PageWords,
  too_few: 'figure.delays_few' | 'figure.told_few' = 'figure.delays_few',
): string {
  const median = medianFigure(delays, { window, since: null });
  if (!median.is_known)
    return words.text(median.why === 'too_few' ? too_few : 'figure.delays_unknown');
  const p95 = p95Figure(delays, { window, since: null });
  return p95.is_known
    ? words.text('figure.delays', { median: valueText(median, words), p95: valueText(p95, words) })
    : words.text('figure.median', { median: valueText(median, words) });
}

/** A value, or a range: "99.99%", "5 秒至 11 秒"; a dash where there is none yet. */
export function valueText(figure: Figure, words: PageWords): string {
  if (!figure.is_known) return words.text('figure.none');
  const { value, unit } = figure;
  const one = (it: number) => (unit === 'percent' ? `${it.toFixed(2)}%` : words.duration(it));
  const range = asRange(value);
  const from = one(range.from);
  if (range.to === null) return words.text('figure.above', { from });
  const to = one(range.to);
  return from === to ? from : words.text('figure.range', { from, to });
}

function windowText(window: FigureWindow, words: PageWords): string {
  const ms = 'days' in window ? window.days * DAY : window.last_ms;
  const until = 'days' in window ? null : window.until;
  const length = words.duration(ms);
  return until === null
    ? words.text('figure.window', { window: length })
    : words.text('figure.window_until', { window: length, time: words.dateTime(until) });
}

/** How many measurements were made lately, of all that is shown. */
export function runsText(recent: NonNullable<Headline['recent']>, words: PageWords): string {
  const { n, window_ms, is_current } = recent;
  const key = is_current ? 'figure.runs' : 'figure.runs_until';
  return words.text(key, { n, window: words.duration(window_ms) });
}

/** How many events of own traffic said how something went, in the same time. */
export function toldText(recent: NonNullable<Headline['recent']>, words: PageWords): string {
  const { told: n, window_ms, is_current } = recent;
  const key = is_current ? 'figure.told' : 'figure.told_until';
  return words.text(key, { n, window: words.duration(window_ms) });
}

/** Up to when invoices have arrived, and of how many that is known. */
export function watermarkText(
  sync: SyncProgress,
  measured_at: EpochMs | null,
  words: PageWords,
): { figure: string; basis: string } {
  const { watermark_at, stragglers = [], sample } = sync;
  const near = (at: EpochMs) => words.timeNear(at, measured_at ?? at);
  const figure =
    watermark_at === null
      ? words.text('figure.watermark_none')
      : words.text('figure.watermark', { time: near(watermark_at) });
  const [oldest] = stragglers;
  const basis = [
    words.text('figure.sample', { n: sample }),
    ...(oldest === undefined
      ? []
      : [words.text('figure.stragglers', { n: stragglers.length, time: near(oldest) })]),
  ];
  return { figure, basis: basis.join(words.text('figure.separator')) };
}

/** Invoices that wait, are late, arrived and were lost, in sentences. */
export function invoicesText(
  sync: SyncProgress,
  state: ComponentView['state'],
  words: PageWords,
): string {
  const { waiting, oldest_waiting_at, last_arrival_at, lost } = sync;
  const sentences = [
    ...(oldest_waiting_at === null
      ? []
      : [
          words.text('figure.waiting', {
            n: waiting,
            time: words.timeNear(oldest_waiting_at, last_arrival_at ?? oldest_waiting_at),
          }),
        ]),
    // While nobody knows what has arrived, it is not said that none waits, nor that some are late.
    ...(waiting === 0 && state !== 'unknown' ? [words.text('figure.none_waiting')] : []),
    ...(state === 'unknown' ? [] : youngText(sync, words)),
    ...invoiceDelaysText(sync, words),
    ...(lost > 0 ? [words.text('figure.lost', { n: lost })] : []),
  ];
  return sentences.join(words.text('sentence.separator'));
}

/** Of those that are not due yet, the share that is late by what is usual. */
function youngText({ young }: SyncProgress, words: PageWords): string[] {
  if (!young || young.overdue === 0) return [];
  const { n, overdue, limit_ms } = young;
  const basis = { n, window: { last_ms: DAY, until: null }, since: null };
  const share = valueText(shareFigure(overdue, basis), words);
  return [words.text('figure.young', { n, share, limit: words.duration(limit_ms) })];
}

/** Of those accepted lately: ranges, as some still wait and looks are apart. */
function invoiceDelaysText({ delays }: SyncProgress, words: PageWords): string[] {
  if (delays === undefined || delays.n === 0) return [];
  const last_ms = delays.over_ms ?? HOUR;
  const basis = { window: { last_ms, until: null }, since: null };
  const window = words.duration(last_ms);
  const median = medianFigure(delays, basis);
  if (!median.is_known) return [words.text('figure.accepted', { n: delays.n, window })];
  const p95 = p95Figure(delays, basis);
  const known = { n: delays.n, window, median: valueText(median, words) };
  return [
    p95.is_known
      ? words.text('figure.invoice_delays', { ...known, p95: valueText(p95, words) })
      : words.text('figure.invoice_median', known),
  ];
}

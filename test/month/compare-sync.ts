import { saidNumber, saidTime, TIME } from './claims/said-times.ts';
import { readSync, type SyncState, type SyncThen } from './oracle/sync.ts';
import type { Read } from './reader.ts';
import { MINUTE_MS } from './site.ts';
import { type LivedSyncMonth, SYNC } from './sync-month.ts';

/** How a sync is told to be, read by hand from docs/sentences.md. */
const STATES: Record<string, SyncState> = {
  正常: 'operational',
  停滞: 'stalled',
  积压补齐中: 'catching_up',
  部分发票未到: 'part_lost',
};

const WATERMARK = new RegExp(
  [
    `^已同步到 (?<to>${TIME})`,
    String.raw` · 抽样 (?<n>[\d,]+) 张`,
    '，24 小时内',
    '(?:，',
    String.raw`另有 (?<missing>[\d,]+) 张未到`,
    '，',
    `最早的 (?<oldest>${TIME}) `,
    '受理',
    ')?$',
  ].join(''),
);
const WAITING = new RegExp(
  [String.raw`^(?<n>[\d,]+) 张还在等待`, '，', `最早的一张 (?<oldest>${TIME}) 受理。`].join(''),
);

/** Where the page tells another sync than the oracle, by what was looked for by then. */
export function wrongSync(month: LivedSyncMonth): { told: SyncState[]; wrong: string[] } {
  const then = readSync(
    month,
    month.reads.map(({ at }) => at),
  );
  const told: SyncState[] = [];
  const wrong = month.reads.flatMap((read) => {
    // Looks of the very instant may be answered before or after.
    const before = then.findLast(({ at }) => at < read.at) ?? [];
    const of_late = then
      .filter(({ at }) => at > read.at - MINUTE_MS && at <= read.at)
      .concat(before);
    const texts = read.texts
      .filter(({ place, component }) => place === 'front page' && component === SYNC)
      .map(({ text }) => text);
    const state = texts.flatMap((it) => STATES[it] ?? [])[0] ?? 'unknown';
    told.push(state);
    const is_away = month.away.some(({ from, to }) => read.at >= from && read.at < to + MINUTE_MS);
    const states = of_late.map((it) => it.state);
    const is_right = states.includes(state) || (is_away && state === 'unknown');
    return [
      ...(is_right ? [] : [`${state}, not ${[...new Set(states)]}`]),
      ...texts.flatMap((text) => [
        ...wrongWatermark(text, of_late, read),
        ...wrongWaiting(text, of_late, read),
      ]),
    ].map((it) => `${new Date(read.at).toISOString()}: ${it}`);
  });
  return { told, wrong };
}

/** SYNC-6: never beyond an invoice that waits and is not named, nor beyond now. */
function wrongWatermark(text: string, of_late: readonly SyncThen[], { at }: Read): string[] {
  const { to, n, missing = '0', oldest } = WATERMARK.exec(text)?.groups ?? {};
  if (to === undefined || n === undefined) return text.startsWith('已同步到') ? [text] : [];
  const told = saidTime(to, at);
  const named = saidNumber(missing);
  const is_so = of_late.some((it) => {
    const before = it.waiting.filter((one) => one < told.from);
    const named_at = oldest === undefined ? null : saidTime(oldest, at);
    const [first = 0] = it.waiting;
    const is_named = named_at === null || (first >= named_at.from && first < named_at.to);
    return before.length <= named && is_named && it.n === saidNumber(n);
  });
  const most_named = Math.max(1, saidNumber(n) / 100);
  return is_so && told.from <= at && named <= most_named ? [] : [text];
}

function wrongWaiting(text: string, of_late: readonly SyncThen[], { at }: Read): string[] {
  if (text.startsWith('没有在等待的发票'))
    return of_late.some(({ waiting }) => waiting.length === 0) ? [] : [text];
  const { n, oldest } = WAITING.exec(text)?.groups ?? {};
  if (n === undefined || oldest === undefined) return [];
  const told = saidTime(oldest, at);
  const is_so = of_late.some(({ waiting }) => {
    const [first = 0] = waiting;
    return waiting.length === saidNumber(n) && first >= told.from && first < told.to;
  });
  return is_so ? [] : [text];
}

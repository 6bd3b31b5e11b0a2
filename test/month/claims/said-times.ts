import type { Stretch } from '../oracle/facts.ts';

/** Any of these, as a pattern. */
export function anyOf(...patterns: readonly string[]): string {
  return `(?:${patterns.join('|')})`;
}

function maybe(pattern: string): string {
  return `(?:${pattern})?`;
}

/** Times and lengths as they are written in Chinese, read by hand. */
export const CLOCK = String.raw`\d\d:\d\d(?::\d\d)?`;
const YEAR_OF_DAY = String.raw`\d\d\d\d年`;
const ONE_OR_TWO_DIGITS = String.raw`\d\d?`;
const MONTH_AND_DAY = `${ONE_OR_TWO_DIGITS}月${ONE_OR_TWO_DIGITS}日`;
export const DAY = maybe(YEAR_OF_DAY) + MONTH_AND_DAY;
const WEEKDAY = anyOf('周一', '周二', '周三', '周四', '周五', '周六', '周日');
export const TIME = maybe(`${DAY + maybe(WEEKDAY)} `) + CLOCK;
export const NUMBER = String.raw`\d[\d.]*`;
const LARGE = anyOf('天', '小时', '分钟', '分', '秒');
const SMALL = anyOf('小时', '分钟', '秒');
export const ONE_LENGTH = `${NUMBER} ${LARGE}${maybe(String.raw` \d+ ${SMALL}`)}`;
const UNSEEN = maybe(' · 结束未观察到');
export const IN_PARTS_LENGTH = [`共 ${ONE_LENGTH}`, String.raw`分 \d+ 段`].join('\uff0c') + UNSEEN;
export const LENGTH = anyOf(IN_PARTS_LENGTH, ONE_LENGTH + UNSEEN);

const HOUR_MS = 3_600_000;
const CHINA_MS = 8 * HOUR_MS;
const YEAR = 2026;

const [GROUP, YEAR_GROUP] = [String.raw`(\d\d?)`, String.raw`(\d\d\d\d)`];
const SAID_DAY = `${maybe(`${YEAR_GROUP}年`)}${GROUP}月${GROUP}日`;
const SAID_CLOCK = String.raw`(\d\d):(\d\d)(?::(\d\d))?`;
const SAID = new RegExp(`^${maybe(`${SAID_DAY + maybe(WEEKDAY)} `)}${SAID_CLOCK}$`);

/**
 * The minute or second that is meant; `near`: an instant of the day whose time is told without its
 * day.
 */
export function saidTime(text: string, near: number): Stretch {
  const [, year, month, day, hour, minute, second] = SAID.exec(text) ?? [];
  if (hour === undefined || minute === undefined) throw new Error(`no time: ${text}`);
  const today = new Date(near + CHINA_MS);
  const midnight =
    month === undefined
      ? Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate())
      : Date.UTC(Number(year ?? YEAR), Number(month) - 1, Number(day));
  const s = Number(hour) * 3_600 + Number(minute) * 60 + Number(second ?? 0);
  const from = midnight + s * 1_000 - CHINA_MS;
  return { from, to: from + (second === undefined ? 60_000 : 1_000) };
}

const UNITS: Record<string, number> = {
  天: 24 * HOUR_MS,
  小时: HOUR_MS,
  分钟: 60_000,
  分: 60_000,
  秒: 1_000,
};

const SAID_LENGTH = new RegExp(`(${NUMBER}) (${LARGE})`, 'g');

/** A length in ms. */
export function saidLength(text: string): number {
  return [...text.matchAll(SAID_LENGTH)].reduce(
    (ms, [, n, unit]) => ms + Number(n) * (UNITS[unit ?? ''] ?? Number.NaN),
    0,
  );
}

export function saidNumber(text: string): number {
  return Number(text.replaceAll(',', ''));
}

import { createWords } from '../../../messages/catalogue.ts';
import type { Words } from '../../../messages/index.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import { type EpochMs, LOCALES, type Locale, type Localized } from '../../../model/vocabulary.ts';

/** What a message is filled with at one of its edges. */
export interface Setting {
  words: Words;
  n: number;
  ms: number;
  at: EpochMs;
  /** What of a closed set is filled in. */
  pick<Choice>(choices: readonly Choice[]): Choice;
  /** A name in the language of the reader; in another alone; none, but an id. */
  name(text: Localized, id: string): string;
}

/** 14:32 in China, when the page is read. */
const NOW = Date.parse('2026-11-21T06:32:04Z');
const COUNTS = [1, 0, 2, 1_234_567];
const LENGTHS = [
  96 * SECOND,
  0,
  0.3 * SECOND,
  59 * SECOND,
  MINUTE,
  3 * HOUR + 10 * MINUTE,
  400 * DAY,
];
const MOMENTS = [
  // Just now, a year ago, next year; in another zone, with and without summer time.
  { zone: 'Asia/Shanghai', at: NOW - 4 * SECOND },
  { zone: 'Asia/Shanghai', at: Date.parse('2025-11-21T06:32:04Z') },
  { zone: 'Asia/Shanghai', at: Date.parse('2027-01-02T06:32:04Z') },
  { zone: 'Europe/Berlin', at: Date.parse('2026-07-21T06:32:04Z') },
  { zone: 'Europe/Berlin', at: Date.parse('2026-11-20T06:32:04Z') },
];
const ZONES = [...new Set(MOMENTS.map(({ zone }) => zone))];

/** Ways in which the edges of parameters come together, each edge several times. */
export function settingsOf(locale: Locale, in_full: boolean): Setting[] {
  const words = new Map(
    ZONES.map((zone) => [zone, createWords({ locale, zone, now: () => NOW, in_full })]),
  );
  return Array.from({ length: COUNTS.length * LENGTHS.length }, (_, i) => {
    const pick = <Choice>(choices: readonly Choice[]) => choices[i % choices.length] as Choice;
    const { zone, at } = pick(MOMENTS);
    const its_words = words.get(zone) as Words;
    const name = (text: Localized, id: string) =>
      pick([its_words.name(text), its_words.name(elsewhere(text, locale)), id]);
    return { words: its_words, n: pick(COUNTS), ms: pick(LENGTHS), at, pick, name };
  });
}

/** The text in the other languages alone, as it is when a language is added later. */
function elsewhere(text: Localized, locale: Locale): Localized {
  const others = LOCALES.filter((it) => it !== locale).map((it) => [it, text[it]]);
  return Object.fromEntries(others) as Localized;
}

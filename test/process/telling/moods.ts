import { shuffled } from '../../random.ts';

/** What a receiver does to whom it is spoken to by, for a while. */
export interface MoodSpan<Mood extends string> {
  mood: Mood;
  from: number;
}

export interface Moods<Mood extends string> {
  now(): Mood;
  /** Every turn so far, in order. */
  spans: readonly MoodSpan<Mood>[];
  /** From now on it is well. */
  calm(): void;
}

interface MoodsParts<Mood extends string> {
  ill: readonly Mood[];
  random: () => number;
  /** Between these, each time. */
  turn_ms: readonly [number, number];
}

/** Each illness has its turn before any comes again, and a time of being well comes after each. */
export function takeTurns<Mood extends string>(parts: MoodsParts<Mood>): Moods<Mood | 'well'> {
  const { ill, random, turn_ms } = parts;
  const [least_ms, most_ms] = turn_ms;
  const spans: MoodSpan<Mood | 'well'>[] = [{ mood: 'well', from: Date.now() }];
  let waiting: Mood[] = [];
  let timer = setTimeout(turn, lengthOf());

  function lengthOf(): number {
    return least_ms + random() * (most_ms - least_ms);
  }

  function now(): Mood | 'well' {
    return spans.at(-1)?.mood ?? 'well';
  }

  function turn(): void {
    if (waiting.length === 0) waiting = shuffled(ill, random);
    const mood = now() === 'well' ? (waiting.shift() ?? 'well') : 'well';
    spans.push({ mood, from: Date.now() });
    timer = setTimeout(turn, lengthOf());
  }

  return {
    now,
    spans,
    calm() {
      clearTimeout(timer);
      if (now() !== 'well') spans.push({ mood: 'well', from: Date.now() });
    },
  };
}

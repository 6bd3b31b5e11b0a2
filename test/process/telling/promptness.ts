import type { MoodSpan } from './moods.ts';
import type { Got, WrittenMatter } from './told.ts';

/** How soon mails of outages were handed over while nothing was broken for their receivers. */

export interface PromptnessParts {
  written: readonly WrittenMatter[];
  /** By the mail server. */
  got: readonly Got[];
  moods: readonly MoodSpan<string>[];
  /** From an injury until the notifier answered again. */
  troubles: readonly { from: number; to: number }[];
  readers: readonly string[];
}

/** How long a mail may take, in which nothing may be broken. */
const WITHIN_MS = 2_000;

export interface HandedOver {
  what: string;
  after_ms: number;
}

/** After anything that was broken, not before the server has taken a reader's mail again. */
export function handedOverWhileWell(parts: PromptnessParts): HandedOver[] {
  const { written, got, moods, readers } = parts;
  const taken = got.filter(({ who, answer }) => answer === 'taken' && readers.includes(who));
  const broken = [...parts.troubles, ...illness(moods)];
  const isWell = (at: number) => {
    const before = broken.filter(({ from }) => from <= at + WITHIN_MS);
    const ended = Math.max(0, ...before.map(({ to }) => to));
    return ended < at && taken.some((it) => it.at > ended && it.at < at);
  };
  return written
    .filter(({ subject }) => subject === 'incident')
    .flatMap(({ ref, notices: [opened] }) => {
      if (opened === undefined || !isWell(opened.at)) return [];
      return readers.map((who) => {
        const first = got.find((it) => it.who === who && it.tells.some((told) => told.ref === ref));
        const after_ms = first === undefined ? Number.POSITIVE_INFINITY : first.at - opened.at;
        return { what: `${ref} to ${who}, written ${new Date(opened.at).toISOString()}`, after_ms };
      });
    });
}

function illness(moods: readonly MoodSpan<string>[]): { from: number; to: number }[] {
  return moods.flatMap(({ mood, from }, n) =>
    mood === 'well' ? [] : [{ from, to: moods[n + 1]?.from ?? Number.POSITIVE_INFINITY }],
  );
}

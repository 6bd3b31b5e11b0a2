import { type Ailment, ailmentOf } from '../model/ailment.ts';
import { isAside, type Note } from '../model/component.ts';
import type { ComponentView } from '../model/overview.ts';
import { isOutage } from '../model/severity.ts';
import { noteSentence, whyNotJudged } from './notes.ts';
import type { PageWords } from './words.ts';

/** What sentences on a component's state are made from. */
export type Explained = Pick<ComponentView, 'state' | 'notes' | 'names' | 'measured_at'>;

/**
 * Why a component is in its state, as whole sentences. Where nothing can be said, also when the
 * last measurement was made that allowed a verdict. What is merely odd is left out.
 */
export function whySentences(view: Explained, words: PageWords): string[] {
  const why = view.notes.filter((note) => !isAside(note));
  const sentences = why.map((note) => noteSentence(note, words, view.names));
  if (view.state !== 'unknown' || view.measured_at === null) return sentences;
  return why.some(({ code }) => code === 'not_judged')
    ? [...sentences, words.text('note.last_judged', { time: words.dateTime(view.measured_at) })]
    : sentences;
}

/** The same in short: the first reason, and that it may be our own line. */
export function mainSentences(view: Explained, words: PageWords): string[] {
  const [first, ...more] = view.notes.filter((note) => !isAside(note));
  const suspicion = more.filter(({ code }) => code === 'maybe_our_line');
  const told = first === undefined ? suspicion : [first, ...suspicion];
  return told.map((note) => noteSentence(note, words, view.names));
}

/**
 * The state by name, of a disturbed one how it is: "停滞"; an unknown one with its reason in a few
 * words: 未知：被限流.
 */
export function stateName(
  { state, notes }: Pick<Explained, 'state' | 'notes'>,
  words: PageWords,
): string {
  const why = state === 'unknown' ? unknownReason(notes, words) : null;
  if (why !== null) return words.text('state.unknown_because', { why });
  const ailment = ailmentOf({ state, notes });
  return ailment === null
    ? words.text(`state.${state}`)
    : ailmentName(ailment, { state, notes }, words);
}

/** How something is disturbed, and that it may be our own line: 中断（可能是本机线路） */
export function ailmentName(
  ailment: Ailment,
  view: Pick<Explained, 'state' | 'notes'>,
  words: PageWords,
): string {
  const maybe_our_line = isMaybeOurLine(view);
  return claimText(words.text(`ailment.${ailment}`), { maybe_our_line }, words);
}

/** In a few words why nothing can be said; null when no measurement came. */
export function unknownReason(notes: readonly Note[], words: PageWords): string | null {
  for (const note of notes) {
    if (note.code === 'not_judged') return whyNotJudged(note, words);
    if (note.code === 'gap' && note.cause) return words.text(`gap.${note.cause}`);
  }
  return null;
}

/** Whether nothing proves that an outage is not of our line; other states are not limited by it. */
export function isMaybeOurLine({ state, notes }: Pick<Explained, 'state' | 'notes'>): boolean {
  return isOutage(state) && notes.some(({ code }) => code === 'maybe_our_line');
}

/** What limits a claim. */
export interface Caveats {
  maybe_our_line: boolean;
  /** Display name of the only line that it was seen from. */
  seen_from?: string | null;
}

/** A claim with what limits it: 下载中断（可能是本机线路）（从电信测）. */
export function claimText(
  claim: string,
  { maybe_our_line, seen_from = null }: Caveats,
  words: PageWords,
): string {
  const limited = maybe_our_line ? words.text('claim.maybe_our_line', { claim }) : claim;
  return seen_from === null
    ? limited
    : words.text('claim.seen_from', { claim: limited, line: seen_from });
}

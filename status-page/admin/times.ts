import type { Words } from '../../messages/index.ts';
import { readLocalTime, toLocalTime } from '../../model/local-time.ts';
import type { TimeField } from '../../model/maintenance/plan.ts';
import type { MaintenanceProblem } from '../../model/maintenance/problems.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { offsetMs, offsetText } from '../../model/zone.ts';

/** A local time as entered. */
export interface TypedTime {
  /** As of an `<input type="datetime-local">`. */
  text: string;
  /** UTC offset in seconds, which says which one is meant where clocks show it twice; or empty. */
  offset: string;
}

export const NO_TIME: TypedTime = { text: '', offset: '' };

/** A stored time as its form shows it: to the minute. */
export function typedTime(zone: string, at: EpochMs): TypedTime {
  return { text: toLocalTime(zone, at), offset: offsetValue(zone, at) };
}

/**
 * The instant of a time as entered. One that still shows what is stored is exactly that, to the
 * millisecond; others are NaN when they do not exist or it was not said which of two is meant.
 */
export function instantOf(zone: string, typed: TypedTime, stored: EpochMs | null): EpochMs {
  if (stored !== null && isShownAs(zone, typed, stored)) return stored;
  const read = readLocalTime(zone, typed.text);
  if (read.is === 'once') return read.at;
  const times = read.is === 'repeated' ? read.times : [];
  return times.find((at) => offsetValue(zone, at) === typed.offset) ?? Number.NaN;
}

function isShownAs(zone: string, { text, offset }: TypedTime, stored: EpochMs): boolean {
  return text === toLocalTime(zone, stored) && ['', offsetValue(zone, stored)].includes(offset);
}

/** Why an entered time has no instant, if it can be told better than that it is none. */
export function timeProblem(
  zone: string,
  field: TimeField,
  { text }: TypedTime,
): MaintenanceProblem | null {
  const read = readLocalTime(zone, text);
  if (read.is === 'repeated') return { field, code: 'repeated_time' };
  if (read.is !== 'skipped') return null;
  return { field, code: 'skipped_time', before: read.before, after: read.after };
}

/** The instants of a local time that clocks show twice, earliest first; empty for others. */
export function occurrencesOf(zone: string, text: string): { at: EpochMs; offset: string }[] {
  const read = readLocalTime(zone, text);
  const times = read.is === 'repeated' ? read.times : [];
  return times.map((at) => ({ at, offset: offsetValue(zone, at) }));
}

function offsetValue(zone: string, at: EpochMs): string {
  return String(offsetMs(zone, at) / SECOND);
}

/** Local time as in form fields, with its offset where clocks show it twice. */
export function fieldTimeText(zone: string, at: EpochMs, words: Words): string {
  const text = toLocalTime(zone, at).replace('T', ' ');
  return withOffset(text, { zone, at, words });
}

/** An appointment, with its second if that is not 0, and its offset where clocks show it twice. */
export function exactTimeText(zone: string, at: EpochMs, words: Words): string {
  const text = at % MINUTE === 0 ? words.appointment(at) : words.dateTimeSeconds(at);
  return withOffset(text, { zone, at, words });
}

function withOffset(
  text: string,
  { zone, at, words }: { zone: string; at: EpochMs; words: Words },
): string {
  if (readLocalTime(zone, toLocalTime(zone, at)).is !== 'repeated') return text;
  return words.text('text.with_aside', { text, aside: offsetText(zone, at) });
}

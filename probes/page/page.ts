import { setImmediate as nextTurn } from 'node:timers/promises';
import { destinationOf, type PageDestination } from './destination.ts';
import { kindOf, type PageKind } from './kind.ts';
import { type Reading, startReading } from './reading.ts';
import { isScripted } from './scripted.ts';
import { MAX_TEXT } from './visible-text.ts';

/** An answer as a person sees it. */
export interface Page {
  kind: PageKind;
  /** '' when it has none. */
  title: string;
  /** No title that follows can be the page's. */
  title_is_read: boolean;
  /** What is shown, lines separated by "\n"; '' of a file. */
  text: string;
  /** The number of elements, without html, head and body. */
  elements: number;
  /** A field to type in. */
  has_field: boolean;
  /** What it shows is in frames, which are pages of their own. */
  is_framed: boolean;
  /** Where it sends its reader; null: nowhere. */
  destination: PageDestination | null;
  /** Scripts may make what a person sees. */
  is_scripted: boolean;
  source: string;
  /** False if the end was not read: there may be more than is here. */
  whole: boolean;
}

export interface PageSource {
  text: string;
  media_type: string | null;
  body: Buffer;
}

/** Reads on the thread of other measurements, so it lets them have it after so many slices. */
const SLICES_AT_ONCE = 2;

/** A notice is not longer: more of the source is not read. */
const NOTICE_SOURCE = 65_536;

/** What was seen of a page so far. */
export type Seen = Pick<Page, 'title' | 'text'>;

/** The page in an answer. Once enough of it was seen, the rest is not read. */
export async function readPage(
  { text, media_type, body }: PageSource,
  isEnough: (seen: Seen) => boolean,
): Promise<Page> {
  const kind = kindOf(media_type, body);
  if (kind === 'file' || kind === 'text') return plainPage(kind, text);
  const reading = startReading(text, kind);
  const seesEnough = () => isEnough({ title: reading.title() ?? '', text: reading.text() });
  await inTurns(reading.slices('title'), () => false);
  if (!seesEnough()) await inTurns(reading.slices('end'), seesEnough);
  return pageOf(kind, reading, text);
}

/** The beginning of a page, read at once: for a notice where something else was expected. */
export function readNotice({ text, media_type, body }: PageSource): Page {
  const kind = kindOf(media_type, body);
  const start = text.slice(0, NOTICE_SOURCE);
  if (kind === 'file' || kind === 'text') return plainPage(kind, start);
  const reading = startReading(start, kind);
  for (const _ of reading.slices('end'));
  return pageOf(kind, reading, text);
}

/** Looks after the second slice, the fourth, the eighth …, so that all looks take but its time. */
async function inTurns(slices: Generator<void>, seesEnough: () => boolean): Promise<void> {
  let n = 0;
  let look_at = SLICES_AT_ONCE;
  for (const _ of slices) {
    n += 1;
    if (n % SLICES_AT_ONCE === 0) await nextTurn();
    if (n < look_at) continue;
    if (seesEnough()) return;
    look_at *= 2;
  }
}

function pageOf(kind: PageKind, reading: Reading, source: string): Page {
  const text = reading.text();
  return {
    kind,
    title: reading.title() ?? '',
    title_is_read: reading.title() !== null,
    text,
    elements: reading.elements(),
    has_field: hasField(reading),
    is_framed: text === '' && FRAMES.some((it) => reading.all(it).length > 0),
    destination: destinationOf(reading, text),
    is_scripted: isScripted(reading, text),
    source,
    whole: reading.whole() && text.length < MAX_TEXT,
  };
}

/** Of a text nothing is hidden, and of a file nothing is text. */
function plainPage(kind: PageKind, source: string): Page {
  return {
    kind,
    title: '',
    title_is_read: true,
    text: kind === 'text' ? source.trim().slice(0, MAX_TEXT) : '',
    elements: 0,
    has_field: false,
    is_framed: false,
    destination: null,
    is_scripted: false,
    source,
    whole: kind === 'file' || source.trim().length <= MAX_TEXT,
  };
}

const FRAMES = ['frame', 'iframe'];

/** Types of <input> in which nothing is typed. */
const NOT_TYPED = /^(hidden|submit|button|image|reset|checkbox|radio)$/i;

function hasField(reading: Reading): boolean {
  const inputs = reading.all('input').filter((it) => !NOT_TYPED.test(it.attributes.type ?? 'text'));
  return inputs.length > 0 || reading.all('textarea').length > 0;
}

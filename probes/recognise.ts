import { NUMBERS } from '../model/numbers.ts';
import { type Attempt, failed, succeeded, unexpected } from './exchange/failure.ts';
import {
  characters,
  type Expected,
  expectsAnything,
  missing,
  missingTitle,
  showsAbsent,
} from './page/expected.ts';
import type { Page } from './page/page.ts';
import { type Said, textMentions, textSays, titleNames, titleSays } from './page/says.ts';
import { asksForCookie, hasChallenge } from './page/words/checks.ts';
import { pathNamesMaintenance } from './page/words/maintenance.ts';

/** How much is known of a page that is well: it is the expected one, or something answered. */
export type Recognised = 'expected' | 'answered';

/** A page, where it was found, and what is expected of it. */
export interface Recognisable {
  page: Page;
  expected: Expected;
  /** The path after all redirects, if it is another than the configured one; null: the same. */
  led_to: string | null;
  /** The whole answer was received. */
  complete: boolean;
  /** A status other than 200 was expected and came: such answers may be empty. */
  status_expected: boolean;
}

/**
 * Whether a page is well: something on it was recognised. Not well are an empty one, one that lacks
 * what is expected, and one that says itself that it is under maintenance, an error or a check of
 * its visitor: in its title, in the path it led to, or in a short text in place of what is
 * expected. A long text may mention all of this.
 */
export function recognise(it: Recognisable): Attempt<Recognised> {
  const { page, expected } = it;
  const said = ofExpected(titleSays(page.title), it);
  if (said !== null) return saying(said, 'in its title');
  const lack = missing(expected, page);
  if (showsAbsent(expected, page)) {
    return inPlace(it) ?? unexpected('the page shows what must not be there');
  }
  if (!expectsAnything(expected)) return unexpectedly(it);
  if (lack === null) return succeeded('expected');
  if (mayFollow(it)) return succeeded('answered');
  return inPlace(it) ?? (page.is_scripted ? scripted() : nothing(page, lack));
}

/** Whether what is missing may be in what was not read; a title that was read is one. */
function mayFollow({ page, complete, expected }: Recognisable): boolean {
  const has_another_title = page.title_is_read && missingTitle(expected, page);
  const is_partly_read = !page.whole || !complete || page.is_framed;
  return is_partly_read && !has_another_title;
}

/** What a page says, but for an error document where its status was expected. */
function ofExpected(said: Said | null, { status_expected }: Recognisable): Said | null {
  return said === 'error' && status_expected ? null : said;
}

/** What a person sees is made by scripts, and they are not run here. */
function scripted() {
  return failed('unreadable', 'needs_script', 'what is expected may come by a script');
}

/** A page of which nothing is expected: it answers, unless it says otherwise or has nothing. */
function unexpectedly(it: Recognisable): Attempt<Recognised> {
  const { page, led_to, status_expected } = it;
  const short = !page.has_field && isShort(page);
  if (short) {
    const said = ofExpected(textSays(page.text), it);
    if (said !== null) return saying(said, 'in its text');
    const named = ofExpected(titleNames(page.title), it);
    if (named !== null) return saying(named, 'in its title');
    if (led_to !== null && pathNamesMaintenance(led_to))
      return saying('maintenance', 'in its path');
    if (isChallenge(page)) return saying('blocked', 'in its script');
  }
  if (page.elements === 0 && page.kind !== 'file' && !status_expected) {
    return nothing(page, 'the answer is not a page, and nothing is expected of it');
  }
  return succeeded('answered');
}

/** What a page says that lacks what is expected; null: nothing that we know. */
function inPlace({ page, led_to }: Recognisable): ReturnType<typeof failed> | null {
  const named = titleNames(page.title);
  if (named !== null) return saying(named, 'in its title');
  if (led_to !== null && pathNamesMaintenance(led_to)) return saying('maintenance', 'in its path');
  if (!isShort(page)) return null;
  const said = textMentions(page.text) ?? (isChallenge(page) ? 'blocked' : null);
  return said === null ? null : saying(said, 'in its text');
}

function isShort({ text, whole }: Page): boolean {
  return whole && characters(text) <= NUMBERS.page.notice_characters;
}

/** A page with nothing but the script that tries a browser. */
function isChallenge({ source, elements, text }: Page): boolean {
  if (elements > CHALLENGE_ELEMENTS || text.length > CHALLENGE_TEXT) return false;
  return hasChallenge(source) || (text === '' && asksForCookie(source));
}

const CHALLENGE_ELEMENTS = 20;
const CHALLENGE_TEXT = 200;

function nothing({ kind, elements, text }: Page, detail: string) {
  const is_empty = text === '' && elements === 0 && kind !== 'file';
  return is_empty
    ? failed('system', 'empty_page', 'the page is empty')
    : failed('system', 'not_recognised', detail);
}

function saying(said: Said, where: string) {
  switch (said) {
    case 'maintenance':
      return failed('maintenance', 'says_maintenance', `the page says so ${where}`);
    case 'blocked':
      return failed('throttled', 'blocked', `the page checks its visitor ${where}`);
    case 'error':
      return failed('system', 'error_page', `the page says so ${where}`);
  }
}

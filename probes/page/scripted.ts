import type { Reading } from './reading.ts';

/** A shell says no more than that it is loading. */
const SHELL_CHARACTERS = 30;
/** Data in a script element, which nobody runs. */
const DATA = /json|template|text\/(?!javascript)/i;
const WRITES = /\bdocument\.(?:title\s*=|write(?:ln)?\s*\()/;
const ACTS = /\bdocument\b|^\s*import\b/;

/**
 * Whether scripts may make what a person sees: there is next to nothing without them, or one of
 * them writes the title or the page.
 */
export function isScripted(reading: Reading, text: string): boolean {
  const scripts = reading.all('script').filter((it) => !DATA.test(it.attributes.type ?? ''));
  if (scripts.some((script) => WRITES.test(script.text))) return true;
  if (text.length > SHELL_CHARACTERS) return false;
  const on_load = reading.all('body').some((it) => it.attributes.onload !== undefined);
  return on_load || scripts.some((it) => it.attributes.src !== undefined || ACTS.test(it.text));
}

import type { Reading } from './reading.ts';

/** A browser waits so long before it goes on; on a page that waits longer there is something. */
const MAX_WAIT_S = 3;
/** A script that does more than that is a program, not a signpost. */
const MAX_SCRIPT_CHARACTERS = 500;

/** Of the content of a refresh so much is looked at: an address is not longer. */
const MAX_CONTENT = 2_000;

const GOES =
  /\blocation(?:\.href)?\s*(?:=|\.(?:replace|assign)\s*\()\s*(["'])([^"'\s]{1,1000})\1\s*\)?/g;

/**
 * Where a page sends its reader at once: by <meta http-equiv="refresh">, or, where there is nothing
 * to see, by a short script with one address in it. null: nowhere.
 */
export function destinationOf(reading: Reading, text: string): string | null {
  const refresh = reading
    .all('meta')
    .find((it) => it.attributes['http-equiv']?.trim().toLowerCase() === 'refresh');
  const by_refresh = refresh && refreshAddress(refresh.attributes.content ?? '');
  if (by_refresh || text !== '') return by_refresh ?? null;
  const scripts = scriptsOf(reading);
  const short = scripts.filter((it) => it.length <= MAX_SCRIPT_CHARACTERS);
  const found = short.flatMap((it) => [...it.matchAll(GOES)].map((match) => match[2] ?? ''));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The texts of scripts that run when the page is there. */
function scriptsOf(reading: Reading): string[] {
  const on_load = reading.all('body').map((it) => it.attributes.onload ?? '');
  return [...reading.all('script').map((it) => it.text), ...on_load];
}

/** The address in `0; url=/login`, as the HTML standard reads it; null where it is far off. */
export function refreshAddress(content: string): string | null {
  const found = /^\s*(\d*)[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?(.+)$/is.exec(
    content.slice(0, MAX_CONTENT),
  );
  if (found === null || Number(found[1]) > MAX_WAIT_S) return null;
  const address = (found[2] ?? '').trim();
  const quote = address[0];
  if (quote !== '"' && quote !== "'") return address;
  return address.slice(1).split(quote)[0] ?? null;
}

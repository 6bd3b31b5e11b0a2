import type { Reading } from './reading.ts';

/** Where a page sends its reader. */
export interface PageDestination {
  address: string;
  /** Hardly anyone reads it first. */
  at_once: boolean;
}

const AT_ONCE_S = 3;
/** Nobody waits longer to be led on. */
const MAX_WAIT_S = 10;
/** A script that does more than that is a program, not a signpost. */
const MAX_SCRIPT_CHARACTERS = 500;

/** Of the content of a refresh so much is looked at: an address is not longer. */
const MAX_CONTENT = 2_000;

const GOES =
  /\blocation(?:\.href)?\s*(?:=|\.(?:replace|assign)\s*\()\s*(["'])([^"'\s]{1,1000})\1\s*\)?/g;

/**
 * Where a page sends its reader: by <meta http-equiv="refresh">, or, where there is nothing to see,
 * by a short script with one address in it. null: nowhere.
 */
export function destinationOf(reading: Reading, text: string): PageDestination | null {
  const refresh = reading
    .all('meta')
    .find((it) => it.attributes['http-equiv']?.trim().toLowerCase() === 'refresh');
  const by_refresh = refresh && refreshOf(refresh.attributes.content ?? '');
  if (by_refresh || text !== '') return by_refresh ?? null;
  const scripts = scriptsOf(reading);
  const short = scripts.filter((it) => it.length <= MAX_SCRIPT_CHARACTERS);
  const found = short.flatMap((it) => [...it.matchAll(GOES)].map((match) => match[2] ?? ''));
  const [address] = found;
  return found.length === 1 && address ? { address, at_once: true } : null;
}

/** The texts of scripts that run when the page is there. */
function scriptsOf(reading: Reading): string[] {
  const on_load = reading.all('body').map((it) => it.attributes.onload ?? '');
  return [...reading.all('script').map((it) => it.text), ...on_load];
}

/** Where `5; url=/login` sends a reader, as the HTML standard reads it; null: nowhere, or late. */
export function refreshOf(content: string): PageDestination | null {
  const found = /^\s*(\d*)[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?(.+)$/is.exec(
    content.slice(0, MAX_CONTENT),
  );
  const wait_s = Number(found?.[1]);
  if (found === null || wait_s > MAX_WAIT_S) return null;
  const written = (found[2] ?? '').trim();
  const quote = written[0];
  const address = quote === '"' || quote === "'" ? written.slice(1).split(quote)[0] : written;
  return address ? { address, at_once: wait_s <= AT_ONCE_S } : null;
}

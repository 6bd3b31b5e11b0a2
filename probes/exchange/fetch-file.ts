import { dial, type Way } from './connection/dial.ts';
import { ask } from './http/ask.ts';
import { headerValues } from './http/header-lines.ts';
import type { WireAnswer } from './http/read-answer.ts';
import { isRedirect, redirectTarget } from './redirect.ts';
import type { FetchFile } from './tls/issuers.ts';

/** A certificate has 1 to 2 kB, a bundle of them 10. */
const MAX_FILE_BYTES = 64 * 1024;
const MOST_REDIRECTS = 3;
/** Browsers do not wait for an authority for ever, and the deadline of the run is needed too. */
const PATIENCE_MS = 5_000;

/** Fetches files of authorities over plain HTTP by this way, with these headers; null: none. */
export function fetchFileBy(way: Way, headers: Record<string, string>): FetchFile {
  return async (url) => {
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(late.resolve, PATIENCE_MS, null).unref();
    const fetched = fetchFollowing(url, way, headers).catch(() => null);
    const file = await Promise.race([fetched, late.promise]);
    clearTimeout(timer);
    return file;
  };
}

async function fetchFollowing(
  start: URL,
  way: Way,
  headers: Record<string, string>,
): Promise<Buffer | null> {
  let url = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    if (url.protocol !== 'http:') return null;
    const { head, body, complete, over_limit } = await fetchOnce(url, way, headers);
    const [location] = headerValues(head.lines, 'location');
    if (location === undefined || !isRedirect(head.status, location)) {
      return head.status === 200 && complete && !over_limit ? body : null;
    }
    const next = redirectTarget(location, url);
    if (!next.ok) return null;
    url = next.value;
  }
  return null;
}

async function fetchOnce(url: URL, way: Way, headers: Record<string, string>): Promise<WireAnswer> {
  const socket = await dial(url, way);
  const request = { method: 'GET', url, headers, body: null };
  const answered = ask(socket, request, {
    url,
    max_bytes: MAX_FILE_BYTES,
    skipsBody: () => false,
    onHead: () => {},
    onBytes: () => {},
  });
  try {
    return await answered;
  } finally {
    socket.destroy();
  }
}

/** The year in tag URIs (RFC 4151). */
const SINCE = 2026;

/** A tag URI: a stable id, independent of the URL. */
export function tagUri(public_url: string, name: string): string {
  return `tag:${new URL(public_url).hostname},${SINCE}:${name}`;
}

/** The same for calendars (RFC 5545 §3.8.4.7). */
export function calendarUid(public_url: string, id: string): string {
  return `${id}@${new URL(public_url).hostname}`;
}

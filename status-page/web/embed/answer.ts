import type { EmbeddedState } from './wire.ts';

/** What was answered, and how old it is by the clock of the server. */
export interface EmbedAnswer {
  told: EmbeddedState;
  /** The server's time now. */
  serverNow(): number;
  /** How long ago it was asked for. */
  ageMs(): number;
}

/** Nothing was answered, or nothing that can be read; or the server does not have it. */
export type EmbedFailure = 'lost' | 'missing';

/** Asks once. Tells the server neither who asks nor from which page. */
export async function askForState(
  url: string,
  signal: AbortSignal,
): Promise<EmbedAnswer | EmbedFailure> {
  const ageMs = stopwatch();
  try {
    const response = await fetch(url, {
      cache: 'no-cache',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal,
    });
    if (response.status === 404) return 'missing';
    const sent_at = sentAt(response.headers);
    if (!response.ok || sent_at === null) return 'lost';
    const told: EmbeddedState = await response.json();
    return { told, ageMs, serverNow: () => sent_at + ageMs() };
  } catch {
    return 'lost';
  }
}

/**
 * The server's clock, because the browser's may be wrong, as it was when a cache had the answer
 * from it. At the end of that second: rather too late than too early.
 */
function sentAt(headers: Headers): number | null {
  const date = Date.parse(headers.get('date') ?? '');
  const in_caches_ms = Number(headers.get('age') ?? 0) * 1_000;
  return Number.isFinite(date + in_caches_ms) ? date + in_caches_ms + 1_000 : null;
}

/** Time since then: the monotonic clock may stand still in a sleep, the other one be set. */
function stopwatch(): () => number {
  const [wall, monotonic] = [Date.now(), performance.now()];
  return () => Math.max(Date.now() - wall, performance.now() - monotonic);
}
